"""`daybreak copy` as its user runs it: from a server that runs, killed in the middle, refused in words."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from conftest import ENGINES
from daybreak.platform.database import Database
from daybreak.platform.dialect import data_file
from daybreak.platform.migrating import migration_config
from daybreak.platform.schema import migrate, newest_schema_version, read_schema_version
from system.moving import Targets, contents_of, opened, targets
from system.programs import run_daybreak, serving, surroundings

__all__ = ["targets"]

both_targets = pytest.mark.parametrize("to", ENGINES)

# More than any copy does in the time it takes to kill it.
MANY = 200_000


def copy(source: str, target: str, *options: str) -> subprocess.CompletedProcess[str]:
    return run_daybreak(source, "copy", "--from", source, "--to", target, *options)


@both_targets
def test_copy__from_a_running_server__is_served_with_the_same_tokens_and_flags(
    to: str, database_url: str, targets: Targets, tmp_path: Path
) -> None:
    flags = "/api/v2/flags/web?summary=0"
    with targets(to, tmp_path / "target") as target:
        with serving(database_url) as server:
            assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
            assert server.post("/api/v2/flags/web", {"key": "checkout", "name": "C"}).status_code == 201
            done = copy(database_url, target)
            listed = server.get(flags).json()
        assert done.returncode == 0, done.stderr
        assert "feature_flags" in done.stdout
        assert "compared once they had arrived" in done.stdout
        assert done.stderr == ""
        # Without a bootstrap token: the one that answers came along.
        with serving(target, {}) as moved:
            assert moved.get(flags).json() == listed
            assert moved.post("/api/v2/flags/web", {"key": "second", "name": "S"}).status_code == 201
        again = copy(database_url, target)
        assert again.returncode == 1
        assert "holds 1 project (web). Nothing was changed. With --replace," in again.stderr
        assert copy(database_url, target, "--replace").returncode == 0


@both_targets
def test_copy__killed_in_the_middle__leaves_the_target_and_runs_again(
    to: str, targets: Targets, tmp_path: Path
) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    with opened(source) as database:
        migrate(database)
        with database.writing() as db:
            for number in range(MANY):
                db.tell("made-up", str(number), at=1)
    with targets(to, tmp_path / "target") as target:
        with serving(target) as server:
            assert server.post("/api/v2/projects", {"key": "kept", "name": "Kept"}).status_code == 201
        before = contents_of(target, without=set())
        with opened(target) as watched:
            is_writing = _writing(watched)
            process = subprocess.Popen(
                [sys.executable, "-m", "daybreak", "copy", "--from", source, "--to", target, "--replace"],
                env=surroundings(source),
            )
            end = time.monotonic() + 60
            while not is_writing() and process.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
            assert process.poll() is None, "it was done before it could be killed"
            assert is_writing()
            process.kill()
            process.wait(timeout=10)
        assert contents_of(target, without=set()) == before
        assert copy(source, target, "--replace").returncode == 0
        assert contents_of(target) == contents_of(source)


def _writing(target: Database) -> Callable[[], bool]:
    """Whether many rows lie in the target already, seen or not."""
    file = data_file(target.engine)

    def look() -> bool:
        if file is not None:
            log = Path(f"{file}-wal")
            return log.exists() and log.stat().st_size > 1_000_000
        with target.reading() as db:
            size = db.value(text("SELECT pg_relation_size('outbox')"))
        return bool(size > 1_000_000)

    return look


def test_copy__passwords__are_never_shown(tmp_path: Path) -> None:
    file = f"sqlite:///{tmp_path / 'target.db'}"
    for address in ("postgresql://me:hush", "postgresql://me:hush@127.0.0.1:1/db", "mysql://me:hush@x/db"):
        for source, target in ((address, file), (file, address)):
            done = copy(source, target)
            assert done.returncode != 0
            assert "hush" not in done.stdout + done.stderr
            assert "Traceback" not in done.stderr


@pytest.mark.parametrize("replaces", [False, True])
def test_copy__target_of_an_older_schema_that_is_in_use__is_as_it_was_unless_replaced(
    replaces: bool,  # noqa: FBT001 - which of the two is asked for
    database_url: str,
    targets: Targets,
    tmp_path: Path,
) -> None:
    config = migration_config()
    engine = "sqlite" if "sqlite" in database_url else "postgresql"
    with targets(engine, tmp_path / "target") as url, opened(url) as target:
        migrate(target)
        with target.writing() as db:
            db.tell("access-token", "1", at=1)
        with target.migrating() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0016")
        done = copy(database_url, url, *(["--replace"] if replaces else []))
        assert done.returncode == (0 if replaces else 1), done.stderr
        if not replaces:
            assert "holds data of the older schema 0016. Nothing was changed." in done.stderr
        assert read_schema_version(target) == (newest_schema_version() if replaces else "0016")


def test_copy__passwords_in_the_query__are_not_shown(targets: Targets, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'one.db'}"
    assert run_daybreak(source, "migrate").returncode == 0
    with targets("postgresql", tmp_path / "target") as url:
        done = copy(source, f"{url}&password=hush&sslpassword=hush")
    assert done.returncode == 0, done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_copy__hard_link_of_the_source__is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    assert run_daybreak(url, "migrate").returncode == 0
    (tmp_path / "other.db").hardlink_to(tmp_path / "one.db")
    done = copy(url, f"sqlite:///{tmp_path / 'other.db'}", "--replace")
    assert done.stderr == "Error: Both addresses are of the same database.\n"


def test_copy__source_that_is_not_there__is_refused_and_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    done = copy(f"sqlite:///{missing}", f"sqlite:///{tmp_path / 'target.db'}")
    assert done.stderr == f"Error: There is no database at {missing}.\n"
    assert list(tmp_path.iterdir()) == []


def test_copy__onto_itself__is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    assert run_daybreak(url, "migrate").returncode == 0
    done = copy(url, f"sqlite:///{tmp_path / '.' / 'one.db'}", "--replace")
    assert done.stderr == "Error: Both addresses are of the same database.\n"
