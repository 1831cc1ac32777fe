"""Migrations that are interrupted, and programs of different versions on one database."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from ldclient import Context
from sqlalchemy import text
from sqlalchemy.engine import make_url

from databases import fresh_postgresql_database, postgresql_server, sqlite_url
from daybreak.platform.database import Database
from daybreak.platform.migrating import migration_config
from daybreak.platform.schema import newest_schema_version, read_schema_version
from delivery.programs_of_sdks import becomes, instruct, sdk, sdk_key
from faults.conftest import Figure
from faults.test_kills import a_project
from system.programs import TOKEN, run_daybreak, serving, surroundings

# A schema from before tables were made anew, with a row that comes along.
EARLIER = "0016"
A_ROW = (
    "INSERT INTO repositories (id, key, type, url, main_branch, created_at, version) "
    "VALUES ('1', 'shop', 'github', '', 'main', 1, 1)"
)
KILLS = 4


@pytest.fixture
def empty_url(engine: str, tmp_path: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield sqlite_url(tmp_path)
        return
    with postgresql_server() as server, fresh_postgresql_database(server) as url:
        yield url


def _is_migrating(url: str) -> bool:
    """Whether another process holds what a migration takes first, and keeps until it is committed."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        with psycopg.connect(
            host=str(address.query["host"]), user=address.username, dbname=address.database
        ) as asking:
            held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            return asking.execute(held).fetchone() != (0,)
    connection = sqlite3.connect(str(address.database), timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


def _migrate_and_kill(url: str, seconds: float) -> None:
    """So long after it has begun to change something."""
    process = subprocess.Popen(
        [sys.executable, "-m", "daybreak", "migrate"],
        env=surroundings(url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not _is_migrating(url):
        assert process.poll() is None, "the migration was over before it could be killed"
        time.sleep(0.001)
    time.sleep(seconds)
    assert process.poll() is None, "the migration was over before it was killed"
    process.kill()
    process.wait(timeout=10)


def _schema(url: str) -> str | None:
    database = Database(url)
    version = read_schema_version(database)
    database.close()
    return version


@pytest.mark.parametrize("begin", [None, EARLIER])
def test_migration__killed_in_the_middle__changes_nothing_and_can_be_run_again(
    empty_url: str, data_directory: str, figure: Figure, engine: str, begin: str | None
) -> None:
    if begin is not None:
        database = Database(empty_url)
        config = migration_config()
        with database.migrating() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, begin)
            connection.execute(text(A_ROW))
        database.close()
    for kill in range(KILLS):
        _migrate_and_kill(empty_url, 0.01 * kill)
        assert _schema(empty_url) == begin
    assert run_daybreak(empty_url, "doctor", DAYBREAK_DATA_DIR=data_directory).returncode == 1
    started = time.monotonic()
    assert run_daybreak(empty_url, "migrate").returncode == 0
    took = time.monotonic() - started
    assert _schema(empty_url) == newest_schema_version()
    assert run_daybreak(empty_url, "doctor", DAYBREAK_DATA_DIR=data_directory).returncode == 0
    if begin is not None:
        database = Database(empty_url)
        with database.reading() as db:
            assert db.value(text("SELECT key FROM repositories")) == "shop"
        database.close()
    figure(
        f"kill -9 of a migration {'of an empty database' if begin is None else 'from ' + begin}, "
        f"{KILLS} times, {engine}",
        f"nothing was changed; the next run took {took:.1f} s",
    )


def test_versions__a_newer_one_migrates__the_older_goes_on_until_it_is_started_anew(
    database_url: str, database: Database, data_directory: str, figure: Figure, engine: str
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": data_directory}
    with serving(database_url, settings) as server:
        a_project(server)
        with sdk(server, sdk_key(server)) as client:
            # What a later version may do: it adds what this one does not know.
            with database.migrating() as connection:
                connection.execute(text("ALTER TABLE feature_flags ADD COLUMN later TEXT"))
                connection.execute(text("CREATE TABLE later (id TEXT PRIMARY KEY)"))
                connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            assert server.get("/readyz").status_code == 200
            assert server.post("/api/v2/flags/web", {"key": "new", "name": "New"}).status_code == 201
            instruct(server, {"kind": "turnFlagOn"})
            assert becomes(
                lambda: client.variation("checkout", Context.create("ann"), default=False), value=True
            )
        refused = run_daybreak(database_url, "serve", "--port", "0", **settings)
        assert refused.returncode == 1
        assert "A newer Daybreak has written this database" in refused.stderr
        assert "Traceback" not in refused.stderr
        told = run_daybreak(database_url, "doctor", **settings)
        assert told.returncode == 1
        assert "A newer Daybreak has written it: use that one." in told.stdout
    figure(
        f"a newer version migrates under a running one, {engine}",
        "the running one went on without an error; started anew it refuses, and says why",
    )
