"""What every command starts with: settings, database, clock; migrated before anything is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from daybreak.platform.board import Board
from daybreak.platform.clock import Clock, SystemClock
from daybreak.platform.database import Database
from daybreak.platform.errors import DomainError, Unavailable
from daybreak.platform.schema import migrate
from daybreak.settings import Settings, read_settings

SQLITE = frozenset({"sqlite", "sqlite+pysqlite"})


@dataclass(frozen=True, slots=True)
class Program:
    """A command's surroundings."""

    settings: Settings
    database: Database
    clock: Clock


@contextmanager
def open_program(
    database_url: str | None = None, *, migrated: bool = True, makes_folder: bool = True, processes: int = 1
) -> Iterator[Program]:
    """Opens the database, for as many processes as will be forked from this one, makes the folder of its file
    and brings its schema up to date unless told otherwise.

    Problems a person can mend become a line on standard error, never a traceback.
    """
    try:
        settings = read_settings(database_url=database_url)
        address = read_address(settings.database)
        if makes_folder:
            create_data_directory(address)
        database = Database(settings.database, Board(processes))
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from None
    try:
        if migrated:
            migrate(database)
        yield Program(settings, database, SystemClock())
    except Unavailable as error:
        cause = error.__cause__
        said = error.message if cause is None else f"The database does not answer: {reason_of(cause)}"
        raise click.ClickException(said) from None
    except DomainError as error:
        raise click.ClickException(error.message) from None
    except DBAPIError as error:
        raise click.ClickException(f"The database failed: {reason_of(error)}") from None
    finally:
        database.close()


def read_address(url: str) -> URL:
    """The address of a database. Of one that makes no sense nothing is shown: it may hold a password.

    Raises:
        ValueError: it makes no sense.

    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        message = "A database's address is sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
        raise ValueError(message) from None
    if address.get_backend_name() != "sqlite":
        return address
    if address.drivername not in SQLITE or address.database in {None, "", ":memory:"} or address.query:
        message = "SQLite's address is sqlite:///FILE, where each ? of the file is written %3F"
        raise ValueError(message)
    return address


def reason_of(error: BaseException) -> str:
    """What a database said, without the statement and its values."""
    lines = str(getattr(error, "orig", error)).splitlines()
    return lines[0] if lines else type(error).__name__


def create_data_directory(address: URL) -> None:
    """Makes the folder of an SQLite file."""
    if address.get_backend_name() == "sqlite":
        # Of what is made here, nobody else reads secrets.
        Path(str(address.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
