"""The schema's state: bringing it up to date, and telling whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from daybreak.platform.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def migration_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(database: Database) -> None:
    """Runs the migrations that are missing. A database that has them all costs one query."""
    if is_up_to_date(database):
        return
    config = migration_config()
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def read_schema_version(database: Database) -> str | None:
    """The newest migration the database has seen; None for an empty one."""
    with database.reading() as db:
        return MigrationContext.configure(db.connection).get_current_revision()


def newest_schema_version() -> str | None:
    """The newest migration this program knows."""
    return ScriptDirectory.from_config(migration_config()).get_current_head()


def is_up_to_date(database: Database) -> bool:
    return read_schema_version(database) == newest_schema_version()
