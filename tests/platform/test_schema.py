"""The migrations make what the tables declare, on both engines, and can be undone."""

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import daybreak.app  # noqa: F401 - importing the whole program makes every area's tables known
from daybreak.platform.database import Database
from daybreak.platform.migrating import migration_config
from daybreak.platform.schema import is_up_to_date, migrate, newest_schema_version, read_schema_version


def test_migrate__up_to_date_database__differs_in_nothing_from_the_tables(database: Database) -> None:
    config = migration_config()
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_newest_schema_version__files__are_the_history_that_alembic_sees() -> None:
    history = ScriptDirectory.from_config(migration_config())

    assert history.get_heads() == [newest_schema_version()]
    assert [script.revision for script in history.walk_revisions()][::-1] == [
        f"{number:04}" for number in range(1, int(newest_schema_version()) + 1)
    ]


def test_migrate__after_a_way_back__makes_everything_again(database: Database) -> None:
    config = migration_config()
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with database.reading() as db:
        assert inspect(db.connection).get_table_names() == ["alembic_version"]
    assert read_schema_version(database) is None
    assert not is_up_to_date(database)

    migrate(database)

    assert read_schema_version(database) == newest_schema_version()
    assert is_up_to_date(database)
