"""A toy resource that uses everything the mechanism offers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any

import msgspec
from sqlalchemy import ColumnElement, MetaData, Table, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError, OperationalError

from daybreak.logic.policy.address import Address
from daybreak.platform.access import Actor
from daybreak.platform.clock import HOUR
from daybreak.platform.columns import (
    document,
    flag,
    identifier,
    milliseconds,
    number,
    text,
    version,
)
from daybreak.platform.database import Transaction
from daybreak.platform.errors import FieldFault, InvalidRequest, NotFound, ValidationFailed
from daybreak.platform.expressions import contains_text
from daybreak.platform.identifiers import object_id
from daybreak.platform.store import TableStore
from daybreak.platform.tags import has_every_tag, has_tag
from daybreak.rest.call import Answer, Body, Call, Page, Query, Shape
from daybreak.rest.conditions import text_field, truth_field
from daybreak.rest.crud import change_route, create_route, list_route, read_route, remove_route
from daybreak.rest.expansion import Expanded, Expansion
from daybreak.rest.filtering import parse_tags
from daybreak.rest.keys import Key, Name, Tags
from daybreak.rest.links import Links, links, path
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.routing import Route
from daybreak.rest.visibility import Level, Located

WIDGETS = "/api/v2/widgets"

toy_metadata = MetaData()

widgets = Table(
    "widgets",
    toy_metadata,
    identifier(),
    text("key"),
    text("name"),
    number("size", optional=True),
    flag("is_round"),
    document("tags"),
    text("secret"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("key"),
)


@dataclass(frozen=True, slots=True)
class Widget:
    id: str
    key: str
    name: str
    size: int | None
    is_round: bool
    tags: tuple[str, ...]
    secret: str
    created_at: int
    version: int


class WidgetShape(Shape):
    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    version_: int = msgspec.field(name="_version")
    key: str
    name: str
    size: int | None
    tags: list[str]
    secret: str
    parts: Any = msgspec.UNSET


class NewWidget(Body):
    key: Key
    name: Name
    size: int | None = None
    tags: Tags = msgspec.field(default_factory=list)
    secret: str = "shibboleth"


class WidgetFields(Body):
    name: Name
    size: int | None
    tags: Tags


widget_store = TableStore(Widget, widgets)


def widget_path(key: str) -> str:
    return path("/api/v2/widgets/{key}", key=key)


def _find(call: Call, widget_key: str) -> Widget:
    widget = widget_store.find(call.db, widgets.c.key == widget_key)
    if widget is None:
        raise NotFound(f"Invalid resource identifier: there is no widget {widget_key!r}")
    return widget


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:
    return ()


def _addresses(db: Transaction, found: Sequence[Widget]) -> list[Address]:
    return [Address.of(("widget", widget.key, widget.tags)) for widget in found]


def _place(db: Transaction, widget: Widget) -> Place:
    return Place(widget.name, widget_path(widget.key), "the shelf", "/api/v2")


def _represent(call: Call, found: Sequence[Widget], expanded: Expanded) -> list[WidgetShape]:
    parts = expanded.get("parts", {})
    return [
        WidgetShape(
            links_=links(self=widget_path(w.key)),
            id=w.id,
            version_=w.version,
            key=w.key,
            name=w.name,
            size=w.size,
            tags=list(w.tags),
            secret=w.secret,
            parts=parts.get(w.id, msgspec.UNSET),
        )
        for w in found
    ]


def _load_parts(call: Call, found: Sequence[Widget]) -> dict[str, Any]:
    ids = [widget.id for widget in found]
    rows = call.db.rows(select(widgets.c.id, widgets.c.size).where(widgets.c.id.in_(ids)))
    return {row.id: {"screws": row.size} for row in rows}


def _make(call: Call, body: NewWidget) -> Widget:
    return a_widget(body.key, body.name, body.size, tags=body.tags, secret=body.secret, created_at=call.now)


def a_widget(
    key: str,
    name: str = "",
    size: int | None = 1,
    *,
    is_round: bool = False,
    tags: Iterable[str] = (),
    secret: str = "shibboleth",
    created_at: int = 0,
) -> Widget:
    return Widget(object_id(), key, name or key, size, is_round, tuple(tags), secret, created_at, 1)


WIDGET: Resource[Widget] = Resource(
    kind="widget",
    specifier="widget/*",
    store=widget_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewWidget",
    located=(Located((Level("widget", widgets.c.key, partial(has_tag, "widget", widgets.c.id)),)),),
    filters={
        "query": lambda value: contains_text(widgets.c.name, value),
        "tags": lambda value: has_every_tag("widget", widgets.c.id, parse_tags(value)),
    },
    sorts={"name": widgets.c.name, "size": widgets.c.size},
    default_sort="name",
    unique=(widgets.c.key,),
    expansions=(Expansion("parts", "what the widget is made of", _load_parts),),
    editing=Editing(
        fields=WidgetFields,
        read=lambda widget: {"name": widget.name, "size": widget.size, "tags": list(widget.tags)},
        write=lambda widget, fields: replace(
            widget, name=fields.name, size=fields.size, tags=tuple(fields.tags)
        ),
        actions={"/name": "updateWidgetName", "/size": "updateWidgetSize", "/tags": "updateTags"},
    ),
    tags=lambda widget: ("", widget.tags),
    secrets=("secret",),
)

# The same rows in the other grammar of filters, without tags in the table and without expansions.
GADGET: Resource[Widget] = replace(
    WIDGET,
    kind="round-gadget",
    filters={},
    tags=None,
    conditions={
        "key": text_field(widgets.c.key),
        "name": text_field(widgets.c.name),
        "isRound": truth_field(widgets.c.is_round),
    },
    expansions=(),
)


class Tally(Shape):
    widgets: int
    at: int
    by: str


class Question(Body):
    words: list[str]


class Sizes(Query):
    size: list[int] = msgspec.field(default_factory=list)
    more: Annotated[tuple[int, ...] | None, msgspec.Meta(description="further ones")] = None
    twice: Annotated[bool, msgspec.Meta(description="whether what is listed counts twice")] = False


def _tally(call: Call) -> Tally:
    return Tally(widgets=len(widget_store.list_where(call.db)), at=call.now, by=call.actor.name)


def _count_words(call: Call, body: Question) -> dict[str, int]:
    return {"words": len(body.words)}


def _shout(actor: Actor, body: Question) -> list[str]:
    actor.require(("askLoudly",), Address.of(("widget", "any")))
    if not body.words:
        raise InvalidRequest("There is nothing to shout")
    return [word.upper() for word in body.words]


def _repeat(call: Call, body: list[str]) -> dict[str, list[str]]:
    return {"words": body}


def _sum_sizes(call: Call, query: Sizes) -> dict[str, int]:
    return {"sum": sum((*query.size, *(query.more or ()))) * (2 if query.twice else 1)}


def _echo(call: Call, raw: bytes, headers: Mapping[bytes, bytes]) -> Answer:
    return Answer(raw, "text/plain", 202, {"X-Kind": headers.get(b"x-kind", b"").decode()})


def _feed(call: Call) -> Page:
    return Page(["news"], None, links={"next": "/api/v2/feed?before=1"}, extra={"freshness": 1})


def _forget(call: Call) -> None:
    """Writes without telling anybody, as bookkeeping does."""


def _fail(call: Call, reason: str) -> None:
    if reason == "taken":
        raise IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed"))
    if reason == "busy":
        raise OperationalError("BEGIN", {}, Exception("database is locked"))
    if reason == "broken":
        raise OperationalError("SELECT", {}, Exception("no such table"))
    if reason == "faulty":
        raise ValidationFailed(FieldFault("words", "too many"), FieldFault("mood", "too dark"))
    raise ZeroDivisionError(reason)


def _route(method: str, where: str, run: Any, operation: str, **more: Any) -> Route:
    return Route(
        method=method, path=where, run=run, operation=operation, tag="Widgets", summary=operation, **more
    )


ROUTES = [
    list_route(WIDGET, WIDGETS, "getWidgets", tag="Widgets", answer=WidgetShape, default=5, most=20),
    create_route(
        WIDGET,
        WIDGETS,
        "postWidget",
        tag="Widgets",
        answer=WidgetShape,
        body=NewWidget,
        action="createWidget",
        make=_make,
    ),
    read_route(WIDGET, f"{WIDGETS}/{{widgetKey}}", "getWidget", tag="Widgets", answer=WidgetShape),
    change_route(WIDGET, f"{WIDGETS}/{{widgetKey}}", "patchWidget", tag="Widgets", answer=WidgetShape),
    remove_route(WIDGET, f"{WIDGETS}/{{widgetKey}}", "deleteWidget", tag="Widgets", action="deleteWidget"),
    list_route(GADGET, "/api/v2/gadgets", "getGadgets", tag="Widgets", answer=WidgetShape, beta=True),
    read_route(GADGET, "/api/v2/gadgets/{widgetKey}", "getGadget", tag="Widgets", answer=WidgetShape),
    change_route(GADGET, "/api/v2/gadgets/{widgetKey}", "patchGadget", tag="Widgets", answer=WidgetShape),
    _route("GET", "/api/v2/tally", _tally, "getTally", remembered=HOUR),
    _route("GET", "/api/v2/open-tally", _tally, "getOpenTally", remembered=HOUR, public=True),
    _route("POST", "/api/v2/questions", _count_words, "postQuestion", body=Question, writes=False),
    _route("GET", "/api/v2/sizes", _sum_sizes, "getSizes", query=Sizes),
    _route("POST", "/api/v2/echo", _echo, "postEcho", raw_body=True, public=True),
    _route("POST", "/api/v2/notes", _count_words, "postNote", body=Question, largest_body=100),
    _route("POST", "/api/v2/tomes", _count_words, "postTome", body=Question, largest_body=1_000_000),
    _route("POST", "/api/v2/shouts", _repeat, "postShout", body=Question, prepare=_shout),
    _route("GET", "/api/v2/feed", _feed, "getFeed"),
    _route("POST", "/api/v2/oblivion", _forget, "postOblivion"),
    _route("PUT", "/api/v2/oblivion", _forget, "putOblivion", status=202),
    _route("PATCH", "/api/v2/oblivion", _forget, "patchOblivion", bodiless=True),
    _route("POST", "/api/v2/failures/{reason}", _fail, "postFailure"),
]
