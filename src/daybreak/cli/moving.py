"""What `copy`, `backup` and `restore` have in common: opening what is there, progress, what was moved, and
failures in words.
"""

import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn
from rich.table import Table
from sqlalchemy.exc import DBAPIError

import daybreak.app  # noqa: F401 - makes the tables of every area known: all of them are moved
from daybreak.areas.projects.queries import environments_of
from daybreak.cli.program import Program, open_program, read_address, reason_of
from daybreak.delivery.relay_reading import CONFIGURATION
from daybreak.platform.clock import stopwatch
from daybreak.platform.copying.addresses import show_address
from daybreak.platform.copying.databases import Contents, CopiedTable, TargetInUse, copy_database
from daybreak.platform.database import Database, Transaction
from daybreak.platform.errors import DomainError, Unavailable
from daybreak.settings import read_settings

MOST_NAMED = 5


def parse_address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The value of an option that is a database's address."""
    try:
        if value is not None:
            read_address(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return value


@contextmanager
def open_existing(database: str | None) -> Iterator[Program]:
    """As `open_program` without migrating, where a file that is not there is not made."""
    try:
        address = read_address(read_settings(database_url=database).database)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if address.get_backend_name() == "sqlite":
        _require_file(Path(str(address.database)))
    with open_program(database, migrated=False, makes_folder=False) as program:
        yield program


def _require_file(file: Path) -> None:
    try:
        is_there = stat.S_ISREG(file.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        is_there = False
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
    if not is_there:
        raise click.ClickException(f"There is no database at {file}.")


@contextmanager
def in_words() -> Iterator[None]:
    """Turns what a database or a disk refuses into one line, without the statement and its values."""
    try:
        yield
    except TargetInUse as error:
        advice = "With --replace, all of that goes, and the copy takes its place."
        raise click.ClickException(f"{error.message} Nothing was changed. {advice}") from None
    except Unavailable as error:
        raise click.ClickException(
            f"A database does not answer: {reason_of(error.__cause__ or error)}"
        ) from None
    except DomainError as error:
        raise click.ClickException(error.message) from None
    except DBAPIError as error:
        raise click.ClickException(f"A database failed: {reason_of(error)}") from None
    except OSError as error:
        said = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise click.ClickException(said) from None


def name_of(program: Program) -> str:
    return show_address(program.database.engine.url)


class ShownProgress:
    """A bar on standard error while the block lasts, where that is a terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("Looking", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def expect(self, total: int) -> None:
        self._progress.update(self._task, total=total)

    def advance(self, doing: str, done: int) -> None:
        self._progress.update(self._task, description=doing, advance=done)


def list_told(db: Transaction) -> Collection[tuple[str, str]]:
    """What servers keep in memory and send: each environment, and what Relay Proxies may see."""
    return {("environment", each.id) for each in environments_of(db, None)} | {(CONFIGURATION, "")}


def describe(db: Transaction) -> str:
    keys = sorted({each.project.key for each in environments_of(db, None)})
    named = ", ".join(keys[:MOST_NAMED]) + (", …" if len(keys) > MOST_NAMED else "")
    return f"{len(keys)} project{'s' if len(keys) > 1 else ''} ({named})" if keys else ""


CONTENTS = Contents(describe, list_told)


def show_copied(tables: Sequence[CopiedTable], seconds: float) -> None:
    """A line for each table that has rows, and one for all."""
    filled = [each for each in tables if each.rows]
    shown = Table("table", box=None)
    shown.add_column("rows", justify="right")
    for each in sorted(filled, key=lambda each: -each.rows):
        shown.add_row(each.name, f"{each.rows:,}")
    Console().print(shown)
    rows = sum(each.rows for each in filled)
    click.echo(f"{rows:,} rows of {len(filled)} tables in {seconds:.1f} s, compared once they had arrived.")


def copy_and_show(source: Database, target: Program, *, replaces: bool) -> None:
    """Copies while it shows how far it is, and then what was copied."""
    start = stopwatch()
    with ShownProgress() as progress:
        tables = copy_database(
            source, target.database, progress, CONTENTS, clock=target.clock, replaces=replaces
        )
    show_copied(tables, stopwatch() - start)
