"""Environments of a project."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement, or_

from daybreak.areas.projects.conditions import ENVIRONMENT_LEVEL, in_project
from daybreak.areas.projects.environments.expansions import project_keys
from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.representation import (
    EnvironmentShape,
    environment_path,
    represent_environments,
)
from daybreak.areas.projects.environments.requests import EnvironmentFields
from daybreak.areas.projects.environments.store import environment_store, find_environment
from daybreak.areas.projects.environments.tables import environments
from daybreak.areas.projects.projects.store import find_project, project_store
from daybreak.areas.projects.projects.tables import projects
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.expressions import contains_text
from daybreak.platform.tags import has_every_tag
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.filtering import parse_tags
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Located


def _find(call: Call, project_key: str, environment_key: str) -> Environment:
    return find_environment(call.db, project_key, environment_key)


def _within(call: Call, project_key: str) -> Sequence[ColumnElement[bool]]:
    return (environments.c.project_id == find_project(call.db, project_key).id,)


def _addresses(db: Transaction, found: Sequence[Environment]) -> list[Address]:
    ids = {environment.project_id for environment in found}
    parents = {p.id: p for p in project_store.list_where(db, projects.c.id.in_(ids))}
    return [
        Address.of(
            ("proj", parents[e.project_id].key, frozenset(parents[e.project_id].tags)),
            ("env", e.key, frozenset({*e.tags, "critical"} if e.critical else e.tags)),
        )
        for e in found
    ]


def _place(db: Transaction, environment: Environment) -> Place:
    project = project_store.find(db, projects.c.id == environment.project_id)
    assert project is not None
    return Place(
        environment.name,
        environment_path(project.key, environment.key),
        project.name,
        f"/api/v2/projects/{project.key}",
    )


def _represent(call: Call, found: Sequence[Environment], expanded: Expanded) -> list[EnvironmentShape]:  # noqa: ARG001 - the shape of every representation
    return represent_environments(found, project_keys(call.db, {e.project_id for e in found}))


def _named(text: str) -> ColumnElement[bool]:
    return or_(contains_text(environments.c.name, text), contains_text(environments.c.key, text))


def _read_fields(environment: Environment) -> EnvironmentFields:
    return msgspec.convert(environment, EnvironmentFields, from_attributes=True)


def _write_fields(environment: Environment, fields: EnvironmentFields) -> Environment:
    values = msgspec.structs.asdict(fields)
    return replace(environment, **{**values, "tags": tuple(fields.tags)})


ENVIRONMENT: Resource[Environment] = Resource(
    kind="environment",
    specifier="proj/*:env/*",
    store=environment_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewProject",
    located=(Located((in_project(environments.c.project_id), ENVIRONMENT_LEVEL)),),
    tells=("updateSdkKey", "updateMobileKey", "deleteEnvironment"),
    filters={
        "query": _named,
        "tags": lambda value: has_every_tag("environment", environments.c.id, parse_tags(value)),
    },
    sorts={
        "name": environments.c.name,
        "createdOn": environments.c.created_at,
        "critical": environments.c.critical,
    },
    default_sort="createdOn",
    editing=Editing(
        fields=EnvironmentFields,
        read=_read_fields,
        write=_write_fields,
        actions={
            "/name": "updateName",
            "/color": "updateColor",
            "/defaultTtl": "updateTtl",
            "/secureMode": "updateSecureMode",
            "/defaultTrackEvents": "updateDefaultTrackEvents",
            "/requireComments": "updateRequireComments",
            "/confirmChanges": "updateConfirmChanges",
            "/critical": "updateCritical",
            "/tags": "updateTags",
        },
    ),
    tags=lambda environment: (environment.project_id, environment.tags),
    secrets=("apiKey", "mobileKey"),
    unique=(environments.c.project_id, environments.c.key),
)
