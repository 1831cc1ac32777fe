"""Several processes as one server: forked on one machine, or started apart for different duties."""

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import requests
from ldclient import Context
from sqlalchemy import select

from daybreak.areas.flags.evaluation_counts.tables import evaluation_counts
from daybreak.platform.database import Database
from delivery.programs_of_sdks import (
    LEAVES_SOCKETS,
    a_flag,
    becomes,
    instruct,
    production,
    sdk,
    sdk_key,
)
from ingestion.sender import summary
from system.programs import TOKEN, Serving, children_of, run_daybreak, serving

FLAG = "/api/v2/flags/web/checkout"
SECONDS_TO_WRITE = 10.0

pytestmark = LEAVES_SOCKETS


def a_project(server: Serving) -> None:
    assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
    a_flag(server)


def ask_each(server: Serving, path: str) -> Sequence[requests.Response]:
    """Answers on as many connections as make it likely that every worker is asked."""
    return [server.get(path) for _ in range(12)]


def evaluations(database: Database) -> int:
    """How many are written down."""
    with database.reading() as db:
        return sum(row.evaluations for row in db.rows(select(evaluation_counts)))


def test_workers__a_write__is_seen_by_all_at_once(database_url: str) -> None:
    with serving(database_url, None, 0, "--workers", "3") as server:
        a_project(server)
        for number in range(10):
            name = f"Checkout {number}"
            change = [{"op": "replace", "path": "/name", "value": name}]
            answer = requests.patch(
                server.address + FLAG, json=change, headers={"Authorization": TOKEN}, timeout=30
            )
            assert answer.status_code == 200
            assert {each.json()["name"] for each in ask_each(server, FLAG)} == {name}
            listed = ask_each(server, "/api/v2/flags/web")
            assert {each.json()["items"][0]["name"] for each in listed} == {name}


def test_workers__sdks_of_all__see_a_change(database_url: str) -> None:
    context = Context.create("ann")
    with serving(database_url, None, 0, "--workers", "2") as server:
        a_project(server)
        key = sdk_key(server)
        with sdk(server, key) as one, sdk(server, key) as two, sdk(server, key) as three:

            def look() -> list[object]:
                return [each.variation("checkout", context, None) for each in (one, two, three)]

            for kind in ("turnFlagOn", "turnFlagOff"):
                instruct(server, {"kind": kind})
                expected = kind == "turnFlagOn"
                assert becomes(look, [expected] * 3)


def test_workers__one_killed__is_replaced_while_the_others_answer(database_url: str) -> None:
    with serving(database_url, None, 0, "--workers", "2") as server:
        a_project(server)
        before = children_of(server.process.pid)
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        assert {each.status_code for each in ask_each(server, FLAG)} == {200}
        assert becomes(lambda: len(children_of(server.process.pid)), 2, within=10)
        assert before[1] in children_of(server.process.pid)
        said = "ended by itself (-9)"
        assert becomes(lambda: said in "".join(server.lines), value=True, within=5)
        assert server.stop() == 0


def test_workers__parent_killed__end_too(database_url: str) -> None:
    with serving(database_url, None, 0, "--workers", "2") as server:
        workers = children_of(server.process.pid)
        server.process.kill()
        assert becomes(lambda: [each for each in workers if Path(f"/proc/{each}").exists()], [], within=10)


def test_workers__told_to_stop__leave_one_whole_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    for _ in range(3):
        with serving(url, None, 0, "--workers", "3") as server:
            assert server.stop() == 0
        assert [each.name for each in tmp_path.glob("one.db*")] == ["one.db"]


def test_workers__same_payload_at_several__counts_once(database_url: str, database: Database) -> None:
    with serving(database_url, None, 0, "--workers", "2") as server:
        a_project(server)
        headers = {"Authorization": sdk_key(server), "X-LaunchDarkly-Payload-ID": "the-same"}
        for _ in range(12):
            sent = requests.post(
                f"{server.address}/bulk", json=[summary(count=3)], headers=headers, timeout=30
            )
            assert sent.status_code == 202
        assert becomes(lambda: evaluations(database), 3, within=SECONDS_TO_WRITE)
        # Time for a second worker to write what it should not have.
        time.sleep(1.5)
        assert evaluations(database) == 3


def test_only__three_processes__do_what_they_are_for(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": str(tmp_path)}
    with (
        serving(database_url, settings, 0, "--only", "api") as api,
        serving(database_url, settings, 0, "--only", "delivery") as delivery,
        serving(database_url, settings, 0, "--only", "jobs") as jobs,
    ):
        a_project(api)
        key = production(api)["apiKey"]
        for server, path in ((delivery, FLAG), (jobs, FLAG), (jobs, "/all"), (api, "/all")):
            refused = requests.get(server.address + path, headers={"Authorization": key}, timeout=30)
            assert (refused.status_code, "another one is for" in refused.text) == (503, True)
            # It is watched as others are: whoever sends them to the wrong process has to find out.
            assert refused.headers["X-Request-Id"]
        context = Context.create("ann")
        with sdk(delivery, key) as client:
            instruct(api, {"kind": "turnFlagOn"})
            assert becomes(lambda: client.variation("checkout", context, default=False), value=True)
            client.flush()  # type: ignore[no-untyped-call]  # the SDK leaves it out
            assert becomes(lambda: evaluations(database) > 0, value=True, within=SECONDS_TO_WRITE)
        assert run_daybreak(database_url, "doctor").returncode == 0


def test_start__two_at_once_on_an_empty_database__migrate_it_once(database_url: str, tmp_path: Path) -> None:
    empty = f"sqlite:///{tmp_path / 'new.sqlite3'}" if database_url.startswith("sqlite") else database_url
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": str(tmp_path)}
    with serving(empty, settings) as one, serving(empty, settings) as other:
        a_project(one)
        assert other.get(FLAG).status_code == 200
