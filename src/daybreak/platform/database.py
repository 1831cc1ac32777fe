"""The database: one transaction per request, and a revision that counts every committed change.

The revision is one row that each writing transaction increments last, so the order of revisions is the
order of commits on both engines. Everything remembered in memory is valid for one revision.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Executable,
    Index,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from daybreak.platform import dialect
from daybreak.platform.board import Board
from daybreak.platform.columns import identifier, milliseconds, number
from daybreak.platform.columns import text as text_column
from daybreak.platform.errors import Conflict, Unavailable
from daybreak.platform.observing import Observer, Unobserved

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

revisions = Table("revisions", metadata, identifier(), number("value"))

outbox = Table(
    "outbox",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    text_column("kind"),
    text_column("resource_id"),
    text_column("scope"),
    milliseconds("at"),
    Index("ix_outbox_kind", "kind", "revision"),
)

_THE_ONE = "database"
_READ_REVISION = select(revisions.c.value).where(revisions.c.id == _THE_ONE)


class Transaction:
    """One unit of work on a connection; `tell` adds what others should hear after the commit."""

    __slots__ = ("changes", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.changes: list[dict[str, Any]] = []

    def execute(
        self, statement: Executable, rows: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        return self.connection.execute(statement, rows)

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        return self.connection.execute(statement).all()

    def first(self, statement: Executable) -> Row[Any] | None:
        return self.connection.execute(statement).first()

    def value(self, statement: Executable) -> Any:
        """The first column of the first row; None without a row."""
        return self.connection.execute(statement).scalar()

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self.connection.execute(insert(table), list(rows))

    def insert_or_update(
        self,
        table: Table,
        rows: Sequence[Mapping[str, Any]],
        update: Sequence[str],
        key: Sequence[Column[Any]] | None = None,
    ) -> None:
        """See `dialect.insert_or_update`."""
        dialect.insert_or_update(self.connection, table, rows, update, key)

    def insert_or_add(self, table: Table, rows: Sequence[Mapping[str, Any]], amounts: Sequence[str]) -> None:
        """See `dialect.insert_or_add`."""
        dialect.insert_or_add(self.connection, table, rows, amounts)

    def insert_or_add_selected(
        self, table: Table, columns: Sequence[str], selected: Select[Any], amounts: Sequence[str]
    ) -> None:
        """See `dialect.insert_or_add_selected`."""
        dialect.insert_or_add_selected(self.connection, table, columns, selected, amounts)

    def hold(self, name: str) -> None:
        """See `dialect.hold`. For what must be true of several rows: what is read after it stays so."""
        dialect.hold(self.connection, name)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the work that may fail alone: what it wrote is undone when the block raises."""
        told = len(self.changes)
        try:
            with self.connection.begin_nested():
                yield
        except Exception:
            del self.changes[told:]
            raise

    def tell(self, kind: str, resource_id: str, *, at: int, scope: str = "") -> None:
        """Notes a change for those who listen: delivered once the transaction is committed."""
        self.changes.append({"kind": kind, "resource_id": resource_id, "scope": scope, "at": at})


class Database:
    """Opens transactions. Listeners are told each new revision, before a writer of this process is answered.

    `board` is that of all the processes which this one was started with.
    """

    def __init__(self, url: str, board: Board | None = None) -> None:
        self.url = url
        self.board = board or Board()
        self.revision = 0
        self.engine: Engine = dialect.open_engine(url)
        self._readers: Engine = dialect.readers_of(self.engine)
        self._writers: Engine = self.engine.execution_options(writes=True)
        # One writer at a time within the process: waiting here is fair and quiet, at the file it is neither.
        self._turn: threading.Lock | None = (
            threading.Lock() if dialect.writes_one_at_a_time(self.engine) else None
        )
        self._listeners: list[Callable[[int], None]] = []
        self.observer: Observer = Unobserved()

    def on_commit(self, listener: Callable[[int], None]) -> None:
        self._listeners.append(listener)

    def advance(self, revision: int) -> None:
        """Tells the listeners of a commit that is new here, whichever process made it."""
        if revision > self.revision:
            self.board.post(revision)
            for listener in self._listeners:
                listener(revision)
            # Last: whoever finds it told need not wait for another thread that is still telling it.
            self.revision = max(self.revision, revision)

    def catch_up(self) -> None:
        """What another process of this machine has answered is known here too. Costs a microsecond."""
        self.advance(self.board.revision)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that sees one state of the database and leaves nothing behind."""
        with (
            self.observer.transaction("reading") as begun,
            _answering(),
            self._readers.connect() as connection,
        ):
            begun()
            yield Transaction(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that is committed when the block ends well, and undone when it raises."""
        with (
            self.observer.transaction("writing") as begun,
            self._turn or nullcontext(),
            _answering(),
            self._writing() as transaction,
        ):
            begun()
            yield transaction

    @contextmanager
    def _writing(self) -> Iterator[Transaction]:
        revision = 0
        with self._writers.connect() as connection:
            transaction = Transaction(connection)
            connection.begin()
            yield transaction
            if transaction.changes:
                revision = _advance(transaction)
            connection.commit()
        if revision:
            self.advance(revision)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A connection for migrations: one transaction, committed when the block ends well. Of several
        processes that would migrate, one does, and the others find it done.
        """
        with self._writers.connect() as connection:
            connection.begin()
            dialect.wait_for_other_migrations(connection)
            yield connection
            connection.commit()

    def is_reachable(self) -> bool:
        with self.reading() as db:
            return bool(db.value(text("SELECT 1")) == 1)

    def come_to_rest(self) -> None:
        """To be called when nobody is at work any more, before `close`: what processes that were killed, or
        that ended in the same moment, have left in the log beside an SQLite file is then taken into it.
        """
        if dialect.data_file(self.engine) is not None:
            # Whoever is the last to close the file does it.
            self.is_reachable()

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _answering() -> Iterator[None]:
    """Says in the callers' words what a database refuses.

    Raises:
        Conflict: what was free when somebody looked has been taken before it was written.
        Unavailable: the database is gone, busy or full.

    """
    try:
        yield
    except IntegrityError as error:
        raise Conflict("Conflict. Somebody else wrote this at the same time: read it again.") from error
    except (OperationalError, InterfaceError) as error:
        if dialect.is_locked(error):
            raise Unavailable("The database cannot answer now: try again in a moment") from error
        raise


def _advance(db: Transaction) -> int:
    """Takes the next revision and writes the changes under it.

    Done last: on PostgreSQL the row stays locked until the commit, which is what orders the commits.
    """
    advance = update(revisions).where(revisions.c.id == _THE_ONE)
    advance = advance.values(value=revisions.c.value + 1)
    revision = db.value(advance.returning(revisions.c.value))
    if revision is None:
        # The first of all, or one of several that are the first at once.
        db.insert_or_update(revisions, [{"id": _THE_ONE, "value": 0}], [])
        revision = db.value(advance.returning(revisions.c.value))
    db.insert(
        outbox, [{"revision": revision, "position": n, **change} for n, change in enumerate(db.changes)]
    )
    dialect.announce_commit(db.connection, revision)
    return int(revision)


def read_revision(db: Transaction) -> int:
    """The revision of what this transaction sees; 0 for a database nothing was ever written to."""
    return db.value(_READ_REVISION) or 0
