"""Lists read along time: `from` and `to` bound them, `after` and `before` turn their pages, newest first.

A cursor holds what its item is sorted by: turning a page looks nothing up, and no page repeats or skips items
because newer ones have come meanwhile.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self
from urllib.parse import urlencode

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, or_

from daybreak.platform.clock import DAY
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Query
from daybreak.rest.keys import Instant

DEFAULT_SPAN = 7 * DAY
_LARGEST = 2**63 - 1


class FeedQuery(Query):
    """What every list along time takes."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100, description="items of a page")] = 20
    start: Instant | None = msgspec.field(default=None, name="from")
    to: Instant | None = None
    after: Annotated[str | None, msgspec.Meta(description="continues after this identifier")] = None
    before: Annotated[str | None, msgspec.Meta(description="goes back before this identifier")] = None


@dataclass(frozen=True, slots=True)
class Window:
    """The part of time a list shows. Both ends belong to it."""

    start: int
    end: int

    def holds(self, column: ColumnElement[int]) -> ColumnElement[bool]:
        return column.between(self.start, self.end)


def parse_window(query: FeedQuery, now: int) -> Window:
    """Without bounds the seven days up to now; with only an end the seven days up to that.

    Raises:
        InvalidRequest: the start lies after the end.

    """
    end = now if query.to is None else query.to
    start = max(0, end - DEFAULT_SPAN) if query.start is None else query.start
    if start > end:
        raise InvalidRequest(f"from: {start} is after the end of the time asked for, {end}")
    return Window(start, end)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: the value that an item is sorted by, and the item's id."""

    value: int
    id: str

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.value}:{self.id}".encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str, name: str) -> Self:
        """Raises InvalidRequest for anything but what `str()` made."""
        refusal = InvalidRequest(f"{name}: {text[:100]!r} is not an identifier from the links of a page")
        try:
            decoded = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
            value, colon, id = decoded.partition(":")
            cursor = cls(int(value), id)
        except (ValueError, binascii.Error):
            raise refusal from None
        is_storable = abs(cursor.value) <= _LARGEST and "\x00" not in id
        if not colon or not is_storable or str(cursor) != text:
            raise refusal
        return cursor


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by. The id comes second, so that equal values have their places too."""

    value: ColumnElement[int]
    id: ColumnElement[str]
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page was asked for: the one after `cursor`, or the one before it, or the first."""

    cursor: Cursor | None
    is_back: bool
    limit: int


def parse_turn(query: FeedQuery) -> Turn:
    """Raises InvalidRequest for a cursor that is none, or for two of them."""
    if query.after is not None and query.before is not None:
        raise InvalidRequest("after, before: a page is asked for by one of them")
    if query.before is not None:
        return Turn(Cursor.parse(query.before, "before"), is_back=True, limit=query.limit)
    cursor = None if query.after is None else Cursor.parse(query.after, "after")
    return Turn(cursor, is_back=False, limit=query.limit)


@dataclass(frozen=True, slots=True)
class Turned:
    """The rows of a page, and the cursors of the pages beside it, None where there is none."""

    rows: Sequence[Row[Any]]
    earlier: Cursor | None
    later: Cursor | None


def read_turn(db: Transaction, statement: Select[Any], order: Order, turn: Turn) -> Turned:
    """The page's rows in the list's order. One query: a row beyond the page tells whether there are more."""
    is_descending = order.is_descending is not turn.is_back
    page = statement.add_columns(order.value.label("cursor_value"), order.id.label("cursor_id"))
    if turn.cursor is not None:
        page = page.where(_beyond(order, turn.cursor, is_descending=is_descending))
    if is_descending:
        page = page.order_by(order.value.desc(), order.id.desc())
    else:
        page = page.order_by(order.value.asc(), order.id.asc())
    rows = list(db.rows(page.limit(turn.limit + 1)))
    has_more = len(rows) > turn.limit
    del rows[turn.limit :]
    if turn.is_back:
        rows.reverse()
    has_earlier, has_later = (has_more, True) if turn.is_back else (turn.cursor is not None, has_more)
    return Turned(
        rows,
        earlier=_cursor(rows[0]) if rows and has_earlier else None,
        later=_cursor(rows[-1]) if rows and has_later else None,
    )


def _beyond(order: Order, cursor: Cursor, *, is_descending: bool) -> ColumnElement[bool]:
    # The first condition is implied by the second: it is what lets both engines seek in an index.
    value, id = order.value, order.id
    if is_descending:
        beyond = or_(value < cursor.value, and_(value == cursor.value, id < cursor.id))
        return and_(value <= cursor.value, beyond)
    beyond = or_(value > cursor.value, and_(value == cursor.value, id > cursor.id))
    return and_(value >= cursor.value, beyond)


def _cursor(row: Row[Any]) -> Cursor:
    return Cursor(row.cursor_value, row.cursor_id)


def turn_links(
    path: str, query: FeedQuery, window: Window, earlier: Cursor | None, later: Cursor | None
) -> dict[str, str]:
    """The links to the pages beside this one. They hold the bounds, which otherwise move with the clock."""
    given = {
        name: value
        for name, value in msgspec.to_builtins(query).items()
        if value not in (None, [], ()) and name not in {"after", "before"}
    }
    parameters = given | {"from": window.start, "to": window.end}
    found: dict[str, str] = {}
    if earlier is not None:
        found["prev"] = f"{path}?{_encode({**parameters, 'before': str(earlier)})}"
    if later is not None:
        found["next"] = f"{path}?{_encode({**parameters, 'after': str(later)})}"
    return found


def _encode(parameters: Mapping[str, Any]) -> str:
    return urlencode({name: _text(value) for name, value in parameters.items()})


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
