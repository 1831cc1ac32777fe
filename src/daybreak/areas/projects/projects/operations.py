"""What of projects is not the same as of every resource: creation with environments, deletion, flag
defaults.
"""

from dataclasses import replace
from typing import Any

import msgspec

from daybreak.areas.projects.environments.operations import make_environment, represent_all_environments
from daybreak.areas.projects.environments.requests import NewEnvironment
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.areas.projects.projects.model import (
    BooleanDefaults,
    ClientSideAvailability,
    FlagDefaults,
    NamingConvention,
    Project,
)
from daybreak.areas.projects.projects.representation import (
    FlagDefaultsShape,
    ProjectShape,
    represent_flag_defaults,
)
from daybreak.areas.projects.projects.requests import FlagDefaultsBody, NewProject
from daybreak.areas.projects.projects.resource import PROJECT, project_address
from daybreak.areas.projects.projects.store import count_projects
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict
from daybreak.platform.identifiers import object_id
from daybreak.platform.tags import remove_project_tags
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.operations import change, create, patch, read_one, remove, represent_one
from daybreak.rest.resource import Editing

FIRST_ENVIRONMENTS = [
    NewEnvironment(key="test", name="Test", color="417505"),
    NewEnvironment(key="production", name="Production", color="f5a623", critical=True),
]


def create_project(call: Call, body: NewProject) -> ProjectShape:
    project = add_project(call, body)
    shape = represent_one(call, PROJECT, project)
    assert isinstance(shape, ProjectShape)
    shape.environments = represent_all_environments(call, project)
    return shape


def add_project(call: Call, body: NewProject) -> Project:
    """Creates the project and its environments. Raises Conflict where the key is taken."""
    project = create(call, PROJECT, make_project(body, call.now), "createProject")
    for environment in FIRST_ENVIRONMENTS if body.environments is None else body.environments:
        create(call, ENVIRONMENT, make_environment(call, environment, project), "createEnvironment")
    return project


def make_project(body: NewProject, now: int) -> Project:
    availability = body.default_client_side_availability
    naming = body.naming_convention
    return Project(
        id=object_id(),
        key=body.key,
        name=body.name,
        tags=tuple(body.tags),
        include_in_snippet_by_default=body.include_in_snippet_by_default,
        default_client_side_availability=ClientSideAvailability()
        if availability is None
        else ClientSideAvailability(availability.using_mobile_key, availability.using_environment_id),
        naming_convention=NamingConvention(naming.case, naming.prefix) if naming else None,
        flag_defaults=FlagDefaults(),
        created_at=now,
        version=1,
    )


def change_project(call: Call, body: Json, project_key: str) -> ProjectShape:
    """Answers with the environments as a list, as creation does: that is what the API's clients read."""
    project = patch(call, PROJECT, read_one(call, PROJECT, project_key=project_key), body)
    shape = represent_one(call, PROJECT, project)
    assert isinstance(shape, ProjectShape)
    shape.environments = represent_all_environments(call, project)
    return shape


def delete_project(call: Call, project_key: str) -> None:
    """Takes everything in the project along. The last project of an account stays."""
    project = read_one(call, PROJECT, project_key=project_key)
    call.actor.require(("deleteProject",), project_address(project))
    if count_projects(call.db) == 1:
        raise Conflict("The last project cannot be deleted: create another one first")
    remove(call, PROJECT, project, "deleteProject")
    remove_project_tags(call.db, project.id)


def get_flag_defaults(call: Call, project_key: str) -> FlagDefaultsShape:
    return represent_flag_defaults(read_one(call, PROJECT, project_key=project_key))


def put_flag_defaults(call: Call, body: FlagDefaultsBody, project_key: str) -> FlagDefaultsShape:
    project = read_one(call, PROJECT, project_key=project_key)
    edit = Edit(_write_flag_defaults(project, body), ("updateProjectFlagDefaults",), "")
    return represent_flag_defaults(change(call, PROJECT, project, edit))


def patch_flag_defaults(call: Call, body: Json, project_key: str) -> FlagDefaultsShape:
    project = read_one(call, PROJECT, project_key=project_key)
    represented: dict[str, Any] = msgspec.to_builtins(represent_flag_defaults(project))
    edit = parse_edit(_FLAG_DEFAULTS, project, represented, body)
    return represent_flag_defaults(change(call, PROJECT, project, edit))


def _read_flag_defaults(project: Project) -> FlagDefaultsBody:
    return msgspec.convert(represent_flag_defaults(project), FlagDefaultsBody, from_attributes=True)


def _write_flag_defaults(project: Project, body: FlagDefaultsBody) -> Project:
    availability = body.default_client_side_availability
    return replace(
        project,
        flag_defaults=FlagDefaults(
            tuple(body.tags),
            body.temporary,
            msgspec.convert(body.boolean_defaults, BooleanDefaults, from_attributes=True),
        ),
        default_client_side_availability=ClientSideAvailability(
            availability.using_mobile_key, availability.using_environment_id
        ),
    )


_FLAG_DEFAULTS: Editing[Project] = Editing(
    fields=FlagDefaultsBody,
    read=_read_flag_defaults,
    write=_write_flag_defaults,
    actions=dict.fromkeys(
        ("/tags", "/temporary", "/booleanDefaults", "/defaultClientSideAvailability"),
        "updateProjectFlagDefaults",
    ),
)
