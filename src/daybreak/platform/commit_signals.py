"""How each engine lets know that something was committed. `dialect.py` says which of the two it is."""

from collections.abc import Callable
from time import sleep
from typing import Any

# What a server announces commits on.
CHANNEL = "daybreak_commits"

# To look at a file takes microseconds.
SECONDS_BETWEEN_LOOKS = 0.01

# Waits at most so many seconds for a commit; whether there was one.
Wait = Callable[[float], bool]


def listen_to_server(connection: Any) -> Wait:
    """A connection of psycopg's that is used for nothing else."""
    connection.autocommit = True
    connection.execute(f"LISTEN {CHANNEL}")

    def wait(seconds: float) -> bool:
        return bool(list(connection.notifies(timeout=seconds, stop_after=1)))

    return wait


def look_at_file(connection: Any) -> Wait:
    """A connection of sqlite3's: a number tells it of the commits of all others."""

    def look() -> int:
        version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        return version

    known = look()

    def wait(seconds: float) -> bool:
        nonlocal known
        for _ in range(max(1, round(seconds / SECONDS_BETWEEN_LOOKS))):
            before, known = known, look()
            if known != before:
                return True
            sleep(SECONDS_BETWEEN_LOOKS)
        return False

    return wait
