"""What was learnt of contexts, as lists ask for it: pages, counts, names and values of attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlalchemy import cast as sql_cast
from sqlalchemy.types import Integer

from daybreak.areas.flags.contexts.model import Context, ContextInstance
from daybreak.areas.flags.contexts.store import context_store, instance_store
from daybreak.areas.flags.contexts.tables import context_attributes, context_instance_parts
from daybreak.areas.projects.queries import Home
from daybreak.platform.database import Transaction
from daybreak.platform.store import TableStore
from daybreak.rest.cursors import Cursor, Order, Turn, read_turn

Model = TypeVar("Model")

# Whoever belongs to more contexts than this belongs to this many, as far as is told.
MOST_ASSOCIATED = 10_000


@dataclass(frozen=True, slots=True)
class Search:
    """Which page of a list by time is wanted."""

    where: Sequence[ColumnElement[bool]]
    limit: int
    is_descending: bool
    cursor: Cursor | None
    includes_total: bool


@dataclass(frozen=True, slots=True)
class Found(Generic[Model]):
    """A page: `following` is None at the end, `total` where nobody asked for it."""

    items: Sequence[Model]
    following: Cursor | None
    total: int | None


def find_contexts(db: Transaction, search: Search) -> Found[Context]:
    return _find(db, context_store, search)


def find_instances(db: Transaction, search: Search) -> Found[ContextInstance]:
    return _find(db, instance_store, search)


def _find(db: Transaction, store: TableStore[Model], search: Search) -> Found[Model]:
    table = store.table
    order = Order(table.c.last_seen, table.c.id, is_descending=search.is_descending)
    turn = Turn(search.cursor, is_back=False, limit=search.limit)
    turned = read_turn(db, select(table).where(*search.where), order, turn)
    total = None
    if search.includes_total:
        total = int(db.value(select(func.count()).select_from(table).where(*search.where)))
    return Found([store.from_row(row) for row in turned.rows], turned.later, total)


def count_associated(db: Transaction, found: Sequence[Context]) -> list[int]:
    """How many other contexts each was evaluated together with, up to 10,000. One query for a page."""
    if not found:
        return []
    counts = union_all(*(_associated(number, context) for number, context in enumerate(found)))
    by_number = {row.number: row.others for row in db.rows(counts)}
    return [int(by_number[number]) for number in range(len(found))]


def _associated(number: int, context: Context) -> Any:
    mine, theirs = context_instance_parts.alias(), context_instance_parts.alias()
    others = (
        select(theirs.c.kind, theirs.c.key)
        .distinct()
        .select_from(mine.join(theirs, mine.c.instance_id == theirs.c.instance_id))
        .where(
            context.home.holds(mine),
            theirs.c.project_id == context.project_id,
            mine.c.key == context.key,
            mine.c.kind == context.kind,
            theirs.c.kind != context.kind,
        )
        .limit(MOST_ASSOCIATED)
        .subquery()
    )
    return select(literal(number).label("number"), func.count().label("others")).select_from(others)


@dataclass(frozen=True, slots=True)
class NameFact:
    """The name of an attribute, how many contexts of a kind have it, and whether some keep it secret."""

    kind: str
    name: str
    weight: int
    redacted: bool


@dataclass(frozen=True, slots=True)
class ValueFact:
    """A value (JSON) of an attribute, and how many contexts of a kind have it."""

    kind: str
    value: str
    weight: int


def list_names(
    db: Transaction, home: Home, where: Sequence[ColumnElement[bool]], limit: int
) -> list[NameFact]:
    """The most frequent first."""
    table = context_attributes.c
    weight = func.count()
    statement = (
        select(
            table.kind,
            table.name,
            weight.label("weight"),
            func.max(sql_cast(table.redacted, Integer)).label("redacted"),
        )
        .where(home.holds(context_attributes), *where)
        .group_by(table.kind, table.name)
        .order_by(weight.desc(), table.kind, table.name)
        .limit(limit)
    )
    return [NameFact(row.kind, row.name, row.weight, bool(row.redacted)) for row in db.rows(statement)]


def list_values(
    db: Transaction, home: Home, name: str, where: Sequence[ColumnElement[bool]], limit: int
) -> list[ValueFact]:
    """The most frequent first."""
    table = context_attributes.c
    weight = func.count()
    statement = (
        select(table.kind, table.value, weight.label("weight"))
        .where(home.holds(context_attributes), table.name == name, table.value.is_not(None), *where)
        .group_by(table.kind, table.value)
        .order_by(weight.desc(), table.kind, table.value)
        .limit(limit)
    )
    return [ValueFact(row.kind, row.value, row.weight) for row in db.rows(statement)]
