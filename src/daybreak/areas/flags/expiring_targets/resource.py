"""Expiring targets: whose they are is told by the resource that has them. Policies name that resource."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.areas.flags.expiring_targets.representation import (
    FLAG,
    ExpiringTargetShape,
    ResourceShape,
    represent_contexts,
)
from daybreak.areas.flags.expiring_targets.store import expiring_target_store, find_target
from daybreak.areas.flags.expiring_targets.tables import expiring_targets
from daybreak.areas.projects.queries import EnvironmentFact, Home, environments_by_id
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource

ACTION = "updateExpiringTargets"


@dataclass(frozen=True, slots=True)
class Owner:
    """What has the targets, a flag or a segment: key and name, address and path in an environment."""

    key: str
    name: str
    address_in: Callable[[EnvironmentFact], Address]
    path_in: Callable[[EnvironmentFact], str]


# Finds owners by their ids.
Owners = Callable[[Transaction, Collection[str]], Mapping[str, Owner]]


def expiring_targets_of(resource: Resource[Any], owners: Owners) -> Resource[ExpiringTarget]:
    """The declaration of the expiring targets of one kind of resource."""
    kind = resource.kind

    def addresses(db: Transaction, targets: Sequence[ExpiringTarget]) -> list[Address]:
        known, places = _surroundings(db, owners, targets)
        return [known[t.resource_id].address_in(places[t.environment_id]) for t in targets]

    def place(db: Transaction, target: ExpiringTarget) -> Place:
        known, places = _surroundings(db, owners, [target])
        owner, environment = known[target.resource_id], places[target.environment_id]
        path = owner.path_in(environment)
        return Place(f"{target.context_kind} {target.context_key}", path, owner.name, path)

    def represent(
        call: Call,
        targets: Sequence[ExpiringTarget],
        expanded: Expanded,  # noqa: ARG001 - the shape of every representation
    ) -> list[ExpiringTargetShape]:
        known, places = _surroundings(call.db, owners, targets)
        shown = {
            target.id: _represent_owner(kind, known[target.resource_id].key, places[target.environment_id])
            for target in targets
        }
        return represent_contexts(targets, shown)

    return Resource(
        kind="expiring-target",
        specifier=resource.specifier,
        store=expiring_target_store,
        find=_find,
        within=_within,
        addresses=addresses,
        place=place,
        represent=represent,
        view_action=resource.view_action,
        unique=(
            expiring_targets.c.project_id,
            expiring_targets.c.resource_id,
            expiring_targets.c.environment_id,
            expiring_targets.c.context_kind,
            expiring_targets.c.context_key,
        ),
    )


def _surroundings(
    db: Transaction, owners: Owners, targets: Sequence[ExpiringTarget]
) -> tuple[Mapping[str, Owner], Mapping[str, EnvironmentFact]]:
    if not targets:
        return {}, {}
    return (
        owners(db, {target.resource_id for target in targets}),
        environments_by_id(db, {target.environment_id for target in targets}),
    )


def _represent_owner(kind: str, key: str, place: EnvironmentFact) -> ResourceShape:
    shape = ResourceShape(kind=kind, project_key=place.project.key, environment_key=place.key, key=key)
    if kind == FLAG:
        shape.flag_key = key
    return shape


def _find(call: Call, resource_id: str, home: Home, context_kind: str, context_key: str) -> ExpiringTarget:
    found = find_target(call.db, resource_id, home, context_kind, context_key)
    if found is None:
        raise NotFound(f"No date is set for {context_kind} {context_key!r}: add one")
    return found


def _within(call: Call, resource_id: str, home: Home) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - the shape of every parent
    return (
        expiring_targets.c.resource_id == resource_id,
        home.holds(expiring_targets),
    )
