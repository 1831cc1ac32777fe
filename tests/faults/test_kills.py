"""kill -9, in the middle of whatever: what was answered with 2xx is there afterwards, and SDKs are right."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from ldclient import Context
from sqlalchemy import func, select

from bench.history import make_repository
from daybreak.areas.flags.evaluation_counts.tables import evaluation_counts
from daybreak.areas.insights.facts.tables import changes, commits, deployment_changes, deployments
from daybreak.platform.database import Database
from delivery.programs_of_sdks import a_flag, becomes, instruct, sdk, sdk_key
from faults.conftest import Figure
from faults.load import evaluating, stored_versions, writing
from system.programs import TOKEN, Serving, children_of, run_daybreak, serving, surroundings

WORKERS = ("--workers", "2")
CONTEXT = Context.create("ann")


def a_project(server: Serving) -> None:
    assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
    a_flag(server)


def port_of(server: Serving) -> int:
    return urlsplit(server.address).port or 0


@pytest.mark.parametrize("workers", [1, 2])
def test_server__killed_under_writes__keeps_what_it_accepted(
    database_url: str, data_directory: str, figure: Figure, engine: str, workers: int
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": data_directory}
    options = ("--workers", str(workers))
    with serving(database_url, settings, 0, *options) as server:
        a_project(server)
        instruct(server, {"kind": "turnFlagOn"})
        with sdk(server, sdk_key(server)) as client, writing(server) as load:
            assert becomes(lambda: client.variation("checkout", CONTEXT, default=False), value=True)
            load.wait_for(60)
            server.kill()
            killed = time.monotonic()
            with serving(database_url, settings, port_of(server), *options) as again:
                took = load.first_after(killed)
                instruct(again, {"kind": "turnFlagOff"})
                assert becomes(
                    lambda: client.variation("checkout", CONTEXT, default=True), value=False, within=10
                )
                load.stop.set()
                accepted = set(load.accepted)
                assert accepted <= stored_versions(again)
                assert run_daybreak(database_url, "doctor", **settings).returncode == 0
    assert load.refused <= {503}
    figure(
        f"kill -9 of the server under writes, {workers} worker{'s' if workers > 1 else ''}, {engine}",
        f"accepted again after {took:.1f} s; {len(accepted)} accepted, 0 lost",
    )


def test_worker__killed_under_writes__is_not_missed(
    database_url: str, data_directory: str, figure: Figure, engine: str
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": data_directory}
    with serving(database_url, settings, 0, *WORKERS) as server:
        a_project(server)
        with writing(server) as load:
            load.wait_for(60)
            os.kill(children_of(server.process.pid)[0], signal.SIGKILL)
            took = load.first_after(time.monotonic())
            load.wait_for(len(load.accepted) + 60)
        assert set(load.accepted) <= stored_versions(server)
        assert load.refused == set()
    figure(
        f"kill -9 of one of two workers under writes, {engine}",
        f"the other accepted after {1000 * took:.0f} ms; {len(load.accepted)} accepted, 0 lost",
    )


def test_server__killed_under_events__counts_what_it_accepted(
    database: Database, data_directory: str, figure: Figure, engine: str
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": data_directory}

    def counted() -> int:
        with database.reading() as db:
            return int(db.value(select(func.coalesce(func.sum(evaluation_counts.c.evaluations), 0))))

    with serving(database.url, settings, 0, *WORKERS) as server:
        a_project(server)
        with evaluating(server, sdk_key(server)) as load:
            load.wait_for(200)
            server.kill()
            killed = time.monotonic()
            load.stop.set()
    before = counted()
    with serving(database.url, settings, 0, *WORKERS):
        assert becomes(lambda: counted() >= len(load.accepted), value=True, within=15)
        took = time.monotonic() - killed
        assert counted() <= load.attempts
        assert list(Path(data_directory).glob("*.journal")) == [] or becomes(
            lambda: list(Path(data_directory).glob("*.journal")), [], within=10
        )
    figure(
        f"kill -9 of two workers under events of SDKs, {engine}",
        f"all counted {took:.1f} s later; {len(load.accepted)} accepted, {before} already written, 0 lost",
    )


def test_import__killed_in_the_middle__ends_as_if_nothing_had_been(
    database_url: str, tmp_path: Path, figure: Figure, engine: str
) -> None:
    repository = tmp_path / "repository"
    make_repository(repository, commits=5_000, tags=500)
    command = ["import", "git", str(repository), "--project", "shop", "--environment", "production"]
    command += ["--application", "shop"]

    def rows(url: str) -> list[int]:
        opened = Database(url)
        with opened.reading() as db:
            tables = (commits, changes, deployments, deployment_changes)
            counts = [db.value(select(func.count()).select_from(table)) for table in tables]
        opened.close()
        return counts

    for seconds in (0.7, 1.1):
        process = subprocess.Popen(
            [sys.executable, "-m", "daybreak", *command],
            env=surroundings(database_url),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seconds)
        assert process.poll() is None
        process.kill()
        process.wait(timeout=10)
    started = time.monotonic()
    ended = run_daybreak(database_url, *command)
    took = time.monotonic() - started
    assert ended.returncode == 0, ended.stderr
    whole = f"sqlite:///{tmp_path / 'whole.sqlite3'}"
    assert run_daybreak(whole, *command).returncode == 0
    assert rows(database_url) == rows(whole)
    assert run_daybreak(database_url, "doctor", DAYBREAK_DATA_DIR=str(tmp_path)).returncode == 0
    figure(f"kill -9 of an import, twice, {engine}", f"the next run took {took:.1f} s; the same rows")
