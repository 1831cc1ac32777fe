"""Contexts that were learnt: looked for, looked at, and forgotten on demand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement

from daybreak.areas.flags.contexts.conditions import (
    CONTEXT_OF_APPLICATION,
    INSTANCE_OF_APPLICATION,
    context_predicates,
    exact_field,
    instance_predicates,
)
from daybreak.areas.flags.contexts.documents import spell_value
from daybreak.areas.flags.contexts.queries import (
    Found,
    Search,
    count_associated,
    find_contexts,
    find_instances,
    list_names,
    list_values,
)
from daybreak.areas.flags.contexts.representation import (
    NamesCollectionShape,
    ValuesCollectionShape,
    context_path,
    contexts_search_path,
    instance_path,
    instances_search_path,
    represent_context,
    represent_instance,
    represent_names,
    represent_values,
)
from daybreak.areas.flags.contexts.requests import (
    DEFAULT_LIMIT,
    ContextsQuery,
    ContextsSearch,
    NamesQuery,
    ValuesQuery,
    require_one_place,
)
from daybreak.areas.flags.contexts.resource import CONTEXT_INSTANCE, DELETE, TOLD, visible_environment
from daybreak.areas.flags.contexts.store import forget_alone, forget_instances, list_instances, parts_of
from daybreak.areas.flags.contexts.tables import context_attributes, context_instances, contexts
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.access import tell_access_at
from daybreak.rest.call import Call, Page
from daybreak.rest.conditions import Field, condition_predicates
from daybreak.rest.cursors import Cursor
from daybreak.rest.links import with_query
from daybreak.rest.operations import read_one, remove

_SORTS = {"ts": False, "-ts": True}


def search_contexts(
    call: Call, query: ContextsQuery, body: ContextsSearch, project_key: str, environment_key: str
) -> Page:
    place = visible_environment(call, project_key, environment_key)
    asked = require_one_place(query, body)
    where = [place.home.holds(contexts), *context_predicates(place.home, asked.filter)]
    return _page_of_contexts(call, contexts_search_path(place), place, asked, where)


def list_one_context(
    call: Call, query: ContextsQuery, project_key: str, environment_key: str, kind: str, key: str
) -> Page:
    """As each application told it. Empty for a context that nobody has seen."""
    place = visible_environment(call, project_key, environment_key)
    own = [place.home.holds(contexts), contexts.c.kind == kind, contexts.c.key == key]
    where = [*own, *condition_predicates(query.filter, CONTEXT_OF_APPLICATION)]
    return _page_of_contexts(call, context_path(place, kind, key), place, query, where)


def search_instances(
    call: Call, query: ContextsQuery, body: ContextsSearch, project_key: str, environment_key: str
) -> Page:
    place = visible_environment(call, project_key, environment_key)
    asked = require_one_place(query, body)
    where = [place.home.holds(context_instances), *instance_predicates(asked.filter)]
    return _page_of_instances(call, instances_search_path(place), place, asked, where)


def list_one_instance(
    call: Call, query: ContextsQuery, project_key: str, environment_key: str, id: str
) -> Page:
    """As each application told it. Empty for a combination that nobody has seen."""
    place = visible_environment(call, project_key, environment_key)
    own = [place.home.holds(context_instances), context_instances.c.instance_id == id]
    where = [*own, *condition_predicates(query.filter, INSTANCE_OF_APPLICATION)]
    return _page_of_instances(call, instance_path(place, id), place, query, where)


def remove_instance(call: Call, project_key: str, environment_key: str, id: str) -> None:
    """With it go its contexts that are part of no other combination: nothing else is known of them."""
    found = read_one(call, CONTEXT_INSTANCE, project_key=project_key, environment_key=environment_key, id=id)
    versions = list_instances(call.db, found.home, id)
    parts = parts_of(call.db, found.project_id, [each.id for each in versions])
    remove(call, CONTEXT_INSTANCE, found, DELETE)
    forget_instances(call.db, found.project_id, [each.id for each in versions if each.id != found.id])
    forget_alone(call.db, found.home, parts)


def list_attribute_names(
    call: Call, query: NamesQuery, project_key: str, environment_key: str
) -> NamesCollectionShape:
    place = visible_environment(call, project_key, environment_key)
    table = context_attributes.c
    name = Field(str, {"startsWith": exact_field(table.name, "startsWith").operators["startsWith"]})
    where = condition_predicates(query.filter, {"kind": _ONE_KIND, "name": name})
    return represent_names(list_names(call.db, place.home, where, query.limit))


def list_attribute_values(
    call: Call, query: ValuesQuery, project_key: str, environment_key: str, attribute_name: str
) -> ValuesCollectionShape:
    place = visible_environment(call, project_key, environment_key)
    begins = exact_field(context_attributes.c.value, "startsWith").operators["startsWith"]
    # Values are kept as JSON: a text begins after its quote.
    value = Field(lambda text: spell_value(text)[:-1], {"startsWith": begins})
    where = condition_predicates(query.filter, {"kind": _ONE_KIND, "value": value})
    return represent_values(list_values(call.db, place.home, attribute_name, where, query.limit))


_ONE_KIND = Field(str, {"equals": exact_field(context_attributes.c.kind).operators["equals"]})


def _page_of_contexts(
    call: Call,
    own_path: str,
    place: EnvironmentFact,
    asked: ContextsQuery,
    where: Sequence[ColumnElement[bool]],
) -> Page:
    found = find_contexts(call.db, _parse_search(asked, where))
    counts = count_associated(call.db, found.items)
    items = [
        represent_context(place, context, associated)
        for context, associated in zip(found.items, counts, strict=True)
    ]
    tell_access_at(call.actor, TOLD, ((item, place.address) for item in items))
    return _page(place, own_path, asked, items, found)


def _page_of_instances(
    call: Call,
    own_path: str,
    place: EnvironmentFact,
    asked: ContextsQuery,
    where: Sequence[ColumnElement[bool]],
) -> Page:
    found = find_instances(call.db, _parse_search(asked, where))
    items = [represent_instance(place, each) for each in found.items]
    tell_access_at(call.actor, TOLD, ((item, place.address) for item in items))
    return _page(place, own_path, asked, items, found)


def _parse_search(asked: ContextsQuery, where: Sequence[ColumnElement[bool]]) -> Search:
    sort = asked.sort or "-ts"
    if sort not in _SORTS:
        raise InvalidRequest(f"sort: {sort!r} is unknown here; known: {', '.join(_SORTS)}")
    token = asked.continuation_token
    return Search(
        where,
        limit=asked.limit or DEFAULT_LIMIT,
        is_descending=_SORTS[sort],
        cursor=None if token is None else Cursor.parse(token, "continuationToken"),
        includes_total=asked.include_total_count,
    )


def _page(
    place: EnvironmentFact, own_path: str, asked: ContextsQuery, items: Sequence[object], found: Found[Any]
) -> Page:
    extra: dict[str, Json] = {"_environmentId": place.id}
    if found.following is None:
        return Page(items, found.total, extra=extra)
    token = str(found.following)
    following = {
        "limit": None if asked.limit is None else str(asked.limit),
        "sort": asked.sort,
        "filter": asked.filter,
        "includeTotalCount": None if asked.include_total_count else "false",
        "continuationToken": token,
    }
    return Page(
        items,
        found.total,
        links={"next": with_query(own_path, "", following)},
        extra=extra | {"continuationToken": token},
    )
