"""What of flags is not the same as of every resource: creation with environments, three kinds of patches."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.flags.code_references.of_flags import reference_filters, statistics_of
from daybreak.areas.flags.evaluation_counts.store import context_kinds_of
from daybreak.areas.flags.feature_flags.changing import change_flag
from daybreak.areas.flags.feature_flags.conditions import EVALUATED_WITHIN, modified_in, more_filters
from daybreak.areas.flags.feature_flags.copying import copy_configuration
from daybreak.areas.flags.feature_flags.creation import clone_flag, make_flag
from daybreak.areas.flags.feature_flags.deletion import is_deletion, remove_flag
from daybreak.areas.flags.feature_flags.fields import Scene, editing_in, represented
from daybreak.areas.flags.feature_flags.instructions.known import INSTRUCTIONS
from daybreak.areas.flags.feature_flags.instructions.scene import FlagScene
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.peace import require_peace
from daybreak.areas.flags.feature_flags.representation import (
    EVALUATION,
    MIGRATION_SETTINGS,
    CodeReferencesShape,
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
    TOLD_OF_CONFIGURATIONS,
    choose_environments,
    flag_address_in,
    surroundings,
    tagged,
)
from daybreak.areas.flags.feature_flags.soundness import require_sound
from daybreak.areas.flags.feature_flags.store import FlagStore, first_version, list_numbers
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.flags.feature_flags.tolerance import tolerate
from daybreak.areas.projects.queries import (
    EnvironmentFact,
    ProjectFact,
    environments_in,
    new_flag_defaults,
    project,
)
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.platform.identifiers import unique_id
from daybreak.rest.access import tell_access_at
from daybreak.rest.call import Call, Page, SemanticPatch
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.expansion import Expanded, parse_expand
from daybreak.rest.filtering import parse_filter
from daybreak.rest.operations import create, read_one, read_page
from daybreak.rest.resource import Resource
from daybreak.rest.semantic_patch import follow, parse_instructions
from daybreak.rest.versioning import page_size

_EXPANSIONS = (EVALUATION, MIGRATION_SETTINGS)

_CODE_REFERENCES = "codeReferences"

# Callers that speak an older version get all flags at once, in all environments, and once got all of each.
PAGED_SINCE, SHORT_SINCE = 20240415, 20191212


def list_feature_flags(call: Call, query: FlagsQuery, project_key: str) -> Page:
    """A page of a project's flags; archived ones only where they were asked for."""
    parent = project(call.db, project_key)
    where: list[ColumnElement[bool]] = [feature_flags.c.project_id == parent.id]
    if query.tag:
        where.append(tagged(query.tag))
    if not {"state", "archived"} & dict(parse_filter(query.filter)).keys():
        where.append(ARCHIVED if query.archived else ~ARCHIVED)
    return read_page(
        call,
        _shown_as(call, parent, query),
        where,
        limit=page_size(query.limit, call.version, paged_since=PAGED_SINCE, default=20),
        offset=query.offset,
        filter=query.filter,
        sort=query.sort,
    )


def _shown_as(call: Call, parent: ProjectFact, query: FlagsQuery) -> Resource[FeatureFlag]:
    """Flags as a list shows them: with the environments that were asked for, and in short as a rule. The
    first of these is also the one by whose changes they may be sorted.
    """
    expanded = parse_expand(query.expand, (*_EXPANSIONS, _CODE_REFERENCES))
    places = environments_in(call.db, parent)
    shown = choose_environments(parent, places, query.environment_keys)
    if not shown and call.version < PAGED_SINCE:
        shown = list(places)
    in_full = query.summary is False or (query.summary is None and call.version < SHORT_SINCE)

    def represent(call: Call, flags: Sequence[FeatureFlag], _: Expanded) -> list[FlagShape]:
        around = _surroundings(call, parent, flags, shown, expanded)
        shapes = [
            represent_flag(flag, around, in_full=in_full, shown=bool(shown), expanded=expanded)
            for flag in flags
        ]
        if in_full:
            _tell_access(call, shown, flags, shapes)
        if _CODE_REFERENCES in expanded:
            _add_code_references(call, parent, shapes)
        return shapes

    filters = {
        **FEATURE_FLAG.filters,
        **more_filters(parent.id, places, query.filter, call.now),
        **reference_filters(call, parent.key, feature_flags.c.key, query.filter),
    }
    sorts = dict(FEATURE_FLAG.sorts)
    for place in shown[:1]:
        sorts["targetingModifiedDate"] = modified_in(place.id)
    store = FlagStore(environment_ids=[place.id for place in shown])
    return replace(FEATURE_FLAG, store=store, represent=represent, filters=filters, sorts=sorts)


def _add_code_references(call: Call, parent: ProjectFact, shapes: Sequence[FlagShape]) -> None:
    found = statistics_of(call, parent.key, [shape.key for shape in shapes])
    for shape in shapes:
        shape.code_references = CodeReferencesShape(items=found.get(shape.key, []))


def _surroundings(
    call: Call,
    parent: ProjectFact,
    flags: Sequence[FeatureFlag],
    shown: Sequence[EnvironmentFact],
    expanded: Collection[str],
) -> Surroundings:
    around = surroundings(call.db, parent, flags, shown)
    if EVALUATION not in expanded:
        return around
    places, ids = [place.id for place in shown], [flag.id for flag in flags]
    return replace(
        around, kinds=context_kinds_of(call.db, parent.id, places, ids, call.now - EVALUATED_WITHIN)
    )


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
        source = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=query.clone)
        flag = clone_flag(source, flag)
    require_sound(flag)
    # Before it is written: the audit log shows it with the numbers of the variations that it needs.
    require_peace(call, parent, flag, flag)
    return _represent(call, parent, create(call, FEATURE_FLAG, flag, "createFlag"))


def read_flag(call: Call, query: FlagQuery, project_key: str, feature_flag_key: str) -> FlagShape:
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    expanded = parse_expand(query.expand, _EXPANSIONS)
    parent = project(call.db, project_key)
    places = environments_in(call.db, parent)
    shown = choose_environments(parent, places, query.environment_keys) if query.environment_keys else places
    around = _surroundings(call, parent, [flag], shown, expanded)
    shape = represent_flag(flag, around, in_full=True, shown=True, expanded=expanded)
    _tell_access(call, shown, [flag], [shape])
    return shape


def patch_flag(
    call: Call, body: Json, query: PatchQuery, project_key: str, feature_flag_key: str
) -> FlagShape:
    """Instructions, a JSON patch or a merge patch: all of it or nothing, and nothing of a dry run."""
    before = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    parent = project(call.db, project_key)
    # A patch may name any flag of the project as a prerequisite; most name none.
    around = surroundings(call.db, parent, [before], load_others=partial(list_numbers, call.db, parent.id))
    if isinstance(body, SemanticPatch) and is_deletion(body):
        represented_before = _represent(call, parent, before)
        remove_flag(call, before, parse_instructions(body).comment, is_rehearsal=query.dry_run)
        return represented_before
    after = change_flag(
        call,
        parent,
        before,
        _parse(call, parent, around, before, body),
        around.environments,
        named=_named_environment(body),
        is_rehearsal=query.dry_run,
    )
    return _represent(call, parent, after)


def copy_flag(call: Call, body: CopyFlag, project_key: str, feature_flag_key: str) -> FlagShape:
    """What the flag does in one environment it does in another one too."""
    before = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    parent = project(call.db, project_key)
    around = surroundings(call.db, parent, [before])
    after, actions = copy_configuration(before, body, Scene(around, call.now))
    edit = Edit(after, actions, body.comment)
    changed = change_flag(call, parent, before, edit, around.environments, named=body.target.key)
    return _represent(call, parent, changed)


def delete_flag(call: Call, project_key: str, feature_flag_key: str) -> None:
    """Raises Conflict for a flag that others need."""
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    remove_flag(call, flag)


def _represent(call: Call, parent: ProjectFact, flag: FeatureFlag) -> FlagShape:
    around = surroundings(call.db, parent, [flag])
    shape = represent_flag(flag, around, in_full=True, shown=True)
    _tell_access(call, around.environments, [flag], [shape])
    return shape


def _tell_access(
    call: Call, shown: Sequence[EnvironmentFact], flags: Sequence[FeatureFlag], shapes: Sequence[FlagShape]
) -> None:
    """Adds to each configuration what the caller may do to it."""
    tell_access_at(
        call.actor,
        TOLD_OF_CONFIGURATIONS,
        (
            (shape.environments[place.key], flag_address_in(place, flag))
            for flag, shape in zip(flags, shapes, strict=True)
            for place in shown
            if shape.environments
        ),
    )


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
    patched = Scene(around, call.now)
    plain = msgspec.to_builtins(represented(before, patched))
    return parse_edit(editing_in(patched), before, plain, tolerate(body, patched.ids))
