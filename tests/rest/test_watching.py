"""What every request is known by, and what is told of it, by whatever door it came in."""

import asyncio
import contextvars
import logging
import re
from typing import Any

import pytest
from anyio import to_thread
from starlette.testclient import TestClient

from daybreak.app import Daybreak
from daybreak.platform.clock import FixedClock
from daybreak.platform.logging import JsonLines, fields_of
from daybreak.platform.metrics.process import open_metrics
from daybreak.platform.metrics.requests import Requests
from daybreak.platform.request_ids import RequestIds, current_request_id
from daybreak.rest.watching import Watch

SHAPE = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def ask(app: Daybreak, path: str = "/api/v2/projects/none", **headers: str) -> Any:
    return TestClient(app, raise_server_exceptions=False).get(path, headers=headers)


def test_request__without_an_id__gets_one_in_answer_and_error(app: Daybreak) -> None:
    answer = ask(app)
    assert answer.status_code == 401
    assert answer.json()["id"] == answer.headers["x-request-id"]
    assert re.fullmatch(SHAPE, answer.headers["x-request-id"])


@pytest.mark.parametrize("offered", ["a", "mine-1", "0af76519-16cd-43dd-8448-eb211c80319c", "a.b_c-D" * 9])
def test_request__with_an_id__keeps_it(app: Daybreak, offered: str) -> None:
    answer = ask(app, **{"X-Request-Id": offered})
    assert answer.headers["x-request-id"] == answer.json()["id"] == offered


@pytest.mark.parametrize(
    "offered",
    ["", "x" * 65, "two words", "line%0Abreak", "-begins", "ümlaut", '"quoted"', "api-00000000", "sdk-1"],
)
def test_request__with_what_is_no_id__gets_another(app: Daybreak, offered: str) -> None:
    headers = [(b"X-Request-Id", offered.encode())]
    answer = TestClient(app).get("/api/v2/projects", headers=headers)
    assert answer.headers["x-request-id"] == answer.json()["id"] != offered


@pytest.mark.parametrize("path", ["/healthz", "/sdk/latest-all", "/sign-in", "/metrics", "/nowhere/at/all"])
def test_request__at_any_door__gets_an_id(app: Daybreak, path: str) -> None:
    assert len(ask(app, path).headers["x-request-id"]) == 36


def test_request_ids__many__are_different_and_of_one_shape() -> None:
    ids = RequestIds()
    made = contextvars.copy_context().run(lambda: [ids.begin(None) for _ in range(1_000)])
    assert len(set(made)) == 1_000
    assert {len(id) for id in made} == {36}


def test_request_ids__of_two_processes__begin_differently() -> None:
    one, other = contextvars.copy_context().run(lambda: (RequestIds().begin(None), RequestIds().begin(None)))
    assert one[:24] != other[:24]


def test_fields_of__record_of_a_request__names_it_in_every_thread() -> None:
    async def read() -> object:
        RequestIds().begin(b"mine-1")
        record = logging.makeLogRecord({"msg": "hello"})
        return await to_thread.run_sync(lambda: fields_of(record))

    assert asyncio.run(read()) == {"requestId": "mine-1"}
    assert fields_of(logging.makeLogRecord({"msg": "hello"})) == {}


def test_request__answered__has_a_line_without_query_or_path(
    app: Daybreak, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="daybreak.rest.watching")
    ask(app, "/api/v2/projects/secret?filter=query:secret", Authorization="api-secret")
    [record] = [each for each in caplog.records if each.message == "request answered"]
    line = JsonLines(clock).format(record)
    for part in ('"door":"api"', '"operation":"getProject"', '"status":401', '"milliseconds":'):
        assert part in line
    assert "secret" not in line


def test_request__usually__has_no_line(app: Daybreak, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="daybreak.rest.watching")
    ask(app)
    assert "request answered" not in caplog.messages


HEADERS = [(b"a", b"b")]
SCOPE = {"type": "http", "method": "GET", "path": "/", "headers": [], "scheme": "http"}


def _let(door: Any, requests: Requests, send: Any = None) -> None:
    asyncio.run(Watch(requests)("sdk", door, dict(SCOPE), None, send))  # type: ignore[arg-type]  # nothing is received


def test_watch__door_that_fails_before_it_answers__leaves_nothing_in_flight(clock: FixedClock) -> None:
    requests, seen = open_metrics(clock).requests, []

    async def fail(scope: Any, receive: Any, send: Any) -> None:
        seen.append(requests.in_flight)
        message = "no answer"
        raise LookupError(message)

    with pytest.raises(LookupError, match="no answer"):
        _let(fail, requests)
    assert (seen, requests.in_flight) == ([1], 0)


def test_watch__answer_that_goes_on__is_in_flight_until_it_begins(clock: FixedClock) -> None:
    requests, seen = open_metrics(clock).requests, []

    async def stream(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        for _ in range(3):
            await send({"type": "http.response.body", "body": b"", "more_body": True})
            seen.append(requests.in_flight)

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    _let(stream, requests, send)
    assert (seen, len(sent)) == ([0, 0, 0], 4)
    # What a door keeps for all its answers stays as it is.
    assert HEADERS == [(b"a", b"b")]
    assert [name for name, _ in sent[0]["headers"]] == [b"a", b"x-request-id"]


def test_current_request_id__outside_of_requests__is_empty() -> None:
    assert current_request_id() == ""
