"""`daybreak backup` and `daybreak restore` against servers that run, and SDKs that listen to them."""

import gc
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from alembic import command
from ldclient.context import Context

from conftest import ENGINES
from daybreak.platform.migrating import migration_config
from daybreak.platform.schema import migrate
from delivery.programs_of_sdks import (
    LEAVES_SOCKETS,
    PRODUCTION,
    a_flag,
    becomes,
    instruct,
    poll,
    production,
    sdk,
    sdk_key,
)
from delivery.relay_streams import a_configuration, a_relay
from delivery.test_newer_protocol import newer_sdk
from system.moving import Targets, contents, contents_of, opened, targets
from system.programs import TOKEN, Serving, run_daybreak, serving, surroundings

__all__ = ["targets"]

pytestmark = LEAVES_SOCKETS

ANN = Context.create("ann")
FLAG = "/api/v2/flags/web/checkout"


@pytest.fixture
def collected() -> Iterator[None]:
    """What the test leaves is gone before the next one begins."""
    yield
    gc.collect()


@pytest.fixture
def server(database_url: str) -> Iterator[Serving]:
    with serving(database_url) as running:
        assert running.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        yield running


def backup(url: str, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_daybreak(url, "backup", str(file), *options)


def restore(url: str, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_daybreak(url, "restore", str(file), *options)


def test_backup__of_a_running_server_that_is_written_to__is_one_sound_private_file(
    server: Serving, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "daily.backup"
    stop = threading.Event()
    accepted: list[str] = []

    def write() -> None:
        number = 0
        while not stop.is_set():
            key = f"flag-{number}"
            assert server.post("/api/v2/flags/web", {"key": key, "name": key}).status_code == 201
            accepted.append(key)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    assert becomes(lambda: len(accepted) > 10, value=True, within=20)
    known = list(accepted)
    done = backup(database_url, file)
    after = len(accepted)
    stop.set()
    writer.join(timeout=30)

    assert done.returncode == 0, done.stderr
    assert after > len(known), "nothing was written meanwhile"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir() if "daily" in each.name] == ["daily.backup"]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        kept = [row[0] for row in connection.execute("SELECT key FROM feature_flags ORDER BY created_at, id")]
        entries = {row[0] for row in connection.execute("SELECT name FROM audit_entries WHERE kind = 'flag'")}
        [(engine,)] = connection.execute("SELECT engine FROM backup_label").fetchall()
    # One moment: what was known before, and each later flag with its entry in the audit log.
    assert kept == accepted[: len(kept)]
    assert len(kept) >= len(known)
    assert entries == set(kept)
    assert engine == ("SQLite" if "sqlite" in database_url else "PostgreSQL")


def test_backup__served_as_it_is__answers_what_was_there(
    server: Serving, database_url: str, tmp_path: Path
) -> None:
    a_flag(server, isFlagOn=True)
    file = tmp_path / "a.backup"
    assert backup(database_url, file).returncode == 0
    answer = server.get(FLAG).json()
    with serving(f"sqlite:///{file}", {}) as other:
        assert other.get(FLAG).json() == answer
        assert other.post("/api/v2/flags/web", {"key": "second", "name": "S"}).status_code == 201
    # A file that was served is a database like any other, and can be kept again.
    assert backup(f"sqlite:///{file}", tmp_path / "again.backup").returncode == 0


def test_backup__file_is_there__is_kept_without_force(
    server: Serving, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.backup"
    file.write_text("precious")
    done = backup(database_url, file)
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert file.read_text() == "precious"
    assert backup(database_url, file, "--force").returncode == 0
    assert file.read_bytes().startswith(b"SQLite format 3\0")


def test_backup__onto_a_database_in_use__is_refused_also_with_force(tmp_path: Path) -> None:
    own, other = tmp_path / "own.db", tmp_path / "other.db"
    url = f"sqlite:///{own}"
    assert run_daybreak(f"sqlite:///{other}", "migrate").returncode == 0
    (tmp_path / "symbolic.db").symlink_to(own)
    with serving(url) as server, serving(f"sqlite:///{other}"):
        (tmp_path / "hard.db").hardlink_to(own)
        (tmp_path / "of-other.db").symlink_to(other)
        for name in ("own.db", "symbolic.db", "hard.db"):
            done = backup(url, tmp_path / name, "--force")
            assert (done.returncode, "is the database itself" in done.stderr) == (1, True)
        for name in ("other.db", "of-other.db"):
            done = backup(url, tmp_path / name, "--force")
            assert (done.returncode, "is in use, as other.db-" in done.stderr) == (1, True)
        assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        assert server.stop() == 0
    with serving(url, {}) as again:
        assert again.get("/api/v2/projects/web").status_code == 200


def test_backup__disk_takes_no_more__is_refused_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    assert run_daybreak(url, "migrate").returncode == 0
    before = sorted(tmp_path.iterdir())
    # A file may have 200 KB: more than what SQLite keeps beside the source, and less than the source.
    limited = ["bash", "-c", 'ulimit -f 200; exec "$@"', "limited", sys.executable, "-m", "daybreak"]
    done = subprocess.run(
        [*limited, "backup", str(tmp_path / "a.backup")],
        env=surroundings(url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Error: The backup was not made: ")
    assert sorted(tmp_path.iterdir()) == before


def test_backup__no_folder_or_database__is_refused_in_words(tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path / 'missing.db'}"
    assert "There is no database at" in backup(missing, tmp_path / "a.backup").stderr
    assert list(tmp_path.iterdir()) == []
    url = f"sqlite:///{tmp_path / 'one.db'}"
    assert run_daybreak(url, "migrate").returncode == 0
    assert "There is no folder" in backup(url, tmp_path / "nowhere" / "a.backup").stderr


@pytest.mark.parametrize("protocol", ["present", "newer"])
def test_restore__into_a_running_server__reaches_connected_sdks_also_with_older_versions(
    protocol: str, server: Serving, database_url: str, tmp_path: Path
) -> None:
    a_flag(server)
    file = tmp_path / "a.backup"
    assert backup(database_url, file).returncode == 0
    instruct(server, {"kind": "turnFlagOn"})
    a_flag(server, "younger", isFlagOn=True)
    newer = server.get(FLAG).json()["_version"]
    connected = sdk if protocol == "present" else newer_sdk
    with connected(server, sdk_key(server)) as client:
        assert client.variation("checkout", ANN, None) is True
        assert client.variation("younger", ANN, "none") is True

        refused = restore(database_url, file)
        assert refused.returncode == 1
        assert "holds 1 project (web)" in refused.stderr
        done = restore(database_url, file, "--replace")
        assert done.returncode == 0, done.stderr
        assert "UTC by Daybreak" in done.stdout

        assert becomes(lambda: client.variation("checkout", ANN, None), value=False, within=5)
        assert becomes(lambda: client.variation("younger", ANN, "none"), "none", within=5)
        assert server.get(FLAG).json()["_version"] < newer
        assert server.get("/api/v2/flags/web/younger").status_code == 404
        # What is changed after that arrives as ever.
        instruct(server, {"kind": "turnFlagOn"})
        assert becomes(lambda: client.variation("checkout", ANN, None), value=True, within=5)
    # The SDK has told, as it ended, of evaluations of a flag that is gone.
    assert server.stop() == 0
    assert "Traceback" not in "".join(server.lines)


def test_restore__into_a_running_server__restores_tokens_and_ends_those_made_later(
    server: Serving, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.backup"
    first = server.post("/api/v2/tokens", {"name": "first", "role": "reader"}).json()
    assert backup(database_url, file).returncode == 0
    gone = requests.delete(
        f"{server.address}/api/v2/tokens/{first['_id']}", headers={"Authorization": TOKEN}, timeout=30
    )
    assert gone.status_code == 204
    later = server.post("/api/v2/tokens", {"name": "later", "role": "reader"}).json()
    projects = "/api/v2/projects"
    assert server.get(projects, token=first["token"]).status_code == 401
    assert server.get(projects, token=later["token"]).status_code == 200

    assert restore(database_url, file, "--replace").returncode == 0

    assert becomes(lambda: server.get(projects, token=first["token"]).status_code, 200, within=5)
    assert becomes(lambda: server.get(projects, token=later["token"]).status_code, 401, within=5)


def test_restore__into_a_running_server__reaches_relay_proxies_and_ends_those_made_later(
    server: Serving, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.backup"
    known = a_configuration(server)["fullKey"]
    before = production(server)["apiKey"]
    assert backup(database_url, file).returncode == 0
    later = a_configuration(server, name="later")["fullKey"]
    assert server.post(f"{PRODUCTION}/apiKey", None).status_code == 200
    with a_relay(server, known) as relay, a_relay(server, later) as gone:
        assert restore(database_url, file, "--replace").returncode == 0
        assert relay.next()[0] == "patch"
        assert before in {each["sdkKey"]["value"] for each in relay.environments.values()}
        assert gone.rest()[-1] == "reconnect"
    assert poll(server, "/relay_auto_config", later).status_code == 401


@pytest.mark.parametrize("to", ENGINES)
def test_restore__into_the_other_engine__holds_the_same_and_leaves_the_backup_alone(
    to: str, server: Serving, database_url: str, targets: Targets, tmp_path: Path
) -> None:
    a_flag(server, isFlagOn=True)
    file = tmp_path / "a.backup"
    assert backup(database_url, file).returncode == 0
    assert server.stop() == 0
    kept = file.read_bytes()
    with targets(to, tmp_path / "target") as target:
        done = restore(target, file)
        assert done.returncode == 0, done.stderr
        restored = contents_of(target)
    assert file.read_bytes() == kept
    # To open it would change it.
    shutil.copyfile(file, tmp_path / "opened.db")
    assert restored == contents_of(f"sqlite:///{tmp_path / 'opened.db'}")
    assert all(restored[name] for name in ("feature_flags", "flag_environments", "access_tokens", "members"))


def test_restore__backup_of_an_older_schema__is_brought_up_to_date_in_a_copy(tmp_path: Path) -> None:
    source, target = f"sqlite:///{tmp_path / 'old.db'}", f"sqlite:///{tmp_path / 'new.db'}"
    file = tmp_path / "old.backup"
    with opened(source) as database:
        migrate(database)
        config = migration_config()
        with serving(source) as server:
            assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        with database.migrating() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0016")
    # Pages are pages: what is old is kept as it is.
    assert backup(source, file).returncode == 0
    kept = file.read_bytes()

    done = restore(target, file)

    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == kept
    with serving(target, {}) as server:
        assert server.get("/api/v2/projects/web").status_code == 200


def test_restore__unfit_files__are_refused_in_words(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    assert run_daybreak(url, "migrate").returncode == 0
    with opened(url) as database:
        before = contents(database)

    def refused(file: Path) -> str:
        done = restore(url, file, "--replace")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    text = tmp_path / "text"
    text.write_text("no database at all, but long enough to be taken for the header of one, perhaps" * 9)
    assert "file is not a database" in refused(text)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE words (word TEXT)")
    assert "it holds no data of Daybreak" in refused(other)
    newer = tmp_path / "newer.backup"
    assert backup(url, newer).returncode == 0
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert f"A newer Daybreak has written {newer}" in refused(newer)
    damaged = tmp_path / "damaged.backup"
    assert backup(url, damaged).returncode == 0
    content = bytearray(damaged.read_bytes())
    for page in range(20, 40):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    damaged.write_bytes(content)
    assert "cannot be restored" in refused(damaged)
    with serving(f"sqlite:///{tmp_path / 'served.db'}") as server:
        assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        assert "is in use, and not whole without served.db-wal" in refused(tmp_path / "served.db")
    with opened(url) as database:
        assert contents(database) == before


def test_restore__file_that_was_not_made_as_a_backup__is_taken_and_said_so(tmp_path: Path) -> None:
    source, target = f"sqlite:///{tmp_path / 'one.db'}", f"sqlite:///{tmp_path / 'two.db'}"
    with serving(source) as server:
        assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        assert server.stop() == 0
    done: Any = restore(target, tmp_path / "one.db")
    assert done.returncode == 0, done.stderr
    assert "does not say when it was made" in done.stdout
    assert contents_of(target) == contents_of(source)


@pytest.mark.parametrize("protocol", ["present", "newer"])
def test_restore__other_state_of_the_same_version__reaches_connected_sdks(
    protocol: str, server: Serving, database_url: str, tmp_path: Path
) -> None:
    variations = [variation["_id"] for variation in a_flag(server)["variations"]]
    base, changed = tmp_path / "base.backup", tmp_path / "changed.backup"

    def version() -> int:
        found: int = server.get(FLAG).json()["environments"]["production"]["version"]
        return found

    assert backup(database_url, base).returncode == 0
    instruct(server, {"kind": "turnFlagOn"})
    assert backup(database_url, changed).returncode == 0
    reached = version()
    connected = sdk if protocol == "present" else newer_sdk
    with connected(server, sdk_key(server)) as client:
        assert client.variation("checkout", ANN, None) is True
        assert restore(database_url, base, "--replace").returncode == 0
        assert becomes(lambda: client.variation("checkout", ANN, None), value=False, within=5)
        instruct(server, {"kind": "updateFallthroughVariationOrRollout", "variationId": variations[1]})
        assert version() == reached
        assert client.variation("checkout", ANN, None) is False

        assert restore(database_url, changed, "--replace").returncode == 0

        assert becomes(lambda: client.variation("checkout", ANN, None), value=True, within=5)
