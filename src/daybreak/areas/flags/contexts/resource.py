"""Combinations of contexts as a resource: what deleting them needs. Whoever may see an environment's project
may see its contexts.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from daybreak.areas.flags.contexts.model import ContextInstance
from daybreak.areas.flags.contexts.representation import ForgottenShape, environment_path, instance_path
from daybreak.areas.flags.contexts.store import instance_store, list_instances
from daybreak.areas.flags.contexts.tables import context_instances
from daybreak.areas.projects.queries import EnvironmentFact, environment, environments_by_id
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource

VIEW, DELETE = "viewProject", "deleteContextInstance"
TOLD = (VIEW, DELETE)


def visible_environment(call: Call, project_key: str, environment_key: str) -> EnvironmentFact:
    """Raises NotFound or Forbidden."""
    place = environment(call.db, project_key, environment_key)
    call.actor.require((VIEW,), place.address)
    return place


def _find(call: Call, project_key: str, environment_key: str, id: str) -> ContextInstance:
    place = environment(call.db, project_key, environment_key)
    found = list_instances(call.db, place.home, id)
    if not found:
        raise NotFound(
            f"Invalid resource identifier: no context instance with the id {id[:100]!r} was seen in "
            f"{environment_key!r} within 30 days"
        )
    return found[0]


def _within(call: Call, project_key: str, environment_key: str) -> Sequence[ColumnElement[bool]]:
    return (environment(call.db, project_key, environment_key).home.holds(context_instances),)


def _addresses(db: Transaction, found: Sequence[ContextInstance]) -> list[Address]:
    places = environments_by_id(db, {instance.environment_id for instance in found})
    return [places[instance.environment_id].address for instance in found]


def _place(db: Transaction, instance: ContextInstance) -> Place:
    place = environments_by_id(db, {instance.environment_id})[instance.environment_id]
    own = instance_path(place, instance.instance_id)
    return Place(instance.instance_id, own, place.name, environment_path(place))


def _represent(call: Call, found: Sequence[ContextInstance], expanded: Expanded) -> list[ForgottenShape]:  # noqa: ARG001 - the shape of every representation
    return [ForgottenShape(id=each.instance_id, application_id=each.application_id) for each in found]


CONTEXT_INSTANCE: Resource[ContextInstance] = Resource(
    kind="context-instance",
    specifier="proj/*:env/*",
    store=instance_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action=VIEW,
)
