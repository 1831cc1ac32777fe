"""What tests of copies and backups need: databases to copy into, what they hold, and who watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import daybreak.app  # noqa: F401 - makes the tables of every area known
from conftest import ENGINES, Api
from databases import fresh_postgresql_database, postgresql_server, sqlite_url
from daybreak.cli.moving import CONTENTS
from daybreak.platform.clock import FixedClock
from daybreak.platform.copying.databases import copy_database
from daybreak.platform.copying.watch import Watch
from daybreak.platform.database import Database, metadata

# What counts commits: in a target it goes on from where both were.
COUNTERS = {"revisions", "outbox"}

both_targets = pytest.mark.parametrize("to", ENGINES)

# Makes the address of an empty database of an engine, that is gone when the block is left.
Targets = Callable[[str, Path], Any]


@pytest.fixture(scope="module")
def targets() -> Iterator[Targets]:
    with postgresql_server() as server:

        @contextmanager
        def make(engine: str, folder: Path) -> Iterator[str]:
            if engine == "sqlite":
                folder.mkdir()
                yield sqlite_url(folder)
            else:
                with fresh_postgresql_database(server) as url:
                    yield url

        yield make


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def contents(database: Database, without: set[str] | None = None) -> dict[str, list[str]]:
    """Everything that is stored, as the program reads it, by table; sorted, as tables have no order."""
    left_out = COUNTERS if without is None else without
    with database.reading() as db:
        return {
            table.name: sorted(repr(tuple(row)) for row in db.rows(select(table)))
            for table in metadata.sorted_tables
            if table.name not in left_out
        }


def contents_of(url: str, without: set[str] | None = None) -> dict[str, list[str]]:
    with opened(url) as database:
        return contents(database, without)


class Unwatched:
    """Nobody looks how far a copy is."""

    def expect(self, total: int) -> None:
        pass

    def advance(self, doing: str, done: int) -> None:
        pass


class At(Unwatched):
    """Does something once, when a copy first does what is said."""

    def __init__(self, moment: str, act: Callable[[], None]) -> None:
        self.has_acted = False
        self._moment = moment
        self._act = act

    def advance(self, doing: str, done: int) -> None:  # noqa: ARG002 - the signature of a watch
        if doing.startswith(self._moment) and not self.has_acted:
            self.has_acted = True
            self._act()


@pytest.fixture
def target(to: str, targets: Targets, tmp_path: Path) -> Iterator[Database]:
    """A database that nothing was ever written to: not even migrated."""
    with targets(to, tmp_path / "target") as url, opened(url) as database:
        yield database


def copy(source: Database, target: Database, watch: Watch | None = None, *, replaces: bool = False) -> int:
    """How many rows were copied."""
    tables = copy_database(
        source, target, watch or Unwatched(), CONTENTS, clock=FixedClock(7), replaces=replaces
    )
    return sum(each.rows for each in tables)


def a_project(api: Api, key: str = "web") -> None:
    assert api.post("/api/v2/projects", json={"key": key, "name": key.title()}).status_code == 201


def names(database: Database) -> set[str]:
    projects = metadata.tables["projects"]
    with database.reading() as db:
        return {row.name for row in db.rows(select(projects.c.name))}


def rename(name: str) -> list[dict[str, str]]:
    return [{"op": "replace", "path": "/name", "value": name}]
