"""The routes most resources have: list, create, read, change, remove, each made from the declaration
alone.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec

from daybreak.platform.columns import Json
from daybreak.rest import operations
from daybreak.rest.call import Call, NoQuery, Page, Query, Shape
from daybreak.rest.resource import Resource
from daybreak.rest.routing import Route
from daybreak.rest.versioning import page_size

Model = TypeVar("Model")


def _words(kind: str) -> str:
    return kind.replace("-", " ")


def list_query(resource: Resource[Any], *, default: int, most: int) -> type[Query]:
    """The query parameters of a resource's list, with the names it knows in their descriptions."""
    limit = Annotated[int, msgspec.Meta(ge=1, le=most, description=f"items of a page; {default}")]
    known: list[tuple[str, Any, Any]] = [
        ("limit", limit | None, None),
        ("offset", Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")], 0),
    ]
    offered = (
        ("filter", resource.conditions or resource.filters),
        ("sort", resource.sorts),
        ("expand", resource.expansions),
    )
    for name, choices in offered:
        if choices:
            names = ", ".join(choice if isinstance(choice, str) else choice.name for choice in choices)
            meta = msgspec.Meta(description=f"known: {names}")
            known.append((name, Annotated[str | None, meta], None))
    return _define(resource, "ListQuery", known)


def one_query(resource: Resource[Any]) -> type[Query]:
    """The query parameters of a single resource."""
    if not resource.expansions:
        return NoQuery
    meta = msgspec.Meta(description="known: " + ", ".join(e.name for e in resource.expansions))
    return _define(resource, "Query", [("expand", Annotated[str | None, meta], None)])


def _define(resource: Resource[Any], suffix: str, fields: list[tuple[str, Any, Any]]) -> type[Query]:
    name = resource.kind.title().replace("-", "") + suffix
    defined = msgspec.defstruct(name, fields, bases=(Query,), kw_only=True, rename="camel")
    assert issubclass(defined, Query)
    return defined


def list_route(
    resource: Resource[Any],
    path: str,
    operation: str,
    *,
    tag: str,
    answer: Any,
    default: int = 20,
    most: int = 1000,
    beta: bool = False,
    paged_since: int = 0,
) -> Route:
    """`paged_since` is the version of the API before which the list had no pages."""

    def list_resources(call: Call, query: Any, **parents: str) -> Page:
        where = resource.within(call, **parents)
        asked = msgspec.structs.asdict(query)
        limit = page_size(asked.pop("limit"), call.version, paged_since=paged_since, default=default)
        return operations.read_page(call, resource, where, limit=limit, **asked)

    return Route(
        method="GET",
        path=path,
        run=list_resources,
        operation=operation,
        tag=tag,
        summary=f"List {_words(resource.kind)}s",
        action=resource.view_action,
        specifier=resource.specifier,
        query=list_query(resource, default=default, most=most),
        answer=list[answer],
        beta=beta,
    )


def read_route(
    resource: Resource[Any], path: str, operation: str, *, tag: str, answer: Any, beta: bool = False
) -> Route:
    def read_resource(call: Call, query: Any = None, **names: str) -> Shape:
        model = operations.read_one(call, resource, **names)
        return operations.represent_one(call, resource, model, query.expand if query else None)

    return Route(
        method="GET",
        path=path,
        run=read_resource,
        operation=operation,
        tag=tag,
        summary=f"Read one {_words(resource.kind)}",
        action=resource.view_action,
        specifier=resource.specifier,
        query=one_query(resource),
        answer=answer,
        beta=beta,
    )


def create_route(
    resource: Resource[Model],
    path: str,
    operation: str,
    *,
    tag: str,
    answer: Any,
    body: Any,
    action: str,
    make: Callable[..., Model],
    status: int = 201,
    beta: bool = False,
) -> Route:
    """`make(call, body, **parents)` returns the new model. The contract knows creations that answer 200."""

    def create_resource(call: Call, body: Any, **parents: str) -> Shape:
        model = operations.create(call, resource, make(call, body, **parents), action)
        return operations.represent_one(call, resource, model)

    return Route(
        method="POST",
        path=path,
        run=create_resource,
        operation=operation,
        tag=tag,
        summary=f"Create a {_words(resource.kind)}",
        action=action,
        specifier=resource.specifier,
        body=body,
        answer=answer,
        status=status,
        beta=beta,
    )


def change_route(
    resource: Resource[Any], path: str, operation: str, *, tag: str, answer: Any, beta: bool = False
) -> Route:
    def change_resource(call: Call, body: Json, **names: str) -> Shape:
        before = operations.read_one(call, resource, **names)
        after = operations.patch(call, resource, before, body)
        return operations.represent_one(call, resource, after)

    return Route(
        method="PATCH",
        path=path,
        run=change_resource,
        operation=operation,
        tag=tag,
        summary=f"Change a {_words(resource.kind)} by JSON patch or merge patch",
        action=actions_of(resource),
        specifier=resource.specifier,
        body=Json,
        answer=answer,
        beta=beta,
    )


def actions_of(resource: Resource[Any]) -> str:
    """The actions that patches of the resource may need, as a route names them."""
    assert resource.editing is not None
    return " ".join(dict.fromkeys(resource.editing.actions.values()))


def remove_route(
    resource: Resource[Any], path: str, operation: str, *, tag: str, action: str, beta: bool = False
) -> Route:
    def remove_resource(call: Call, **names: str) -> None:
        operations.remove(call, resource, operations.read_one(call, resource, **names), action)

    return Route(
        method="DELETE",
        path=path,
        run=remove_resource,
        operation=operation,
        tag=tag,
        summary=f"Delete a {_words(resource.kind)}",
        action=action,
        specifier=resource.specifier,
        status=204,
        beta=beta,
    )
