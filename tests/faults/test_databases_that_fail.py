"""The database is taken away, locked by somebody else, or out of room; and comes back."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
import requests
from ldclient import Context
from sqlalchemy.engine import make_url

from databases import (
    PostgresqlServer,
    fresh_postgresql_database,
    restartable_postgresql_server,
    sqlite_url,
)
from delivery.programs_of_sdks import becomes, instruct, sdk, sdk_key
from faults.conftest import Figure
from faults.load import Load, evaluating, stored_versions, writing
from faults.test_kills import a_project
from system.programs import TOKEN, Serving, run_daybreak, serving, surroundings

CONTEXT = Context.create("ann")
SECONDS_AWAY = 3.0
# Longer than anything waits for a lock.
SECONDS_LOCKED = 12.0


@pytest.fixture
def fallible() -> Iterator[PostgresqlServer]:
    with restartable_postgresql_server(synchronous_commit="on") as server:
        yield server


def test_postgresql__stopped_and_started_under_load__loses_nothing(
    fallible: PostgresqlServer, data_directory: str, figure: Figure
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": data_directory}
    with (
        fresh_postgresql_database(fallible.url) as url,
        serving(url, settings, 0, "--workers", "2") as server,
    ):
        a_project(server)
        instruct(server, {"kind": "turnFlagOn"})
        key = sdk_key(server)
        with sdk(server, key) as client, writing(server, 2) as load, evaluating(server, key, 1) as events:
            assert becomes(lambda: client.variation("checkout", CONTEXT, default=False), value=True)
            load.wait_for(30)
            fallible.fail()
            time.sleep(SECONDS_AWAY)
            # What is in memory needs no database.
            assert client.variation("checkout", CONTEXT, default=False) is True
            assert requests.get(f"{server.address}/healthz", timeout=5).status_code == 200
            assert requests.get(f"{server.address}/readyz", timeout=15).status_code == 503
            fallible.start()
            back = time.monotonic()
            took = load.first_after(back)
            instruct(server, {"kind": "turnFlagOff"})
            changed = time.monotonic()
            assert becomes(
                lambda: client.variation("checkout", CONTEXT, default=True), value=False, within=20
            )
            heard = time.monotonic() - changed
        assert load.refused <= {503}
        assert events.refused <= {503}
        assert set(load.accepted) <= stored_versions(server)
        assert run_daybreak(url, "doctor", **settings).returncode == 0
    figure(
        f"PostgreSQL gone for {SECONDS_AWAY:.0f} s under load",
        f"accepted again {took:.1f} s after it was back, a change at an SDK {1000 * heard:.0f} ms later; "
        f"{len(load.accepted)} accepted, 0 lost",
    )


@contextmanager
def _locked(url: str) -> Iterator[None]:
    """Another program keeps everybody from writing."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        writer = sqlite3.connect(str(address.database), isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        yield
        writer.execute("ROLLBACK")
        writer.close()
        return
    with psycopg.connect(
        host=str(address.query["host"]), user=address.username, dbname=address.database
    ) as holder:
        holder.execute("LOCK TABLE deployments, feature_flags, revisions IN EXCLUSIVE MODE")
        yield


def test_database__locked_by_another_program__refuses_writes_for_now_and_goes_on_reading(
    database_url: str, data_directory: str, figure: Figure, engine: str
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": data_directory}
    with serving(database_url, settings) as server:
        a_project(server)
        with writing(server, 3) as load:
            load.wait_for(10)
            slowest = 0.0
            with _locked(database_url):
                until = time.monotonic() + SECONDS_LOCKED
                while time.monotonic() < until:
                    asked = time.monotonic()
                    assert server.get("/api/v2/flags/web/checkout").status_code == 200
                    slowest = max(slowest, time.monotonic() - asked)
                    time.sleep(0.1)
            took = load.first_after(time.monotonic())
        assert load.refused == {503}
        assert set(load.accepted) <= stored_versions(server)
        assert run_daybreak(database_url, "doctor", **settings).returncode == 0
    figure(
        f"database locked by another program for {SECONDS_LOCKED:.0f} s, {engine}",
        f"writes were refused with 503 after 10 s and went on {1000 * took:.0f} ms after the lock; "
        f"the slowest read took {1000 * slowest:.0f} ms",
    )


MEGABYTES = 320


@contextmanager
def _full(server: Serving, folder: str) -> Iterator[None]:
    """A file takes all the room that is left where the server keeps its data."""
    ballast = Path(f"/proc/{server.process.pid}/root{folder}/ballast")
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    yield
    ballast.unlink()


def _on_small_disk(folder: str) -> list[str]:
    """A command that goes on in a place where that folder is a disk of its own, seen by nobody else."""
    mount = f'mount -t tmpfs -o size={MEGABYTES}m tmpfs "$1" && shift && exec "$@"'
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", "--mount", *as_root, "sh", "-c", mount, "sh", folder]


def test_disk__full_and_freed__keeps_what_was_accepted(tmp_path: Path, figure: Figure) -> None:
    url = sqlite_url(tmp_path)
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN}
    with serving(url, settings, within=_on_small_disk(str(tmp_path))) as server:
        a_project(server)
        key = sdk_key(server)
        with sdk(server, key) as client, writing(server, 3) as load, evaluating(server, key, 1) as events:
            load.wait_for(30)
            with _full(server, str(tmp_path)):
                _wait_for_refusals(load, events)
                assert server.get("/api/v2/flags/web/checkout").status_code == 200
                assert client.variation("checkout", CONTEXT, default=True) is False
                told = _ask_doctor_beside(server, url)
                assert told.returncode == 1
                assert "Make room" in told.stdout
            took = load.first_after(time.monotonic())
            events.first_after(time.monotonic())
        assert load.refused == {503}
        assert set(load.accepted) <= stored_versions(server)
        assert _ask_doctor_beside(server, url).returncode == 0
    figure(
        "the disk is full, SQLite",
        f"writes and events were refused with 503, and went on {1000 * took:.0f} ms after there was room; "
        f"{len(load.accepted)} accepted, 0 lost",
    )


def _ask_doctor_beside(server: Serving, url: str) -> subprocess.CompletedProcess[str]:
    """Where the server sees its disk."""
    place = ["nsenter", "--target", str(server.process.pid), "--mount"]
    as_root = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
    command = [*place, *as_root, sys.executable, "-m", "daybreak", "doctor"]
    return subprocess.run(command, env=surroundings(url), capture_output=True, text=True, check=False)


def _wait_for_refusals(*loads: Load) -> None:
    end = time.monotonic() + 30
    while any(503 not in load.refused for load in loads):
        assert time.monotonic() < end, [load.refused for load in loads]
        time.sleep(0.05)


def test_unshare__small_disk__is_one(tmp_path: Path) -> None:
    """The test above would pass on a disk that never fills."""
    told = subprocess.run(
        [*_on_small_disk(str(tmp_path)), "df", "--output=size", "-m", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(told.stdout.split()[-1]) == MEGABYTES
