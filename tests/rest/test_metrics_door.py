"""Who may read `/metrics`, what stands there after requests, and what never does."""

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from conftest import Api
from daybreak.app import Daybreak, build
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.metrics.exposition import Exposition
from daybreak.platform.metrics.process import open_metrics
from daybreak.platform.metrics.standing import Question, Standing
from daybreak.rest.metrics_door import MetricsDoor, is_within
from daybreak.settings import LOOPBACK, Settings

HERE, ELSEWHERE = ("127.0.0.1", 50_000), ("203.0.113.9", 50_000)


def read(app: Any, client: tuple[str, int] = HERE, **headers: str) -> Any:
    return TestClient(app, client=client).get("/metrics", headers=headers)


@pytest.fixture
def caller(api: Api, app: Daybreak, database: Database, clock: FixedClock) -> Api:
    """An admin whom the same process always answers: the one that is asked for its metrics."""
    return Api(app, database, clock, api.token)


def numbers(app: Daybreak) -> Mapping[tuple[str, ...], float]:
    """By name and values of labels, in the order of the labels' names."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(read(app).text)
        for sample in family.samples
    }


def test_metrics__from_this_machine__are_shown(app: Daybreak) -> None:
    answer = read(app)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "daybreak_build_info{" in answer.text


def test_metrics__from_elsewhere__are_refused_and_say_what_to_set(app: Daybreak) -> None:
    answer = read(app, ELSEWHERE)
    assert answer.status_code == 403
    assert "DAYBREAK_METRICS_NETWORKS" in answer.text
    assert "daybreak_" not in answer.text


def test_metrics__network_allowed__are_shown_to_it(
    settings: Settings, database: Database, clock: FixedClock
) -> None:
    given = replace(settings, metrics_networks=(ip_network("203.0.113.0/24"),))
    app = build(given, database, clock)
    assert read(app, ELSEWHERE).status_code == 200
    assert read(app, HERE).status_code == 403


def test_metrics__with_token__are_shown_to_whoever_has_it(
    settings: Settings, database: Database, clock: FixedClock
) -> None:
    app = build(replace(settings, metrics_token="a long token"), database, clock)
    assert read(app, ELSEWHERE, Authorization="Bearer a long token").status_code == 200
    for wrong in ("Bearer a long toke", "Bearer ", ""):
        assert read(app, ELSEWHERE, Authorization=wrong).status_code == 403


def test_metrics__no_token_set__an_empty_one_opens_nothing(app: Daybreak) -> None:
    assert read(app, ELSEWHERE, Authorization="Bearer ").status_code == 403


def test_metrics__other_methods__are_not_possible(app: Daybreak) -> None:
    client = TestClient(app, client=HERE)
    assert client.post("/metrics").status_code == 405
    head = client.head("/metrics")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_is_within__address_however_written__is_found(host: str) -> None:
    assert is_within(host, LOOPBACK)


@pytest.mark.parametrize("host", ["127.0.0.2", "::ffff:203.0.113.9", "testclient", ""])
def test_is_within__another_address_or_none__is_not(host: str) -> None:
    assert not is_within(host, LOOPBACK)


def test_metrics__after_requests__count_them_by_operation_and_status(caller: Api, app: Daybreak) -> None:
    caller.post("/api/v2/projects", json={"key": "secret-project", "name": "Web"})
    caller.get("/api/v2/projects/secret-project")
    caller.get("/api/v2/projects/none")
    caller.as_token("api-wrong").get("/api/v2/projects")
    caller.as_nobody().get("/api/v2/projects")
    caller.get("/nowhere/at/all")
    found = numbers(app)
    requests = "daybreak_requests_total"
    assert found[requests, "api", "postProject", "2xx"] == 1
    assert found[requests, "api", "getProject", "2xx"] == 1
    assert found[requests, "api", "getProject", "4xx"] == 1
    assert found[requests, "api", "", "4xx"] == 1
    assert found["daybreak_request_duration_seconds_count", "api", "getProject"] == 2
    assert found["daybreak_sign_in_failures_total", "api"] == 1
    # The one that reads them.
    assert found["daybreak_requests_in_flight",] == 1
    assert "secret-project" not in read(app).text


def test_metrics__rate_limit_used_up__tell_which_operation(
    api: Any, settings: Settings, database: Database, clock: FixedClock
) -> None:
    limited = build(replace(settings, route_rate_limit=1), database, clock)
    client = TestClient(limited)
    statuses = [
        client.get("/api/v2/projects", headers={"Authorization": api.token}).status_code for _ in range(3)
    ]
    assert statuses == [200, 429, 429]
    assert numbers(limited)["daybreak_rate_limited_requests_total", "api", "getProjects"] == 2


def test_metrics__after_transactions__tell_how_they_went(caller: Api, app: Daybreak) -> None:
    before = numbers(app)
    caller.post("/api/v2/projects", json={"key": "web", "name": "Web"})
    after = numbers(app)
    for name in ("wait", "duration"):
        place = (f"daybreak_transaction_{name}_seconds_count", "writing")
        assert after[place] > before[place]
    assert after["daybreak_transactions_open", "writing"] == 0
    assert after["daybreak_transactions_waiting", "writing"] == 0
    assert after["daybreak_database_connections_limit",] == 16
    assert after["daybreak_revision",] == before["daybreak_revision",] + 1
    assert after["daybreak_database_up",] == 1
    # The transaction that reads the revision is open while it does, and has a connection.
    assert after["daybreak_database_connections_in_use",] == 0


def test_metrics__remembered_answer__is_told_from_one_that_is_made(caller: Api, app: Daybreak) -> None:
    for _ in range(3):
        caller.get("/api/v2/openapi.json")
    found = numbers(app)
    assert found["daybreak_remembered_answers_total", "made"] == 1
    assert found["daybreak_remembered_answers_total", "known"] == 2


def test_metrics__jobs_run__tell_how_they_ended(app: Daybreak, clock: FixedClock) -> None:
    for job in app.jobs.list_due():
        app.jobs.run(job)
    found = numbers(app)
    assert found["daybreak_job_runs_total", "trim the outbox", "done"] == 1
    assert found["daybreak_job_last_success_timestamp_seconds", "trim the outbox"] == clock.now() / 1000


def door(database: Database, clock: FixedClock, question: Question) -> Any:
    exposition = Exposition(open_metrics(clock).registry, clock)
    return MetricsDoor(exposition, Standing(database, [question]), LOOPBACK, "")


def test_metrics__database_fails__are_shown_without_what_it_knows(
    database: Database, clock: FixedClock
) -> None:
    def fail(db: Transaction) -> int:
        raise OSError

    answer = read(door(database, clock, Question("daybreak_question", "What is asked.", fail)))
    assert answer.status_code == 200
    assert "daybreak_database_up 0.0" in answer.text
    assert "daybreak_build_info" in answer.text
    assert "daybreak_question" not in answer.text


def test_metrics__database_does_not_answer__wait_no_longer_than_they_may(
    database: Database, clock: FixedClock
) -> None:
    may_answer = threading.Event()

    def wait(db: Transaction) -> int:
        may_answer.wait(30)
        return 7

    slow = door(database, clock, Question("daybreak_question", "What is asked.", wait))

    async def ask() -> str:
        scope = {"type": "http", "method": "GET", "headers": [], "client": HERE}
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await slow(scope, None, send)
        return str(sent[-1]["body"].decode())

    async def ask_twice() -> tuple[str, str]:
        first = await ask()
        # The one that waits is waited for again: nobody else is sent after it.
        may_answer.set()
        return first, await ask()

    first, second = asyncio.run(ask_twice())
    assert "daybreak_database_up 0.0" in first
    assert "daybreak_question 7.0" in second
