"""The statements in the documentation spread all tables, as they are declared."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command

from daybreak.platform.database import Database
from daybreak.platform.migrating import migration_config

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def printed() -> str:
    script = [sys.executable, "scripts/citus_statements.py"]
    return subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_citus_statements__documentation__has_those_of_all_tables(printed: str) -> None:
    found = (ROOT / "docs" / "scaling.md").read_text()
    assert f"```sql\n{printed}```" in found, "put in what scripts/citus_statements.py prints"


def test_citus_statements__foreign_keys_that_leave__come_back_as_they_were(
    printed: str, database: Database, engine: str
) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite has no servers")
    with database.migrating() as connection:
        for statement in printed.splitlines():
            # What is left are functions that only Citus has.
            if statement.startswith("ALTER TABLE"):
                connection.exec_driver_sql(statement)
        config = migration_config()
        config.attributes["connection"] = connection
        command.check(config)
