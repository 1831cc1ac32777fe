"""A project of another account with its environments, made or changed here to be the same: all at once, so
that no project is without the environments that its flags need.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

import msgspec

from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.areas.projects.environments.store import list_environments
from daybreak.areas.projects.imports.requests import CameEnvironment, CameProject, FlagDefaultsBody
from daybreak.areas.projects.imports.store import is_project_id_taken, list_taken
from daybreak.areas.projects.projects.model import (
    BooleanDefaults,
    ClientSideAvailability,
    FlagDefaults,
    Project,
)
from daybreak.areas.projects.projects.resource import PROJECT
from daybreak.areas.projects.projects.store import project_store
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict, DomainError
from daybreak.platform.identifiers import mobile_key, object_id, sdk_key
from daybreak.rest.call import Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all, read_document
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings
from daybreak.rest.operations import change, create

PROJECT_KIND, ENVIRONMENT_KIND = PROJECT.kind, ENVIRONMENT.kind

# What SDKs send in a header. Hidden keys have characters that no key has.
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")


def _change_project(call: Call, before: Project, after: Project) -> Project:
    actions = ("updateProjectName", "updateTags", "updateProjectFlagDefaults")
    return change(call, PROJECT, before, Edit(after, actions, ""))


def _change_environment(call: Call, before: Environment, after: Environment) -> Environment:
    actions = ["updateName", "updateTags"]
    actions += ["updateSdkKey"] if before.sdk_key != after.sdk_key else []
    actions += ["updateMobileKey"] if before.mobile_key != after.mobile_key else []
    return change(call, ENVIRONMENT, before, Edit(after, tuple(actions), ""))


def _without(model: Project | Environment, *names: str) -> Json:
    return {name: value for name, value in asdict(model).items() if name not in names}


def carry_project(
    call: Call,
    source: Source,
    document: Json,
    flag_defaults: Json,
    environment_documents: Sequence[Json],
    findings: Findings,
) -> None:
    """`flag_defaults` is None where the account does not tell them."""
    defaults = _read_defaults(flag_defaults, str(document.get("key")), findings)
    projects_of = _projects(call, defaults)
    read = read_all(projects_of, [document], findings)
    carried = carry_over(call, source, projects_of, read, findings)
    if not carried:
        findings.note(PROJECT_KIND, str(document.get("key")), "nothing in it was carried over")
    for _, project in carried:
        environments_of = _environments(call, project)
        came = read_all(environments_of, environment_documents, findings)
        for each, environment in carry_over(call, source, environments_of, came, findings):
            _note_what_is_missing(each, environment, f"{project.key}/{each.key}", findings)


def _read_defaults(document: Json, key: str, findings: Findings) -> FlagDefaultsBody | None:
    """None where there are none that mean something here: the project comes without them."""
    if document is None:
        return None
    try:
        defaults, odd = read_document(document, FlagDefaultsBody)
    except DomainError as error:
        findings.note(PROJECT_KIND, key, f"comes without its defaults of new flags: {error.message}")
        return None
    for tag in odd:
        findings.note(PROJECT_KIND, key, f"does not give new flags the tag {tag!r}, which is none here")
    return defaults


def _projects(call: Call, defaults: FlagDefaultsBody | None) -> Carrier[CameProject, Project]:
    return Carrier(
        kind=PROJECT_KIND,
        body=CameProject,
        id_there=lambda came: came.id,
        key=lambda came: came.key,
        find=lambda read: {
            came.id: found
            for came in read
            for found in project_store.list_where(call.db, projects.c.key == came.key)
        },
        make=lambda came, known: _make_project(call, came, defaults, known),
        # No two projects are the same that have other ids: their flags are told apart by the project.
        carried=lambda project: _without(project, "created_at", "version", "naming_convention"),
        id_of=lambda project: project.id,
        create=lambda call, project: create(call, PROJECT, project, "createProject"),
        change=_change_project,
    )


def _environments(call: Call, parent: Project) -> Carrier[CameEnvironment, Environment]:
    def find(read: Sequence[CameEnvironment]) -> dict[str, Environment]:
        here = {environment.key: environment for environment in list_environments(call.db, {parent.id})}
        return {came.id: here[came.key] for came in read if came.key in here}

    return Carrier(
        kind=ENVIRONMENT_KIND,
        body=CameEnvironment,
        id_there=lambda came: came.id,
        key=lambda came: f"{parent.key}/{came.key}",
        find=find,
        make=lambda came, known: _make_environment(call, came, parent, known),
        carried=lambda environment: _without(environment, "created_at", "version"),
        id_of=lambda environment: environment.id,
        create=lambda call, environment: create(call, ENVIRONMENT, environment, "createEnvironment"),
        change=_change_environment,
        prefix=f"{parent.key}/",
    )


def _make_project(
    call: Call, came: CameProject, defaults: FlagDefaultsBody | None, known: Project | None
) -> Project:
    availability = came.default_client_side_availability
    start = known or Project(
        id=object_id() if is_project_id_taken(call.db, came.id) else came.id,
        key=came.key,
        name="",
        tags=(),
        include_in_snippet_by_default=False,
        default_client_side_availability=ClientSideAvailability(),
        naming_convention=None,
        flag_defaults=FlagDefaults(),
        created_at=call.now,
        version=1,
    )
    return replace(
        start,
        name=came.name,
        tags=tuple(came.tags),
        include_in_snippet_by_default=came.include_in_snippet_by_default,
        default_client_side_availability=start.default_client_side_availability
        if availability is None
        else ClientSideAvailability(availability.using_mobile_key, availability.using_environment_id),
        flag_defaults=start.flag_defaults if defaults is None else _make_defaults(defaults),
    )


def _make_defaults(came: FlagDefaultsBody) -> FlagDefaults:
    boolean = msgspec.convert(came.boolean_defaults, BooleanDefaults, from_attributes=True)
    return FlagDefaults(tuple(came.tags), came.temporary, boolean)


def _make_environment(
    call: Call, came: CameEnvironment, parent: Project, known: Environment | None
) -> Environment:
    """Raises Conflict where another environment here has its client-side id or a key of its SDKs."""
    id = came.id if known is None else known.id
    shown = [key for key in (came.api_key, came.mobile_key) if _SECRET.fullmatch(key)]
    taken = list_taken(call.db, id, shown, but="" if known is None else known.id)
    if taken:
        raise Conflict(f"another environment here has {' and '.join(dict.fromkeys(taken))} already")
    return Environment(
        id=id,
        project_id=parent.id,
        key=came.key,
        name=came.name,
        color=came.color,
        sdk_key=came.api_key if came.api_key in shown else (known.sdk_key if known else sdk_key()),
        mobile_key=came.mobile_key
        if came.mobile_key in shown
        else (known.mobile_key if known else mobile_key()),
        default_ttl=came.default_ttl,
        secure_mode=came.secure_mode,
        default_track_events=came.default_track_events,
        require_comments=came.require_comments,
        confirm_changes=came.confirm_changes,
        critical=came.critical,
        tags=tuple(came.tags),
        created_at=known.created_at if known else call.now,
        version=known.version if known else 1,
    )


def _note_what_is_missing(
    came: CameEnvironment, environment: Environment, key: str, findings: Findings
) -> None:
    if environment.id != came.id:
        reason = f"keeps its client-side id {environment.id}: browsers know it by {came.id} there"
        findings.note(ENVIRONMENT_KIND, key, reason)
    for name, there in (("SDK key", came.api_key), ("mobile key", came.mobile_key)):
        if not _SECRET.fullmatch(there):
            findings.note(ENVIRONMENT_KIND, key, f"its {name} is not shown to the token: it has its own here")
    if came.needs_approval:
        findings.note(ENVIRONMENT_KIND, key, "changes need approval there, which there is none of here")
