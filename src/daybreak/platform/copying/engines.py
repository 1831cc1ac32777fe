"""What copying does differently on each engine. `dialect.py` says which of the two it is."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Protocol

from sqlalchemy import Connection, TableClause
from sqlalchemy.exc import DBAPIError, OperationalError

# The first attempts are over before the server looks for deadlocks, so that no other writer falls victim to
# one; the last outlast the second after which the server sends its own housekeeping away.
MILLISECONDS_TO_LOCK = tuple(range(300, 3_001, 300))

Rows = Sequence[tuple[Any, ...]]


class CopyingEngine(Protocol):
    """A connection in a writing transaction, that many rows go through."""

    def hold_writers(self, tables: Iterable[TableClause]) -> bool:
        """Lets nobody else write to these tables until the transaction ends, and everybody read what they
        held before. False where others write so much that it cannot begin.
        """
        ...

    def write_rows(self, target: TableClause, rows: Rows) -> None:
        """Adds rows in the order of the table's columns, the fastest way there is. Raises DBAPIError."""
        ...

    def refresh_statistics(self, tables: Iterable[TableClause]) -> None:
        """Has queries planned by what the tables hold now, where nobody would look soon enough."""
        ...


class FileEngine:
    """SQLite: the transaction is the one writer, and needs no statistics."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold_writers(self, tables: Iterable[TableClause]) -> bool:  # noqa: ARG002 - the other engine's needs
        return True

    def write_rows(self, target: TableClause, rows: Rows) -> None:
        places = ", ".join("?" * len(target.columns))
        statement = f"INSERT INTO {_name(target)} ({_columns(target)}) VALUES ({places})"  # noqa: S608 - of declared names only
        self._connection.exec_driver_sql(statement, list(rows))

    def refresh_statistics(self, tables: Iterable[TableClause]) -> None:
        pass


class ServerEngine:
    """PostgreSQL: rows go in by COPY, and others may be at work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold_writers(self, tables: Iterable[TableClause]) -> bool:
        # EXCLUSIVE and no more: to truncate, or to lock readers out, would show those who read already an
        # empty table.
        statement = f"LOCK TABLE {', '.join(map(_name, tables))} IN EXCLUSIVE MODE"
        return any(self._locks_within(each, statement) for each in MILLISECONDS_TO_LOCK)

    def _locks_within(self, milliseconds: int, statement: str) -> bool:
        try:
            # What was locked is given back where the rest cannot be: whoever waits for it goes on.
            with self._connection.begin_nested():
                self._connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
                self._connection.exec_driver_sql(statement)
                self._connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")
        except OperationalError as error:
            if "lock timeout" in str(error.orig) or "deadlock" in str(error.orig):
                return False
            raise
        return True

    def write_rows(self, target: TableClause, rows: Rows) -> None:
        driver: Any = self._connection.connection.driver_connection
        statement = f"COPY {_name(target)} ({_columns(target)}) FROM STDIN"
        # Imported where it is needed: a program that keeps its data in a file does without this driver.
        driver_error = import_module("psycopg").Error
        try:
            with driver.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except driver_error as error:
            raise DBAPIError.instance(statement, None, error, driver_error) from error

    def refresh_statistics(self, tables: Iterable[TableClause]) -> None:
        for each in tables:
            self._connection.exec_driver_sql(f"ANALYZE {_name(each)}")


def _name(stored: TableClause) -> str:
    return f'"{stored.name}"'


def _columns(stored: TableClause) -> str:
    return ", ".join(f'"{each.name}"' for each in stored.columns)
