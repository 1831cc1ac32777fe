"""Copying a whole database into another, of the same engine or the other one.

What is read is one state of the source, whoever writes to it meanwhile. What is written is one transaction
of the target: it holds the copy, counted and compared, or what it held before. `rows.py` has what is done to
each table, `engines.py` what the engines do differently.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import TableClause, delete, select
from sqlalchemy.exc import DBAPIError, OperationalError

from daybreak.platform import dialect
from daybreak.platform.clock import Clock
from daybreak.platform.copying.addresses import show_address
from daybreak.platform.copying.engines import CopyingEngine
from daybreak.platform.copying.rows import Tally, as_stored, count_rows, read_rows
from daybreak.platform.copying.watch import Watch
from daybreak.platform.database import Database, Transaction, metadata, read_revision, revisions
from daybreak.platform.errors import DomainError
from daybreak.platform.schema import migrate, newest_schema_version, read_schema_version


class NotCopied(DomainError):
    """Nothing was copied; the target is as it was."""


class TargetInUse(NotCopied):
    """The target holds something, and nobody said that it may be replaced."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What copying does not know of the rows that it moves: what a database holds in words, none for one
    without a project, and of what, by kind and id, others are to be told that it has changed.
    """

    describe: Callable[[Transaction], str]
    list_told: Callable[[Transaction], Collection[tuple[str, str]]]


# Of a target that nobody but the copy has opened.
NOBODY = Contents(describe=lambda db: "", list_told=lambda db: ())  # noqa: ARG005 - as those that look


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """How many rows of a table the target now has."""

    name: str
    rows: int


def require_data(source: Database) -> str:
    """The version of the schema of what is there. Raises NotCopied where nothing is."""
    version = read_schema_version(source)
    if version is None:
        raise NotCopied(f"{_name(source)} holds no data of Daybreak: is it the right place?")
    return version


def _require_current_schema(source: Database) -> None:
    version, newest = require_data(source), newest_schema_version()
    if version < newest:
        advice = "Bring it up to date first, with `daybreak migrate`."
        raise NotCopied(
            f"The schema of {_name(source)} is {version}, and this program's is {newest}. {advice}"
        )
    require_known_schema(source)


def _name(database: Database) -> str:
    return show_address(database.engine.url)


def require_known_schema(database: Database, name: str = "") -> None:
    """What a newer program has written is not touched: called by its `name`, else its address. Raises
    NotCopied.
    """
    version, newest = read_schema_version(database), newest_schema_version()
    if version is not None and version > newest:
        name = name or _name(database)
        raise NotCopied(
            f"A newer Daybreak has written {name}: use that one (schema {version}, not {newest})."
        )


def copy_database(
    source: Database,
    target: Database,
    watch: Watch,
    contents: Contents,
    *,
    clock: Clock,
    replaces: bool = False,
) -> Sequence[CopiedTable]:
    """Makes the target hold what the source holds, with the target's schema brought up to date before.

    Servers of the target notice as they notice any commit: its revision becomes larger than both were.

    Raises:
        NotCopied: the schema of one of them does not allow it, the target `TargetInUse`, or what arrived is
            not what was sent.

    """
    _require_current_schema(source)
    require_known_schema(target)
    if not replaces:
        _require_unused_if_older(target)
    migrate(target)
    with source.reading() as origin, target.writing() as db:
        return _Copying(origin, db, watch, contents).run(clock, replaces=replaces)


def _require_unused_if_older(target: Database) -> None:
    """Before its schema is brought up to date: what is refused stays as it is. Of an older schema it is known
    that something was committed, but not how to read what. Raises TargetInUse.
    """
    version = read_schema_version(target)
    if version is None or version == newest_schema_version():
        return
    with target.reading() as db:
        if db.first(select(revisions)) is not None:
            raise TargetInUse(f"The target is in use already: it holds data of the older schema {version}.")


class _Copying:
    """One copy: both transactions, and all tables, those that others refer to first."""

    def __init__(self, origin: Transaction, db: Transaction, watch: Watch, contents: Contents) -> None:
        self._origin = origin
        self._db = db
        self._watch = watch
        self._contents = contents
        self._engine: CopyingEngine = dialect.copying_engine(db.connection)
        self._tables = [as_stored(each) for each in metadata.sorted_tables]

    def run(self, clock: Clock, *, replaces: bool) -> Sequence[CopiedTable]:
        if not self._engine.hold_writers(self._tables):
            raise NotCopied("The target is written to all the time: stop its servers, and try again.")
        before = self._db.first(select(revisions))
        held = self._contents.describe(self._db)
        if (before is not None or held) and not replaces:
            raise TargetInUse(
                f"The target is in use already: it holds {held or 'no project, but was served'}."
            )
        told = set(self._contents.list_told(self._db))
        self._watch.expect(2 * sum(count_rows(self._origin, each) for each in self._tables))
        for each in reversed(self._tables):
            self._empty(each)
        tallies = [(each, self._write(each)) for each in self._tables]
        for stored, tally in tallies:
            self._require_same(stored, tally)
        self._engine.refresh_statistics(self._tables)
        if before is not None and before.value > read_revision(self._db):
            self._db.insert_or_update(revisions, [before._asdict()], ["value"])
        for kind, id in sorted(told | set(self._contents.list_told(self._db))):
            self._db.tell(kind, id, at=clock.now())
        return [CopiedTable(stored.name, tally.rows) for stored, tally in tallies]

    def _empty(self, stored: TableClause) -> None:
        # To look costs less than to delete nothing from what nothing refers to.
        if self._db.first(select(stored).limit(1)) is not None:
            self._db.execute(delete(stored))

    def _write(self, stored: TableClause) -> Tally:
        tally = Tally()
        for rows in read_rows(self._origin, stored):
            try:
                self._engine.write_rows(stored, rows)
            except OperationalError:
                raise
            except DBAPIError as error:
                reason = str(error.orig).splitlines()[0]
                raise NotCopied(f"The target refuses rows of {stored.name}: {reason}") from error
            tally.add(rows)
            self._watch.advance(f"Copying {stored.name}", len(rows))
        return tally

    def _require_same(self, stored: TableClause, sent: Tally) -> None:
        arrived = Tally()
        for rows in read_rows(self._db, stored):
            arrived.add(rows)
            self._watch.advance(f"Comparing {stored.name}", len(rows))
        if arrived != sent:
            counts = f"{sent.rows:,} rows were sent, and {arrived.rows:,} are there"
            what = counts if arrived.rows != sent.rows else f"some of its {sent.rows:,} rows differ"
            raise NotCopied(f"{stored.name} did not arrive as it was sent: {what}. The target is as it was.")
