"""The server as a process: starting, stopping, being killed, and what is left behind."""

import re
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from databases import sqlite_url
from system.programs import TOKEN, run_daybreak, serving

EVENTS = "/api/v2/engineering-insights/deployment-events"
DEPLOYMENTS = "/api/v2/engineering-insights/deployments"


def event(version: str) -> dict[str, object]:
    return {
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKey": "shop",
        "version": version,
        "eventType": "finished",
    }


def test_serve__first_and_second_start__prints_the_token_once(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with serving(url, {}) as server:
        token = re.search(r"api-[0-9a-f-]{36}", "".join(server.lines) or "")
        end = time.monotonic() + 5
        while token is None and time.monotonic() < end:
            token = re.search(r"api-[0-9a-f-]{36}", "".join(server.lines))
        assert token is not None
        assert server.get("/api/v2/projects", token=token[0]).status_code == 200
        assert server.stop() == 0
    with serving(url, {}) as server:
        assert server.get("/api/v2/projects", token=token[0]).status_code == 200
        assert "api-" not in "".join(server.lines)


def test_serve__address_of_the_newer_protocol__is_shown_as_one_that_works(tmp_path: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine speaks the older one only")
    with serving(sqlite_url(tmp_path), {}, 0, "--host", "::1") as server:
        assert server.address.startswith("http://[::1]:")
        assert any(f"Set up the owner: {server.address}/welcome/" in line for line in server.lines)


def test_serve__odd_name_of_the_data_folder__is_where_the_database_is(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100%41 #1"
    settings = {"DAYBREAK_DATABASE_URL": "", "DAYBREAK_DATA_DIR": str(folder)}
    assert run_daybreak("", "migrate", **settings).returncode == 0
    assert (folder / "daybreak.db").is_file()
    assert list(tmp_path.iterdir()) == [folder]


def test_serve__documented_example__prints_the_scores(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path)) as server:
        server.post("/api/v2/projects", {"key": "daybreak", "name": "Daybreak"})
        url = f"{server.address}/api/v2/engineering-insights/insights/scores"
        querystring = {"projectKey": "daybreak", "environmentKey": "production"}
        headers = {"Authorization": TOKEN}
        scores = requests.get(url, headers=headers, params=querystring, timeout=10).json()

    assert len(scores["scores"]) == 11


def test_serve__headers_without_an_end__end_the_connection(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path)) as server:
        place = urlsplit(server.address)
        head = b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-More: "
        for size, answer in ((100_000, b"200"), (1_000_000, b"400")):
            with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
                with suppress(OSError):
                    connection.sendall(head + b"a" * size + b"\r\n\r\n")
                assert answer in connection.recv(100)


def test_serve__killed_in_a_burst_of_events__keeps_what_it_accepted(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    accepted: list[str] = []

    def burst(sender: int) -> None:
        for number in range(10_000):
            version = f"v{sender}-{number}"
            try:
                if server.post(EVENTS, event(version)).status_code == 201:
                    accepted.append(version)
            except requests.RequestException:
                return

    with serving(url) as server:
        server.post("/api/v2/projects", {"key": "web", "name": "Web"})
        senders = [threading.Thread(target=burst, args=(number,)) for number in range(4)]
        for sender in senders:
            sender.start()
        while len(accepted) < 60:
            time.sleep(0.01)
        server.kill()
        for sender in senders:
            sender.join(timeout=20)

    with serving(url) as server:
        stored: set[str] = set()
        path: str | None = f"{DEPLOYMENTS}?projectKey=web&environmentKey=production&limit=100"
        while path:
            page = server.get(path).json()
            stored |= {item["applicationVersion"] for item in page["items"]}
            path = page["_links"].get("next", {}).get("href")
    assert set(accepted) <= stored
    assert run_daybreak(url, "doctor").returncode == 0


def test_serve__two_processes_on_one_file__see_each_others_changes(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    scores = "/api/v2/engineering-insights/insights/scores?projectKey=web&environmentKey=production"
    with serving(url) as one, serving(url) as other:
        assert one.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        before = other.get(scores).json()
        created = one.post("/api/v2/tokens", {"name": "second", "role": "reader"}).json()
        assert other.get("/api/v2/projects", token=created["token"]).status_code == 200
        # Scores end at the last full hour.
        earlier = int(time.time() * 1000) - 2 * 3_600_000
        assert one.post(EVENTS, event("v1") | {"eventTime": earlier}).status_code == 201
        end = time.monotonic() + 5
        path = f"{DEPLOYMENTS}?projectKey=web&environmentKey=production"
        while other.get(path).json()["totalCount"] == 0:
            assert time.monotonic() < end
        while other.get(scores).json() == before:
            assert time.monotonic() < end
            time.sleep(0.02)
