"""Running migrations, through Alembic. `schema.py` knows whether it is necessary."""

from alembic import command
from alembic.config import Config

from daybreak.platform.database import Database
from daybreak.platform.schema import MIGRATIONS


def migration_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(database: Database) -> None:
    config = migration_config()
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
