"""What every command starts with: settings, database, clock; migrated before anything is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from daybreak.platform.board import Board
from daybreak.platform.clock import Clock, SystemClock
from daybreak.platform.database import Database
from daybreak.platform.errors import DomainError
from daybreak.platform.schema import migrate
from daybreak.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Program:
    """A command's surroundings."""

    settings: Settings
    database: Database
    clock: Clock


@contextmanager
def open_program(
    database_url: str | None = None, *, migrated: bool = True, processes: int = 1
) -> Iterator[Program]:
    """Opens the database, for as many processes as will be forked from this one, and brings its schema up to
    date unless told otherwise.

    Problems a person can mend become a line on standard error, never a traceback.
    """
    try:
        settings = read_settings(database_url=database_url)
        create_data_directory(settings.database)
        database = Database(settings.database, Board(processes))
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from None
    try:
        if migrated:
            migrate(database)
        yield Program(settings, database, SystemClock())
    except OperationalError as error:
        raise click.ClickException(f"The database did not answer: {error.orig}") from None
    except DomainError as error:
        raise click.ClickException(error.message) from None
    finally:
        database.close()


def create_data_directory(url: str) -> None:
    """Makes the folder of an SQLite file."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database not in {None, "", ":memory:"}:
        # Of what is made here, nobody else reads secrets.
        Path(str(address.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
