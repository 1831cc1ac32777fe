"""Projects: the resource everything else hangs on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, or_

from daybreak.areas.projects.conditions import PROJECT_LEVEL
from daybreak.areas.projects.environments.expansions import load_environments
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.areas.projects.projects.model import ClientSideAvailability, NamingConvention, Project
from daybreak.areas.projects.projects.representation import project_path, represent_projects
from daybreak.areas.projects.projects.requests import ProjectFields
from daybreak.areas.projects.projects.store import find_project, project_store
from daybreak.areas.projects.projects.tables import projects
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.expressions import contains_text
from daybreak.platform.tags import has_every_tag
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expansion
from daybreak.rest.filtering import parse_tags
from daybreak.rest.operations import represent_all
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Located


def project_address(project: Project) -> Address:
    return Address.of(("proj", project.key, frozenset(project.tags)))


def _find(call: Call, project_key: str) -> Project:
    return find_project(call.db, project_key)


def _addresses(db: Transaction, found: Sequence[Project]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [project_address(project) for project in found]


def _place(db: Transaction, project: Project) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(project.name, project_path(project.key))


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - projects have no parent
    return ()


def _named(text: str) -> ColumnElement[bool]:
    return or_(contains_text(projects.c.name, text), contains_text(projects.c.key, text))


def _read_fields(project: Project) -> ProjectFields:
    return msgspec.convert(project, ProjectFields, from_attributes=True)


def _write_fields(project: Project, fields: ProjectFields) -> Project:
    availability = fields.default_client_side_availability
    naming = fields.naming_convention
    return replace(
        project,
        name=fields.name,
        tags=tuple(fields.tags),
        include_in_snippet_by_default=fields.include_in_snippet_by_default,
        default_client_side_availability=ClientSideAvailability(
            availability.using_mobile_key, availability.using_environment_id
        ),
        naming_convention=NamingConvention(naming.case, naming.prefix) if naming else None,
    )


def _load_environments(call: Call, found: Sequence[Project]) -> Mapping[str, Any]:
    paths = {project.id: project_path(project.key) for project in found}
    return load_environments(call, paths, partial(represent_all, call, ENVIRONMENT))


PROJECT: Resource[Project] = Resource(
    kind="project",
    specifier="proj/*",
    store=project_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=represent_projects,
    view_action="viewProject",
    located=(Located((PROJECT_LEVEL,)),),
    tells=("createEnvironment", "deleteProject"),
    filters={
        "query": _named,
        "tags": lambda value: has_every_tag("project", projects.c.id, parse_tags(value)),
        "keys": lambda value: projects.c.key.in_(value.split("|")),
    },
    sorts={"name": projects.c.name, "createdOn": projects.c.created_at},
    default_sort="name",
    expansions=(Expansion("environments", "the project's environments", _load_environments),),
    editing=Editing(
        fields=ProjectFields,
        read=_read_fields,
        write=_write_fields,
        actions={
            "/name": "updateProjectName",
            "/tags": "updateTags",
            "/includeInSnippetByDefault": "updateIncludeInSnippetByDefault",
            "/defaultClientSideAvailability": "updateDefaultClientSideAvailability",
            "/namingConvention": "updateProjectFlagDefaults",
        },
    ),
    tags=lambda project: (project.id, project.tags),
    unique=(projects.c.key,),
)
