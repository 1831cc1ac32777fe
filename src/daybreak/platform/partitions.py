"""Tables that grow with time, cut into months on PostgreSQL, so that what is old goes whole instead of row by
row. SQLite has no partitions: there, and for what lies in none, rows go a bounded number at a time.

A month is one of UTC, `at` an instant in Unix milliseconds. Whatever has no month yet lies in the rest, and
moves when its month is made: the three months to come are there before they begin.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    TableClause,
    delete,
    insert,
    select,
    text,
    tuple_,
)
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from sqlalchemy.exc import OperationalError

from daybreak.platform import dialect
from daybreak.platform.clock import HOUR, MINUTE
from daybreak.platform.database import Transaction, metadata
from daybreak.platform.jobs import Job

logger = logging.getLogger(__name__)

MONTHS_AHEAD = 3
ROWS_AT_ONCE = 10_000

# Whoever has to wait longer for a table tries again in an hour, before others wait for long, too.
_LONGEST_WAIT = "5s"
# To forget a month can wait, and others wait behind it: for as long as somebody reads, as a backup does.
_SHORTEST_WAIT = "200ms"

_MONTH = re.compile(r"(?P<table>\w+)_y(?P<year>\d{4})m(?P<month>\d{2})")
_REST = "_rest"


class Month(NamedTuple):
    """A month of UTC."""

    year: int
    number: int

    @classmethod
    def of(cls, at: int) -> "Month":
        moment = datetime.fromtimestamp(at / 1000, UTC)
        return cls(moment.year, moment.month)

    @property
    def next(self) -> "Month":
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)

    @property
    def start(self) -> int:
        """In Unix milliseconds."""
        return int(datetime(self.year, self.number, 1, tzinfo=UTC).timestamp()) * 1000

    def partition_of(self, table: Table) -> str:
        return f"{table.name}_y{self.year:04}m{self.number:02}"


def _make_rest(table: Table, connection: Connection, **_others: Any) -> None:
    """A table that is made without the migrations can keep rows at once, too."""
    if dialect.can_partition(connection):
        connection.execute(text(f"CREATE TABLE {table.name}{_REST} PARTITION OF {table.name} DEFAULT"))


# What a table says that is cut into months. Its primary key has `at`.
BY_MONTH: dict[str, Any] = {
    "postgresql_partition_by": "RANGE (at)",
    "listeners": [("after_create", _make_rest)],
}


def partitioned_tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.dialect_options["postgresql"]["partition_by"]]


def is_partition(name: str) -> bool:
    """Whether a table of this name is but a part of another one."""
    tables = {table.name for table in partitioned_tables()}
    month = _MONTH.fullmatch(name)
    return name.removesuffix(_REST) in tables - {name} or (month is not None and month["table"] in tables)


def _list_months(db: Transaction, table: Table) -> list[Month]:
    """Those that the table has a partition of, the earliest first."""
    names = db.execute(
        text(
            "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid "
            "WHERE inhparent = CAST(:name AS regclass)"
        ),
        {"name": table.name},
    )
    found = (_MONTH.fullmatch(row.relname) for row in names)
    return sorted(Month(int(each["year"]), int(each["month"])) for each in found if each is not None)


def _wanted(now: int) -> Iterator[Month]:
    month = Month.of(now)
    for _ in range(1 + MONTHS_AHEAD):
        yield month
        month = month.next


def lacks_partitions(table: Table, db: Transaction, now: int) -> bool:
    if not dialect.can_partition(db.connection):
        return False
    return bool(set(_wanted(now)) - set(_list_months(db, table)))


def make_partitions(table: Table, db: Transaction, now: int) -> None:
    """This month's and those of the months to come, where they are not there yet."""
    if not lacks_partitions(table, db, now):
        return
    db.execute(text(f"SET LOCAL lock_timeout = '{_LONGEST_WAIT}'"))
    # In the order in which others write. What the table refers to comes first, for a new part locks it, too:
    # whoever deletes there goes on to delete here.
    if needed := sorted({key.column.table.name for key in table.foreign_keys}):
        db.execute(text(f"LOCK TABLE {', '.join(needed)} IN SHARE ROW EXCLUSIVE MODE"))
    # With its parts, and before them: then nobody adds to the rest what has a month.
    db.execute(text(f"LOCK TABLE {table.name} IN ACCESS EXCLUSIVE MODE"))
    there = set(_list_months(db, table))
    for month in _wanted(now):
        if month not in there:
            _make_month(db, table, month)


def _make_month(db: Transaction, table: Table, month: Month) -> None:
    part, rest = _part(table, month.partition_of(table)), _part(table, f"{table.name}{_REST}")
    bounds = f"FOR VALUES FROM ({month.start}) TO ({month.next.start})"
    within = rest.c.at >= month.start, rest.c.at < month.next.start
    if db.first(select(rest.c.at).where(*within).limit(1)) is None:
        db.execute(text(f"CREATE TABLE {part.name} PARTITION OF {table.name} {bounds}"))
        return
    db.execute(text(f"CREATE TABLE {part.name} (LIKE {table.name} INCLUDING ALL)"))
    moved = delete(rest).where(*within).returning(*rest.c).cte("moved")
    db.execute(insert(part).from_select(list(part.c.keys()), select(moved)))
    db.execute(text(f"ALTER TABLE {table.name} ATTACH PARTITION {part.name} {bounds}"))


def _part(table: Table, name: str) -> TableClause:
    return sql_table(name, *(sql_column(column.name) for column in table.columns))


def is_any_before(db: Transaction, table: Table, before: int, *where: ColumnElement[bool]) -> bool:
    return db.first(select(table.c.at).where(*where, table.c.at < before).limit(1)) is not None


def forget_before(db: Transaction, table: Table, before: int, *where: ColumnElement[bool]) -> None:
    """Months that ended by then go whole; of what else is older, and what `where` holds for, so many rows
    that no other writer waits for long: the rest goes with the next runs.
    """
    if dialect.can_partition(db.connection):
        _drop_months(db, table, before)
    key: Sequence[Column[Any]] = list(table.primary_key.columns)
    old = select(*key).where(*where, table.c.at < before).limit(ROWS_AT_ONCE)
    db.execute(delete(table).where(tuple_(*key).in_(old)))


def _drop_months(db: Transaction, table: Table, before: int) -> None:
    """The first that somebody reads stays for the next time, with those after it."""
    over = [month for month in _list_months(db, table) if month.next.start <= before]
    try:
        for month in over:
            with db.attempt():
                db.execute(text(f"SET LOCAL lock_timeout = '{_SHORTEST_WAIT}'"))
                db.execute(text(f"DROP TABLE {month.partition_of(table)}"))
    except OperationalError as error:
        if not dialect.is_locked(error):
            raise
        logger.info("an old month of %s is in use, and is forgotten later", table.name)
    if over:
        db.execute(text(f"SET LOCAL lock_timeout = '{_LONGEST_WAIT}'"))


def making_partitions() -> list[Job]:
    """One job for each table: who locks one waits for no other, as those who write to several may."""
    return [
        Job(
            f"make the months to come of {table.name}",
            HOUR,
            partial(make_partitions, table),
            is_needed=partial(lacks_partitions, table),
            rest=MINUTE,
        )
        for table in partitioned_tables()
    ]
