"""Drafts a migration: what the tables are now, against what the migrations so far make of an empty database.

    python scripts/new_migration.py "add tags to flags"

Read and mend what it wrote: it must run on SQLite and PostgreSQL, and on data.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

import daybreak.app  # noqa: F401 - importing the whole program makes every area's tables known
from daybreak.platform.database import Database
from daybreak.platform.migrating import migration_config
from daybreak.platform.schema import migrate, newest_schema_version


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'empty.db'}")
        migrate(database)
        config = migration_config()
        with database.migrating() as connection:
            config.attributes["connection"] = connection
            number = f"{int(newest_schema_version()) + 1:04}"
            command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=number)
        database.close()


main()
