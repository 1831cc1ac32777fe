"""The one way in which a flag is changed, whoever asks: a patch, a setting, or a date that has come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from daybreak.areas.flags.feature_flags.fields import LOCAL_ACTIONS
from daybreak.areas.flags.feature_flags.instructions.known import INSTRUCTIONS
from daybreak.areas.flags.feature_flags.instructions.scene import FlagScene
from daybreak.areas.flags.feature_flags.model import FeatureFlag, count_changes
from daybreak.areas.flags.feature_flags.peace import require_peace
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, flag_address_in
from daybreak.areas.flags.feature_flags.soundness import require_sound
from daybreak.areas.flags.flag_changes.noting import note_change
from daybreak.areas.projects.queries import EnvironmentFact, ProjectFact
from daybreak.platform.columns import Json
from daybreak.platform.identifiers import unique_id
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, require_edit
from daybreak.rest.semantic_patch import Instructions, follow


def change_flag(
    call: Call,
    parent: ProjectFact,
    before: FeatureFlag,
    edit: Edit[FeatureFlag],
    environments: Sequence[EnvironmentFact],
    *,
    named: str | None = None,
    is_rehearsal: bool = False,
) -> FeatureFlag:
    """The flag after the edit; a rehearsal checks everything and writes nothing.

    `environments` are those of the project; `named` is the key of the one that the caller named.

    Raises:
        Forbidden: one of the edit's actions is not allowed where it takes place.
        ValidationFailed: the flag would not be sound.
        Conflict: another flag needs what would be gone.
        OptimisticLockingError: somebody else was faster.

    """
    after = count_changes(before, edit.after, call.now)
    placed = _place(replace(edit, after=after), environments, before, named)
    require_sound(after)
    require_peace(call, parent, before, after)
    if is_rehearsal:
        require_edit(call, FEATURE_FLAG, before, placed)
        return after
    changed = change(call, FEATURE_FLAG, before, placed)
    note_change(call, before, changed, [place.id for place in environments], edit.actions)
    return changed


def instruct_in(
    call: Call,
    place: EnvironmentFact,
    before: FeatureFlag,
    instructions: Sequence[Mapping[str, Json]],
    comment: str = "",
) -> Edit[FeatureFlag]:
    """What instructions come to in one environment. Raises InvalidRequest or ValidationFailed."""
    scene = FlagScene(place.id, call.now, unique_id)
    return follow(Instructions(place.key, comment, tuple(instructions)), before, scene, INSTRUCTIONS)


def _place(
    edit: Edit[FeatureFlag], environments: Sequence[EnvironmentFact], before: FeatureFlag, named: str | None
) -> Edit[FeatureFlag]:
    """What is done to environments has to be allowed in each of them; policies tell them apart.

    In the one that the caller named it has to be allowed even if nothing changes.
    """
    local = tuple(action for action in edit.actions if action in LOCAL_ACTIONS)
    places = [
        place
        for place in environments
        if place.key == named or before.in_environment(place.id) != edit.after.in_environment(place.id)
    ]
    if not places:
        return edit
    return replace(
        edit,
        actions=tuple(action for action in edit.actions if action not in LOCAL_ACTIONS),
        elsewhere=tuple((flag_address_in(place, before), local) for place in places),
    )
