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
from daybreak.areas.flags.feature_flags.store import flag_store, list_flags_held
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
    dated: Mapping[str, int] | None = None,
    is_rehearsal: bool = False,
) -> FeatureFlag:
    """The flag after the edit; a rehearsal checks everything and writes nothing.

    `environments` are those of the project; `named` is the key of the one that the caller named. `dated`
    tells by an environment's id when the flag was changed there, where that was not now.

    Raises:
        Forbidden: one of the edit's actions is not allowed where it takes place.
        ValidationFailed: the flag would not be sound.
        Conflict: another flag needs what would be gone.
        OptimisticLockingError: somebody else was faster.

    """
    after = count_changes(before, edit.after, call.now)
    if dated is not None:
        after = _date(after, dated)
    placed = _place(replace(edit, after=after), environments, before, named)
    require_sound(after)
    require_peace(call, parent, before, after)
    if is_rehearsal:
        require_edit(call, FEATURE_FLAG, before, placed)
        return after
    changed = change(call, FEATURE_FLAG, before, placed)
    note_change(call, before, changed, [place.id for place in environments], edit.actions)
    _renumber(call, before, changed)
    return changed


def _date(flag: FeatureFlag, dated: Mapping[str, int]) -> FeatureFlag:
    environments = {
        id: replace(place, modified_at=dated.get(id, place.modified_at))
        for id, place in flag.environments.items()
    }
    return replace(flag, environments=environments)


def _renumber(call: Call, before: FeatureFlag, after: FeatureFlag) -> None:
    """SDKs know what a flag needs by the number of a variation: where numbers are others now, those that
    need the flag are sent anew, with a version that SDKs take.
    """
    kept = [each.id for each in before.variations if after.has_variation(each.id)]
    if all(before.place_of(id) == after.place_of(id) for id in kept):
        return
    for flag in list_flags_held(call.db, after.project_id):
        needing = {
            id: replace(place, changes=place.changes + 1)
            for id, place in flag.environments.items()
            if any(each.key == after.key for each in place.prerequisites)
        }
        if needing:
            sent = replace(flag, environments={**flag.environments, **needing}, version=flag.version + 1)
            flag_store.save(call.db, sent, expecting=flag.version)
            call.db.tell(FEATURE_FLAG.kind, flag.id, at=call.now)


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
