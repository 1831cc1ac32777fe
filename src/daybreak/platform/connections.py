"""What is told to each new connection of an engine. `dialect.py` says which of the two it is."""

import sqlite3
from time import sleep
from typing import Any

from sqlalchemy.pool import ConnectionPoolEntry

# For what another process holds. Then the caller is told to try again.
MILLISECONDS_TO_WAIT = 10_000


def prepare_postgresql(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # As long as SQLite waits for a file that another process holds.
    # Outside of a transaction: one that is undone would take it back.
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {MILLISECONDS_TO_WAIT}")
    connection.autocommit = False


def prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # None: the driver would begin transactions by itself, and never IMMEDIATE ones.
    connection.isolation_level = None
    # The built-in one leaves letters beyond ASCII alone, and PostgreSQL's does not.
    connection.create_function("lower", 1, _lower, deterministic=True)
    _turn_write_ahead_log_on(connection)
    for pragma in (
        "synchronous=FULL",  # what was answered survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={MILLISECONDS_TO_WAIT}",  # another process may hold the file for a moment
        "temp_store=MEMORY",
        "cache_size=-16000",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _turn_write_ahead_log_on(connection: Any) -> None:
    """Then readers never wait for the writer. A new file may have another first user in the same moment, for
    whom SQLite does not wait by itself.
    """
    pause = 50
    for attempt in range(MILLISECONDS_TO_WAIT // pause, -1, -1):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not attempt:
                raise
            sleep(pause / 1_000)
        else:
            return


def _lower(value: str | None) -> str | None:
    return None if value is None else value.lower()
