"""Users as a resource: what deleting one needs."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from daybreak.areas.flags.context_kinds.model import USER
from daybreak.areas.flags.contexts.model import Context
from daybreak.areas.flags.contexts.representation import environment_path
from daybreak.areas.flags.contexts.resource import VIEW
from daybreak.areas.flags.contexts.store import context_store, list_contexts
from daybreak.areas.flags.users.conditions import users_of
from daybreak.areas.flags.users.representation import ForgottenUserShape, user_path
from daybreak.areas.projects.queries import environment, environments_by_id
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource


def _find(call: Call, project_key: str, environment_key: str, user_key: str) -> Context:
    place = environment(call.db, project_key, environment_key)
    found = list_contexts(call.db, place.home, USER, user_key)
    if not found:
        raise NotFound(
            f"Invalid resource identifier: no user {user_key[:100]!r} was seen in {environment_key!r} "
            "within 30 days"
        )
    return found[0]


def _within(call: Call, project_key: str, environment_key: str) -> Sequence[ColumnElement[bool]]:
    return users_of(environment(call.db, project_key, environment_key).home)


def _addresses(db: Transaction, found: Sequence[Context]) -> list[Address]:
    places = environments_by_id(db, {user.environment_id for user in found})
    return [places[user.environment_id].address for user in found]


def _place(db: Transaction, user: Context) -> Place:
    place = environments_by_id(db, {user.environment_id})[user.environment_id]
    return Place(user.key, user_path(place, user.key), place.name, environment_path(place))


def _represent(call: Call, found: Sequence[Context], expanded: Expanded) -> list[ForgottenUserShape]:  # noqa: ARG001 - the shape of every representation
    return [ForgottenUserShape(key=user.key) for user in found]


SEEN_USER: Resource[Context] = Resource(
    kind="user",
    specifier="proj/*:env/*",
    store=context_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action=VIEW,
)
