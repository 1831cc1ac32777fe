"""Traces and logs, as a collector gets them from a server that runs."""

import sys
from pathlib import Path
from subprocess import run

import requests

from collector import collecting
from databases import sqlite_url
from system.programs import TOKEN, serving, surroundings

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
SERVER_KIND, CLIENT_KIND = 2, 3


def settings(address: str, **more: str) -> dict[str, str]:
    # Batches leave at once: nobody waits for them here.
    quick = {"OTEL_BSP_SCHEDULE_DELAY": "50", "OTEL_BLRP_SCHEDULE_DELAY": "50"}
    return {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_OTLP_ENDPOINT": address, **quick, **more}


def test_serve__with_collector__sends_a_request_with_its_transactions(tmp_path: Path) -> None:
    with collecting() as collector, serving(sqlite_url(tmp_path), settings(collector.address)) as server:
        headers = {"Authorization": TOKEN, "traceparent": PARENT, "X-Request-Id": "from-outside"}
        body = {"key": "web", "name": "Web"}
        requests.post(f"{server.address}/api/v2/projects", json=body, headers=headers, timeout=30)
        span = collector.wait_for_span(lambda each: each.name == "postProject")
        inner = collector.wait_for_span(lambda each: each.name == "writing transaction")
    assert (span.trace_id, span.parent_id, span.kind) == (PARENT[3:35], PARENT[36:52], SERVER_KIND)
    assert not span.is_error
    told = {
        "http.request.method": "POST",
        "http.response.status_code": 201,
        "http.route": "/api/v2/projects",
        "url.path": "/api/v2/projects",
        "url.scheme": "http",
        "daybreak.request_id": "from-outside",
        "service.name": "daybreak",
    }
    assert {key: span.attributes.get(key) for key in told} == told
    assert (inner.trace_id, inner.parent_id, inner.kind) == (span.trace_id, span.id, CLIENT_KIND)
    assert inner.attributes["db.system.name"] == "sqlite"


def test_serve__with_collector__sends_what_is_logged(tmp_path: Path) -> None:
    with collecting() as collector, serving(sqlite_url(tmp_path), settings(collector.address)) as server:
        answer = server.get("/api/v2/projects/none")
        record = collector.wait_for_record(lambda each: each.name == "request refused")
        span = collector.wait_for_span(lambda each: each.name == "getProject")
        line = next(line for line in server.lines if "request refused" in line)
    assert record.attributes["requestId"] == answer.json()["id"] == answer.headers["x-request-id"]
    assert record.attributes["level"] == "INFO"
    assert record.attributes["status"] == 404
    assert record.trace_id == span.trace_id
    assert answer.json()["id"] in line


def test_serve__collector_gone__serves_and_stops_in_time(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path), settings("http://127.0.0.1:9")) as server:
        assert server.get("/api/v2/projects").status_code == 200
        assert server.stop() == 0


def test_serve__stopped__sends_what_is_left(tmp_path: Path) -> None:
    slow = {"OTEL_BSP_SCHEDULE_DELAY": "60000", "OTEL_BLRP_SCHEDULE_DELAY": "60000"}
    with collecting() as collector:
        with serving(sqlite_url(tmp_path), settings(collector.address, **slow)) as server:
            server.get("/api/v2/projects")
            assert server.stop() == 0
        assert "getProjects" in [span.name for span in collector.spans]


def test_serve__service_named_by_the_environment__is_called_so(tmp_path: Path) -> None:
    named = {"OTEL_SERVICE_NAME": "flags-of-the-shop"}
    with (
        collecting() as collector,
        serving(sqlite_url(tmp_path), settings(collector.address, **named)) as server,
    ):
        server.get("/api/v2/projects")
        span = collector.wait_for_span(lambda each: each.name == "getProjects")
    assert span.attributes["service.name"] == "flags-of-the-shop"


def test_serve__extra_not_installed__says_what_to_install(tmp_path: Path) -> None:
    program = "import sys; sys.modules['opentelemetry'] = None; from daybreak.cli.main import main; main()"
    around = surroundings(sqlite_url(tmp_path), DAYBREAK_OTLP_ENDPOINT="http://127.0.0.1:4318")
    ended = run(
        [sys.executable, "-c", program, "serve", "--port", "0"],
        env=around,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "pip install 'daybreak[telemetry]'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_serve__collector_not_named__loads_nothing_of_it(tmp_path: Path) -> None:
    program = (
        "import sys; from daybreak.cli import serve; "
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    ended = run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout == "[]\n"


def test_serve__collector_with_password_in_its_address__is_refused(tmp_path: Path) -> None:
    around = surroundings(sqlite_url(tmp_path), DAYBREAK_OTLP_ENDPOINT="http://me:secret@127.0.0.1:4318")
    ended = run(
        [sys.executable, "-m", "daybreak", "serve", "--port", "0"],
        env=around,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "OTEL_EXPORTER_OTLP_HEADERS" in ended.stderr
    assert "secret" not in ended.stderr
