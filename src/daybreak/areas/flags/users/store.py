"""Users in the database: pages of those contexts, and the names of their attributes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from daybreak.areas.flags.context_kinds.model import USER
from daybreak.areas.flags.contexts.model import Context
from daybreak.areas.flags.contexts.store import context_store
from daybreak.areas.flags.contexts.tables import context_attributes, contexts
from daybreak.areas.projects.queries import Home
from daybreak.platform.database import Transaction


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after the user with this key, who was seen then if that is the order."""

    key: str
    last_seen: int | None = None


@dataclass(frozen=True, slots=True)
class UserOrder:
    """By key, or by when they were seen last and then by key."""

    is_by_time: bool
    is_descending: bool


def list_users(
    db: Transaction,
    where: Sequence[ColumnElement[bool]],
    order: UserOrder,
    after: Place | None,
    limit: int,
    offset: int,
) -> tuple[list[Context], bool, int]:
    """A page, whether more follow it, and how many there are in all. Two queries."""
    columns = [contexts.c.last_seen, contexts.c.key] if order.is_by_time else [contexts.c.key]
    total = int(db.value(select(func.count()).select_from(contexts).where(*where)))
    page = select(contexts).where(*where)
    if after is not None:
        page = page.where(_beyond(order, after))
    ordered = page.order_by(*(column.desc() if order.is_descending else column for column in columns))
    rows = db.rows(ordered.limit(limit + 1).offset(offset))
    return [context_store.from_row(row) for row in rows[:limit]], len(rows) > limit, total


def _beyond(order: UserOrder, after: Place) -> ColumnElement[bool]:
    key, seen = contexts.c.key, contexts.c.last_seen
    later_key = key < after.key if order.is_descending else key > after.key
    if after.last_seen is None:
        return later_key
    later = seen < after.last_seen if order.is_descending else seen > after.last_seen
    return or_(later, and_(seen == after.last_seen, later_key))


def list_user_attributes(db: Transaction, home: Home) -> list[tuple[str, bool]]:
    """The names of attributes that users have, and whether some keep them secret."""
    table = context_attributes.c
    statement = (
        select(table.name, table.redacted)
        .distinct()
        .where(home.holds(context_attributes), table.kind == USER)
        .order_by(table.name)
    )
    return [(row.name, row.redacted) for row in db.rows(statement)]
