"""What of flags is not the same as of every resource: creation with environments, three kinds of patches, and
what flags of a project owe each other.
"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.flags.feature_flags.copying import copy_configuration
from daybreak.areas.flags.feature_flags.creation import clone_flag, make_flag
from daybreak.areas.flags.feature_flags.fields import LOCAL_ACTIONS, Scene, editing_in, represented
from daybreak.areas.flags.feature_flags.instructions.known import INSTRUCTIONS
from daybreak.areas.flags.feature_flags.instructions.scene import FlagScene
from daybreak.areas.flags.feature_flags.model import FeatureFlag, count_changes
from daybreak.areas.flags.feature_flags.representation import (
    FlagShape,
    Surroundings,
    represent_flag,
)
from daybreak.areas.flags.feature_flags.requests import (
    CopyFlag,
    FlagQuery,
    FlagsQuery,
    NewFlag,
    NewFlagQuery,
    PatchQuery,
)
from daybreak.areas.flags.feature_flags.resource import (
    ARCHIVED,
    FEATURE_FLAG,
    flag_address_in,
    look_up,
    surroundings,
    tagged,
)
from daybreak.areas.flags.feature_flags.soundness import require_acyclic, require_sound
from daybreak.areas.flags.feature_flags.store import find_flag, first_version, list_flags, list_numbers
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.projects.queries import ProjectFact, environments_in, new_flag_defaults, project
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict, InvalidRequest
from daybreak.platform.identifiers import unique_id
from daybreak.rest.call import Call, Page, SemanticPatch
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.expansion import Expanded
from daybreak.rest.filtering import parse_filter
from daybreak.rest.operations import change, create, read_one, read_page, remove, require_edit
from daybreak.rest.resource import Resource
from daybreak.rest.semantic_patch import follow, parse_instructions

_DELETE = "deleteFlag"


def list_feature_flags(call: Call, query: FlagsQuery, project_key: str) -> Page:
    """A page of a project's flags; archived ones only where they were asked for."""
    parent = project(call.db, project_key)
    where: list[ColumnElement[bool]] = [feature_flags.c.project_id == parent.id]
    if query.tag:
        where.append(tagged(query.tag))
    if "state" not in dict(parse_filter(query.filter)):
        where.append(ARCHIVED if query.archived else ~ARCHIVED)
    return read_page(
        call,
        _shown_as(parent, query),
        where,
        limit=query.limit,
        offset=query.offset,
        filter=query.filter,
        sort=query.sort,
    )


def _shown_as(parent: ProjectFact, query: FlagsQuery) -> Resource[FeatureFlag]:
    """Flags as a list shows them: with the environments that were asked for, and in short as a rule."""

    def represent(call: Call, flags: Sequence[FeatureFlag], _: Expanded) -> list[FlagShape]:
        keys = query.environment_keys
        around = surroundings(call.db, parent, flags, keys)
        return [represent_flag(f, around, in_full=query.summary is False, shown=bool(keys)) for f in flags]

    return replace(FEATURE_FLAG, represent=represent)


def create_flag(call: Call, body: NewFlag, query: NewFlagQuery, project_key: str) -> FlagShape:
    """A new flag, off in every environment unless told otherwise, or a copy of another one."""
    parent = project(call.db, project_key)
    flag = make_flag(
        body,
        parent,
        new_flag_defaults(call.db, project_key),
        environments_in(call.db, parent),
        now=call.now,
        changes=first_version(call.db, parent.id, body.key),
    )
    if query.clone:
        flag = clone_flag(find_flag(call.db, parent.id, query.clone), flag)
    require_sound(flag)
    made = create(call, FEATURE_FLAG, flag, "createFlag")
    _require_peace(call, parent, made, made)
    return _represent(call, parent, made)


def read_flag(call: Call, query: FlagQuery, project_key: str, feature_flag_key: str) -> FlagShape:
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    parent = project(call.db, project_key)
    around = surroundings(call.db, parent, [flag], query.environment_keys or None)
    return represent_flag(flag, around, in_full=True, shown=True)


def patch_flag(
    call: Call, body: Json, query: PatchQuery, project_key: str, feature_flag_key: str
) -> FlagShape:
    """Instructions, a JSON patch or a merge patch: all of it or nothing, and nothing of a dry run."""
    before = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    parent = project(call.db, project_key)
    edit = parse_flag_edit(call, parent, before, body)
    if query.dry_run:
        require_edit(call, FEATURE_FLAG, before, edit)
        return _represent(call, parent, edit.after)
    return _represent(call, parent, change(call, FEATURE_FLAG, before, edit))


def parse_flag_edit(
    call: Call, parent: ProjectFact, before: FeatureFlag, body: Json
) -> Edit[FeatureFlag]:
    """What a patch makes of a flag, and what has to be allowed for it: sound, and no harm to other flags."""
    around = surroundings(call.db, parent, [before])
    edit = _parse(call, parent, around, before, body)
    after = count_changes(before, edit.after, call.now)
    require_sound(after)
    _require_peace(call, parent, before, after)
    return _place(replace(edit, after=after), around, before, _named_environment(body))


def copy_flag(call: Call, body: CopyFlag, project_key: str, feature_flag_key: str) -> FlagShape:
    """What the flag does in one environment it does in another one too."""
    before = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    parent = project(call.db, project_key)
    around = surroundings(call.db, parent, [before])
    after, actions = copy_configuration(before, body, Scene(around, call.now))
    edit = Edit(count_changes(before, after, call.now), actions, body.comment)
    _require_peace(call, parent, before, edit.after)
    return _represent(
        call, parent, change(call, FEATURE_FLAG, before, _place(edit, around, before, body.target.key))
    )


def delete_flag(call: Call, project_key: str, feature_flag_key: str) -> None:
    """Raises Conflict for a flag that others need."""
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    call.actor.require((_DELETE,), FEATURE_FLAG.addresses(call.db, [flag])[0])
    _require_unneeded(list_flags(call.db, flag.project_id), flag, "deleted")
    remove(call, FEATURE_FLAG, flag, _DELETE)


def _place(
    edit: Edit[FeatureFlag], around: Surroundings, before: FeatureFlag, named: str | None
) -> Edit[FeatureFlag]:
    """What is done to environments has to be allowed in each of them; policies tell them apart.

    `named` is the key of the environment that the caller named: there it has to be allowed even if nothing
    changes.
    """
    local = tuple(action for action in edit.actions if action in LOCAL_ACTIONS)
    places = [
        place
        for place in around.environments
        if place.key == named or before.in_environment(place.id) != edit.after.in_environment(place.id)
    ]
    if not places:
        return edit
    return replace(
        edit,
        actions=tuple(action for action in edit.actions if action not in LOCAL_ACTIONS),
        elsewhere=tuple((flag_address_in(place, before), local) for place in places),
    )


def _represent(call: Call, parent: ProjectFact, flag: FeatureFlag) -> FlagShape:
    return represent_flag(flag, surroundings(call.db, parent, [flag]), in_full=True, shown=True)


def _named_environment(body: Json) -> str | None:
    return parse_instructions(body).environment_key if isinstance(body, SemanticPatch) else None


def _parse(
    call: Call, parent: ProjectFact, around: Surroundings, before: FeatureFlag, body: Json
) -> Edit[FeatureFlag]:
    if isinstance(body, SemanticPatch):
        instructions = parse_instructions(body)
        ids = {place.key: place.id for place in around.environments}
        key = instructions.environment_key
        if key is not None and key not in ids:
            raise InvalidRequest(f"environmentKey: the project {parent.key!r} has no environment {key!r}")
        scene = FlagScene(ids[key] if key is not None else None, call.now, unique_id)
        return follow(instructions, before, scene, INSTRUCTIONS)
    # A patch may name any flag of the project as a prerequisite.
    patched = Scene(replace(around, numbers=look_up(list_numbers(call.db, parent.id))), call.now)
    return parse_edit(editing_in(patched), before, msgspec.to_builtins(represented(before, patched)), body)


def _require_peace(call: Call, parent: ProjectFact, before: FeatureFlag, after: FeatureFlag) -> None:
    """What a change must not do to other flags. Asks for them only where it could.

    Raises:
        Conflict: a cycle of prerequisites, or a flag that others need is archived or loses a variation.
        InvalidRequest: a prerequisite that does not exist, or has no such variation.

    """
    is_archived = after.is_archived and not before.is_archived
    lost = {v.id for v in before.variations} - {v.id for v in after.variations}
    needed = {each for place in after.environments.values() for each in place.prerequisites}
    needed_before = {each for place in before.environments.values() for each in place.prerequisites}
    is_new = before is after
    if not (is_archived or lost or (needed if is_new else needed - needed_before)):
        return
    others = [flag for flag in list_flags(call.db, parent.id) if flag.id != after.id]
    if is_archived:
        _require_unneeded(others, after, "archived")
    _require_unneeded_variations(others, after, lost)
    by_key = {flag.key: flag for flag in others}
    for each in needed:
        if each.key == after.key:
            raise Conflict(f"A flag cannot need itself: {each.key}")
        if each.key not in by_key or not by_key[each.key].has_variation(each.variation_id):
            raise InvalidRequest(f"prerequisites: the project has no flag {each.key!r} with that variation")
    for id, place in after.environments.items():
        needs = {flag.key: [p.key for p in flag.in_environment(id).prerequisites] for flag in others}
        require_acyclic(after.key, [p.key for p in place.prerequisites], needs)


def _require_unneeded(others: Sequence[FeatureFlag], flag: FeatureFlag, verb: str) -> None:
    dependants = sorted(
        other.key
        for other in others
        if not other.is_archived
        and any(p.key == flag.key for place in other.environments.values() for p in place.prerequisites)
    )
    if dependants:
        raise Conflict(
            f"Flag is still in use as a prerequisite of {', '.join(dependants)}: it cannot be {verb}"
        )


def _require_unneeded_variations(others: Sequence[FeatureFlag], flag: FeatureFlag, lost: set[str]) -> None:
    for other in others:
        for place in other.environments.values():
            if any(p.key == flag.key and p.variation_id in lost for p in place.prerequisites):
                raise Conflict(f"The flag {other.key!r} needs a variation that would be removed")
