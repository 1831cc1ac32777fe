"""What `/metrics` of a server that runs tells of streams, webhooks, mail and proxies."""

import os
import re
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import requests
from prometheus_client.parser import text_string_to_metric_families

from databases import sqlite_url
from system.programs import TOKEN, Serving, serving

SECONDS_TO_BE_TRUE = 15


def numbers(server: Serving) -> Mapping[str, float]:
    """As they are written, but for the values."""
    text = requests.get(f"{server.address}/metrics", timeout=30).text
    return {
        sample.name + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def wait_until(server: Serving, is_true: Callable[[Mapping[str, float]], bool]) -> Mapping[str, float]:
    end = time.monotonic() + SECONDS_TO_BE_TRUE
    while not is_true(found := numbers(server)):
        assert time.monotonic() < end, {name: value for name, value in found.items() if value}
        time.sleep(0.05)
    return found


def test_metrics__stream_open_and_a_flag_changed__tell_who_was_told(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path)) as server:
        server.post("/api/v2/projects", {"key": "web", "name": "Web"})
        place = server.get("/api/v2/projects/web/environments/production").json()
        key = {"Authorization": place["apiKey"]}
        with requests.get(f"{server.address}/all", headers=key, stream=True, timeout=30) as stream:
            lines = stream.iter_lines()
            assert next(lines) == b"event: put"
            found = wait_until(server, lambda found: found.get("daybreak_streams_open server") == 1)
            assert found["daybreak_snapshots"] == 1
            server.post("/api/v2/flags/web", {"key": "checkout", "name": "Checkout"})
            assert b"event: patch" in (next(lines) for _ in range(10))
            found = wait_until(server, lambda found: found["daybreak_stream_batches_total"] == 1)
            assert found["daybreak_stream_changes_total"] == 1
            assert found["daybreak_stream_delay_seconds_count"] == 1
            assert 0 < found["daybreak_stream_delay_seconds_sum"] < SECONDS_TO_BE_TRUE
        found = wait_until(server, lambda found: found["daybreak_streams_open server"] == 0)
        assert found["daybreak_streams_total server"] == 1
        assert found["daybreak_requests_total sdk  2xx"] == 1


def test_metrics__wrong_sdk_key__is_told_apart_from_a_wrong_token(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path)) as server:
        for path in ("/sdk/latest-all", "/api/v2/projects"):
            requests.get(server.address + path, headers={"Authorization": "sdk-wrong"}, timeout=30)
        form = {"email": "ann@example.com", "password": "a guess"}
        requests.post(f"{server.address}/sign-in", data=form, headers={"Origin": server.address}, timeout=30)
        failures = [f"daybreak_sign_in_failures_total {door}" for door in ("sdk", "api", "pages")]
        wait_until(server, lambda found: [found.get(name) for name in failures] == [1, 1, 1])


def test_metrics__webhook_refused_and_mail_not_sent__are_told_as_failed_and_waiting(tmp_path: Path) -> None:
    settings = {
        "DAYBREAK_BOOTSTRAP_TOKEN": TOKEN,
        "DAYBREAK_SMTP_URL": "smtp://127.0.0.1:9",
        "DAYBREAK_WEBHOOK_ADDRESSES": "127.0.0.0/8",
    }
    with serving(sqlite_url(tmp_path), settings) as server:
        server.post("/api/v2/webhooks", {"url": "http://127.0.0.1:9/", "sign": False, "on": True})
        server.post("/api/v2/members", [{"email": "bo@example.com", "role": "reader"}])
        found = wait_until(
            server,
            lambda found: (
                found["daybreak_webhook_deliveries_total failed"] >= 1
                and found["daybreak_mails_total failed"] >= 1
            ),
        )
    assert found["daybreak_mails_waiting"] == 1
    assert found["daybreak_webhook_deliveries_waiting"] >= 1
    assert found["daybreak_job_runs_total send mail done"] >= 1


def test_metrics__behind_a_trusted_proxy__are_shown_to_no_stranger(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path)) as server:
        for forwarded in ("203.0.113.9", "127.0.0.1, 203.0.113.9"):
            answer = requests.get(
                f"{server.address}/metrics", headers={"X-Forwarded-For": forwarded}, timeout=30
            )
            assert answer.status_code == 403


def test_metrics__labels__hold_no_keys_ids_or_paths(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path)) as server:
        server.post("/api/v2/projects", {"key": "xyzzy", "name": "xyzzy"})
        server.post("/api/v2/flags/xyzzy", {"key": "plugh", "name": "plugh"})
        for path in ("/api/v2/flags/xyzzy/plugh", "/xyzzy", "/sdk/flags/plugh", "/projects/xyzzy"):
            server.get(path)
        text = requests.get(f"{server.address}/metrics", timeout=30).text
    labels = re.findall(r'="([^"]*)"', text)
    assert "getFeatureFlag" in labels
    assert [label for label in labels if re.search(r"xyzzy|plugh|/|[0-9a-f]{24}", label)] == []


def test_metrics__several_workers__are_those_of_all_and_survive_one(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path), None, 0, "--workers", "2") as server:
        for _ in range(20):
            server.get("/api/v2/projects")
        asked = "daybreak_requests_total api getProjects 2xx"
        wait_until(server, lambda found: found.get(asked) == 20)
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
        time.sleep(3)
        assert numbers(server)[asked] == 20
        assert server.stop() == 0
