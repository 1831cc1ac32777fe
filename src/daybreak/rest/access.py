"""`_access`: what the caller may do to what a representation shows, by the same decisions that requests meet,
each with the statement that it comes from.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Decision
from daybreak.logic.policy.statement import Effect, represent_statement
from daybreak.platform.access import Actor
from daybreak.rest.call import Call, Shape
from daybreak.rest.resource import Resource

Unset = msgspec.UnsetType


class ReasonShape(Shape):
    """The statement that decided, and the role that holds it. What no statement speaks of is denied."""

    effect: str
    resources: list[str] | Unset = msgspec.UNSET
    not_resources: list[str] | Unset = msgspec.UNSET
    actions: list[str] | Unset = msgspec.UNSET
    not_actions: list[str] | Unset = msgspec.UNSET
    role_name: str | Unset = msgspec.field(name="role_name", default=msgspec.UNSET)


class DecidedShape(Shape):
    """An action, and why it is allowed or denied."""

    action: str
    reason: ReasonShape


class AccessShape(Shape):
    """What the caller may and may not do."""

    denied: list[DecidedShape]
    allowed: list[DecidedShape]


class AccessibleShape(Shape, kw_only=True):
    """A representation that tells what the caller may do."""

    access_: AccessShape | Unset = msgspec.field(name="_access", default=msgspec.UNSET)


def represent_access(actor: Actor, actions: Sequence[str], address: Address) -> AccessShape:
    """What the actor may do of the actions there."""
    shape = AccessShape(denied=[], allowed=[])
    for action in actions:
        decision = actor.decide(action, address)
        where = shape.allowed if decision.allowed else shape.denied
        where.append(DecidedShape(action=action, reason=_represent_reason(decision)))
    return shape


def _represent_reason(decision: Decision) -> ReasonShape:
    if decision.reason is None:
        return ReasonShape(effect=Effect.DENY.value)
    said: dict[str, Any] = represent_statement(decision.reason)
    return ReasonShape(
        effect=said["effect"],
        resources=said.get("resources", msgspec.UNSET),
        not_resources=said.get("notResources", msgspec.UNSET),
        actions=said.get("actions", msgspec.UNSET),
        not_actions=said.get("notActions", msgspec.UNSET),
        role_name=decision.role_name or msgspec.UNSET,
    )


def tell_access(call: Call, resource: Resource[Any], models: Sequence[Any], shapes: Sequence[Shape]) -> None:
    """Adds `_access` to what is shown of resources, where their kind tells it."""
    if resource.told_actions:
        places = zip(shapes, resource.addresses(call.db, models), strict=True)
        tell_access_at(call.actor, resource.told_actions, places)


def tell_access_at(actor: Actor, actions: Sequence[str], places: Iterable[tuple[Shape, Address]]) -> None:
    """Adds `_access` to what stands at the addresses."""
    for shape, address in places:
        assert isinstance(shape, AccessibleShape)
        shape.access_ = represent_access(actor, actions, address)
