"""Users: looked for, looked at, and forgotten on demand."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement

from daybreak.areas.flags.context_kinds.model import USER
from daybreak.areas.flags.contexts.model import Context
from daybreak.areas.flags.contexts.resource import DELETE, TOLD, visible_environment
from daybreak.areas.flags.contexts.store import forget_contexts, forget_instances_with, list_contexts
from daybreak.areas.flags.contexts.tables import contexts
from daybreak.areas.flags.users.conditions import filtered, named, users_of
from daybreak.areas.flags.users.representation import (
    STANDARD,
    UserAttributesShape,
    UserShape,
    represent_user,
    user_search_path,
    users_path,
)
from daybreak.areas.flags.users.requests import UserSearchQuery, UsersQuery
from daybreak.areas.flags.users.resource import SEEN_USER
from daybreak.areas.flags.users.store import Place, UserOrder, list_user_attributes, list_users
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.access import tell_access_at
from daybreak.rest.call import Call, Page
from daybreak.rest.links import with_query
from daybreak.rest.operations import read_one, remove

_BY_KEY = UserOrder(is_by_time=False, is_descending=False)
_ORDERS = {
    "userKey": _BY_KEY,
    "-userKey": UserOrder(is_by_time=False, is_descending=True),
    "lastSeen": UserOrder(is_by_time=True, is_descending=False),
    "-lastSeen": UserOrder(is_by_time=True, is_descending=True),
}
_LATEST = 2**63 - 1


def get_users(call: Call, query: UsersQuery, project_key: str, environment_key: str) -> Page:
    """By their keys."""
    place = visible_environment(call, project_key, environment_key)
    after = None if query.search_after is None else Place(query.search_after)
    found, has_more, total = list_users(call.db, users_of(place.home), _BY_KEY, after, query.limit, 0)
    items = [represent_user(place, user, None) for user in found]
    tell_access_at(call.actor, TOLD, ((item, place.address) for item in items))
    if not has_more:
        return _page(users_path(place), items, total, None)
    following = {"limit": str(query.limit), "searchAfter": found[-1].key}
    return _page(users_path(place), items, total, following)


def search_users(call: Call, query: UserSearchQuery, project_key: str, environment_key: str) -> Page:
    """By their keys unless another order is wanted."""
    place = visible_environment(call, project_key, environment_key)
    order = _ORDERS.get(query.sort or "userKey")
    if order is None:
        raise InvalidRequest(f"sort: {query.sort!r} is unknown here; known: {', '.join(_ORDERS)}")
    after = None if query.search_after is None else _parse_place(query.search_after, order)
    where = _wanted(place, query)
    found, has_more, total = list_users(call.db, where, order, after, query.limit, query.offset)
    items = [represent_user(place, user, _sort_value(user, order) if query.sort else None) for user in found]
    tell_access_at(call.actor, TOLD, ((item, place.address) for item in items))
    following = _following(query, found[-1], order) if has_more else None
    return _page(user_search_path(place), items, total, following)


def read_user(call: Call, project_key: str, environment_key: str, user_key: str) -> UserShape:
    place = visible_environment(call, project_key, environment_key)
    found = read_one(
        call, SEEN_USER, project_key=project_key, environment_key=environment_key, user_key=user_key
    )
    shape = represent_user(place, found, None)
    tell_access_at(call.actor, TOLD, [(shape, place.address)])
    return shape


def remove_user(call: Call, project_key: str, environment_key: str, user_key: str) -> None:
    """With the user goes every combination of contexts it was part of: they hold its attributes."""
    found = read_one(
        call, SEEN_USER, project_key=project_key, environment_key=environment_key, user_key=user_key
    )
    versions = list_contexts(call.db, found.home, USER, user_key)
    remove(call, SEEN_USER, found, DELETE)
    forget_contexts(call.db, found.project_id, [each.id for each in versions if each.id != found.id])
    forget_instances_with(call.db, found.home, USER, user_key)


def list_attribute_names(call: Call, project_key: str, environment_key: str) -> UserAttributesShape:
    place = visible_environment(call, project_key, environment_key)
    facts = list_user_attributes(call.db, place.home)
    private = [name for name, redacted in facts if redacted]
    known = {name for name, redacted in facts if not redacted}
    return UserAttributesShape(
        private=private,
        custom=sorted(known - set(STANDARD)),
        standard=[name for name in STANDARD if name in known],
    )


def _wanted(place: EnvironmentFact, query: UserSearchQuery) -> Sequence[ColumnElement[bool]]:
    where = [*users_of(place.home), *filtered(place.home, query.filter)]
    if query.q:
        where.append(named(place.home, query.q))
    if query.after is not None:
        where.append(contexts.c.last_seen > query.after)
    return where


def _sort_value(user: Context, order: UserOrder) -> str | int:
    return user.last_seen if order.is_by_time else user.key


def _parse_place(text: str, order: UserOrder) -> Place:
    """A sort value; where users are sorted by time our own links add the key, as times are not unique."""
    if not order.is_by_time:
        return Place(text)
    seen, _, key = text.partition(":")
    if not (seen.isascii() and seen.isdecimal() and len(seen) < len(str(_LATEST))):
        raise InvalidRequest(f"searchAfter: {text[:100]!r} is no sort value of a user")
    return Place(key, int(seen))


def _following(query: UserSearchQuery, last: Context, order: UserOrder) -> dict[str, str | None]:
    place = f"{last.last_seen}:{last.key}" if order.is_by_time else last.key
    return {
        "q": query.q,
        "limit": str(query.limit),
        "after": None if query.after is None else str(query.after),
        "sort": query.sort,
        "searchAfter": place,
        "filter": query.filter,
    }


def _page(
    path: str, items: Sequence[UserShape], total: int, following: Mapping[str, str | None] | None
) -> Page:
    further = {} if following is None else {"next": with_query(path, "", following)}
    return Page(items, total, links=further)
