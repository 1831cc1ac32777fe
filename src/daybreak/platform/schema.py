"""The schema's state: bringing it up to date, and telling whether it is."""

from functools import cache
from pathlib import Path

from sqlalchemy import Column, MetaData, Table, Text, inspect, select

from daybreak.platform.database import Database
from daybreak.platform.errors import Unavailable

MIGRATIONS = Path(__file__).parent / "migrations"

# Alembic's own table. It is not part of our metadata, or a migration would drop it.
_versions = Table("alembic_version", MetaData(), Column("version_num", Text))


def migrate(database: Database) -> None:
    """Runs the migrations that are missing. A database that has them all costs two queries.

    Raises:
        Unavailable: a newer program has been at work.

    """
    version, newest = read_schema_version(database), newest_schema_version()
    if version == newest:
        return
    if version is not None and version > newest:
        raise Unavailable(
            f"A newer Daybreak has written this database: its schema is {version}, this program's {newest}. "
            "Use that one, or restore a backup from before."
        )
    from daybreak.platform.migrating import upgrade  # noqa: PLC0415 - loading Alembic slows every start down

    upgrade(database)


def read_schema_version(database: Database) -> str | None:
    """The newest migration the database has seen; None for an empty one."""
    with database.reading() as db:
        if not inspect(db.connection).has_table(_versions.name):
            return None
        version: str | None = db.value(select(_versions.c.version_num))
        return version


@cache
def newest_schema_version() -> str:
    """The newest migration this program knows: their files begin with their numbers."""
    newest = max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    return newest.partition("_")[0]


def is_up_to_date(database: Database) -> bool:
    """Whether this program can work. One that runs already may go on when a newer one has migrated: a
    migration takes nothing away that the version before it uses.
    """
    version = read_schema_version(database)
    return version is not None and version >= newest_schema_version()
