"""Copying an SQLite file page by page: as fast as the disk, from under a server that goes on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from daybreak.platform.copying.databases import NotCopied
from daybreak.platform.copying.watch import Watch

PAGES_AT_ONCE = 4_096


def copy_pages(connection: Connection, file: Path, watch: Watch) -> None:
    """Writes into `file` what a connection to an SQLite database sees in its transaction.
    Raises NotCopied.
    """
    # The first look fixes what is seen: without it each commit of others would begin the copy anew.
    pages: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    watch.expect(pages)
    left = pages

    def show(_status: int, remaining: int, _total: int) -> None:
        nonlocal left
        watch.advance("Copying pages", left - remaining)
        left = remaining

    driver: Any = connection.connection.driver_connection
    with _failing_in_words(), closing(sqlite3.connect(file)) as target:
        driver.backup(target, pages=PAGES_AT_ONCE, progress=show)


def seal_file(file: Path) -> None:
    """Makes an SQLite database that nobody has open one file, readable where nothing can be written.
    Raises NotCopied.
    """
    with _failing_in_words(), closing(sqlite3.connect(file)) as connection:
        [mode] = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    assert mode == "delete", "somebody has the file open"


@contextmanager
def _failing_in_words() -> Iterator[None]:
    # The driver is used without SQLAlchemy here, which would turn its errors into those that others know.
    try:
        yield
    except sqlite3.Error as error:
        raise NotCopied(f"The backup was not made: {error}") from error
