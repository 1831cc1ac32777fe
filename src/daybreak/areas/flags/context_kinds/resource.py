"""Kinds of contexts as a resource. Policies name them as `proj/web:context-kind/device`."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from daybreak.areas.flags.context_kinds.model import ContextKind
from daybreak.areas.flags.context_kinds.representation import (
    ContextKindShape,
    kind_path,
    kinds_path,
    represent_context_kind,
)
from daybreak.areas.flags.context_kinds.store import context_kind_store, find_context_kind
from daybreak.areas.flags.context_kinds.tables import context_kinds
from daybreak.areas.projects.queries import ProjectFact, project, projects_by_id
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource

KIND = "context-kind"
CREATE, UPDATE = "createContextKind", "updateContextKind"


def _find(call: Call, project_key: str, key: str) -> ContextKind:
    found = find_context_kind(call.db, project(call.db, project_key).id, key)
    if found is None:
        raise NotFound(
            f"Invalid resource identifier: the project {project_key!r} has no context kind {key!r}"
        )
    return found


def _within(call: Call, project_key: str) -> Sequence[ColumnElement[bool]]:
    return (context_kinds.c.project_id == project(call.db, project_key).id,)


def _addresses(db: Transaction, found: Sequence[ContextKind]) -> list[Address]:
    parents = projects_by_id(db, {kind.project_id for kind in found})
    return [_address_in(parents[kind.project_id], kind.key) for kind in found]


def _address_in(parent: ProjectFact, key: str) -> Address:
    return Address((*parent.address.segments, *Address.of((KIND, key, frozenset())).segments))


def _place(db: Transaction, kind: ContextKind) -> Place:
    parent = projects_by_id(db, {kind.project_id})[kind.project_id]
    return Place(kind.name, kind_path(parent.key, kind.key), parent.name, kinds_path(parent.key))


def _represent(call: Call, found: Sequence[ContextKind], expanded: Expanded) -> list[ContextKindShape]:  # noqa: ARG001 - the shape of every representation
    parents = projects_by_id(call.db, {kind.project_id for kind in found})
    return [represent_context_kind(kind, parents[kind.project_id].key) for kind in found]


CONTEXT_KIND: Resource[ContextKind] = Resource(
    kind=KIND,
    specifier="proj/*:context-kind/*",
    store=context_kind_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewProject",
    unique=(context_kinds.c.project_id, context_kinds.c.key),
)
