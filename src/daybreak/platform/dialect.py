"""The only module that asks which database this is. One meaning per function, two implementations. Parts of
statements that each engine spells in its own way are in `expressions.py` and `spreading.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from importlib import import_module
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Select,
    Table,
    create_engine,
    event,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError
from sqlalchemy.pool import QueuePool

from daybreak.logic.statistics import median_of_unsorted
from daybreak.platform.commit_signals import CHANNEL, Wait, listen_to_server, look_at_file
from daybreak.platform.connections import prepare_postgresql, prepare_sqlite
from daybreak.platform.copying.engines import CopyingEngine, FileEngine, ServerEngine

# The connection that was used last is used next: what it has prepared and read is still there.
_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 8, "pool_use_lifo": True}
MOST_CONNECTIONS: int = _POOL["pool_size"] + _POOL["max_overflow"]
# What is written may be secret or personal: an error that is logged shows the statement alone.
_ENGINE: dict[str, Any] = {**_POOL, "hide_parameters": True}

# A server that is gone without a word, as when its machine or the network stops, is noticed within this time.
_LIVELY: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}

# The number of a lock that migrations of this program take; any would do.
_MIGRATING = 0x6461_7962

_numbers = msgspec.json.Decoder(list[int])


def open_engine(url: str) -> Engine:
    """An engine for an `sqlite:///…` or `postgresql://…` address, with the settings the program relies on."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        driven = address.set(drivername="postgresql+psycopg")
        lively = {name: value for name, value in _LIVELY.items() if name not in address.query}
        engine = create_engine(driven, **_ENGINE, pool_pre_ping=True, connect_args=lively)
        event.listen(engine, "connect", prepare_postgresql)
        return engine
    if address.get_backend_name() != "sqlite":
        message = f"{address.get_backend_name()}: the database is sqlite:///FILE or postgresql://HOST/NAME"
        raise ValueError(message)
    engine = create_engine(address, **_ENGINE, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: two writers that both read first would deadlock under WAL.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def readers_of(engine: Engine) -> Engine:
    """The engine for transactions that read: all their statements see one state of the database."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writes_one_at_a_time(engine: Engine) -> bool:
    """Whether writers of one process should queue in the process rather than at the file."""
    return engine.dialect.name == "sqlite"


def announce_commit(connection: Connection, revision: int) -> None:
    """Has those who hear commits told of this transaction's, once it is committed."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, str(revision))))


def wait_for_other_migrations(connection: Connection) -> None:
    """Until this transaction ends, none that calls this goes on. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))


def hold(connection: Connection, name: str) -> None:
    """Until this transaction ends, none that holds the same name goes on. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


@contextmanager
def hear_commits(engine: Engine) -> Iterator[Wait]:
    """Yields a function that waits, at most so many seconds, for a commit on any connection of any process,
    and says whether there was one. It has a connection of its own.
    """
    borrowed = engine.raw_connection()
    borrowed.detach()
    try:
        connection: Any = borrowed.dbapi_connection
        listening = engine.dialect.name == "postgresql"
        yield listen_to_server(connection) if listening else look_at_file(connection)
    finally:
        borrowed.close()


def is_locked(error: Exception) -> bool:
    """Whether a failed statement may succeed later: a busy file, a lost race, a lost server, a full disk."""
    # Without the statement and its values, which may hold any word.
    text = str(getattr(error, "orig", error)).lower()
    return any(
        sign in text
        for sign in (
            "database is locked",
            "deadlock detected",
            "could not serialize",
            "connection",
            "server closed",
            "lock timeout",
            "disk i/o error",
            "disk is full",
            "no space left",
        )
    )


def is_refused(error: Exception) -> bool:
    """Whether a statement failed for the values that it was given, and always will: text that is none, a
    number that is too large, a key that no index takes.
    """
    # Of PostgreSQL: what exceeds a limit of its own.
    exceeds = str(getattr(getattr(error, "orig", None), "sqlstate", "")).startswith("54")
    return exceeds or isinstance(error, DataError | ValueError | OverflowError)


def insert_or_update(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    update: Sequence[str],
    key: Sequence[Column[Any]] | None = None,
) -> None:
    """Inserts `rows`; where the key (default: the primary key) exists, sets the columns named in `update`."""
    statement = _insert(connection, table)
    columns = list(key) if key is not None else list(table.primary_key.columns)
    if update:
        statement = statement.on_conflict_do_update(
            index_elements=columns, set_={name: statement.excluded[name] for name in update}
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=columns)
    if rows:
        connection.execute(statement, list(rows))


def insert_or_add(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], amounts: Sequence[str]
) -> None:
    """Inserts `rows`; where the primary key exists, adds to the columns named `amounts`."""
    if rows:
        connection.execute(_adding(_insert(connection, table), table, amounts), list(rows))


def insert_or_add_selected(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    selected: Select[Any],
    amounts: Sequence[str],
) -> None:
    """As `insert_or_add` with the rows that are `selected`; their statement has a condition."""
    statement = _insert(connection, table).from_select(columns, selected)
    connection.execute(_adding(statement, table, amounts))


def _insert(connection: Connection, table: Table) -> Any:
    # Imported where it is needed: loading the other engine's dialect would cost a tenth of the start.
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)


def _adding(statement: Any, table: Table, amounts: Sequence[str]) -> Any:
    totals = {name: table.c[name] + statement.excluded[name] for name in amounts}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=totals)


class Medians:
    """How many values each of some samples has, and their exact median; None of none. One query for all.

    PostgreSQL sorts; its answer is a float, exact for whole numbers below 2^52 and halves between them.
    SQLite hands over all values as one JSON text, at a tenth of what a row for each would cost.
    """

    def __init__(self, samples: Sequence[Select[int]]) -> None:
        numbered = list(enumerate(sample.subquery().c[0] for sample in samples))
        middle = func.percentile_cont(0.5)
        self._sorting = union_all(
            *(select(literal(n), func.count(), middle.within_group(values)) for n, values in numbered)
        )
        self._gathering = union_all(
            *(select(literal(n), func.json_group_array(values)) for n, values in numbered)
        )

    def read(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[int, Fraction | None]]:
        """In the order of the samples; `values` are those of their bound parameters."""
        if connection.dialect.name == "postgresql":
            rows = sorted(connection.execute(self._sorting, values).all())
            return [(count, None if found is None else Fraction(found)) for _, count, found in rows]
        texts = sorted(connection.execute(self._gathering, values).all())
        sets = [_numbers.decode(text) for _, text in texts]
        return [(len(values), median_of_unsorted(values)) for values in sets]


def check_integrity(connection: Connection) -> list[str]:
    """What is wrong with the stored data itself. PostgreSQL checks its pages as it reads them."""
    if connection.dialect.name == "postgresql":
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check(10)")]
    return [] if found == ["ok"] else found


def system_name(engine: Engine) -> str:
    """What OpenTelemetry calls the kind of database: `sqlite` or `postgresql`."""
    return engine.dialect.name


def connections_lent(engine: Engine) -> int:
    """How many connections of the pool are in use."""
    return engine.pool.checkedout() if isinstance(engine.pool, QueuePool) else 0


def data_file(engine: Engine) -> str | None:
    """The file an SQLite database lies in; None for a server, or for memory."""
    return engine.url.database if engine.dialect.name == "sqlite" else None


def copying_engine(connection: Connection) -> CopyingEngine:
    """How many rows are written at once: see `copying/engines.py`."""
    return ServerEngine(connection) if connection.dialect.name == "postgresql" else FileEngine(connection)


def can_partition(connection: Connection) -> bool:
    """Whether tables that say so are cut into partitions."""
    return connection.dialect.name == "postgresql"
