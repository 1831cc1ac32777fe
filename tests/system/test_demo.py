"""`serve --demo`: the made-up project, and the made-up people who can be switched off."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from databases import sqlite_url
from system.programs import TOKEN, Serving, serving

FLAGS = "/api/v2/flags/demo"
STATUS = "/api/v2/flag-statuses/demo/production/banner-text"
SCORES = "/api/v2/engineering-insights/insights/scores?projectKey=demo&environmentKey=production"
DEPLOYMENTS = "/api/v2/engineering-insights/deployments?projectKey=demo&environmentKey=production&from=0"
EVENTS = "/api/v2/engineering-insights/flag-events?projectKey=demo&environmentKey=production&limit=100&from=0"


def soon(look: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if look():
            return True
        time.sleep(0.2)
    return False


def asked_for(server: Serving) -> str:
    """When the made-up people asked for a flag for the last time."""
    found: str = server.get(STATUS).json()["lastRequested"]
    return found


def turn(server: Serving, kind: str) -> None:
    body: Any = {"environmentKey": "production", "instructions": [{"kind": kind}]}
    headers = {
        "Authorization": TOKEN,
        "Content-Type": "application/json; domain-model=launchdarkly.semanticpatch",
    }
    answer = requests.patch(
        f"{server.address}{FLAGS}/simulated-traffic", json=body, headers=headers, timeout=30
    )
    assert answer.status_code == 200


def test_demo__first_start__has_flags_that_are_used_until_switched_off(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path), None, 0, "--demo") as server:
        flags = server.get(FLAGS).json()
        assert flags["totalCount"] == 9
        first = asked_for(server)
        assert soon(lambda: asked_for(server) > first)
        turn(server, "turnFlagOff")
        # What was on its way arrives.
        time.sleep(3)
        last = asked_for(server)
        time.sleep(3)
        assert asked_for(server) == last
        turn(server, "turnFlagOn")
        assert soon(lambda: asked_for(server) > last)
        assert server.stop() == 0


def test_demo__second_start__makes_nothing_again(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with serving(url, None, 0, "--demo") as server:
        before = server.get(FLAGS).json()["items"]
        deployed = server.get(DEPLOYMENTS).json()["totalCount"]
        server.kill()
    with serving(url, None, 0, "--demo") as server:
        assert server.get(FLAGS).json()["items"] == before
        first = asked_for(server)
        assert soon(lambda: asked_for(server) > first)
        # The version that the made-up people use is one that was deployed.
        assert server.get(DEPLOYMENTS).json()["totalCount"] == deployed
        assert "Made the project" not in "".join(server.lines)


def test_demo__its_past__has_impacts_and_scores(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path), None, 0, "--demo") as server:
        assert soon(
            lambda: any("percentage" in each["impact"] for each in server.get(EVENTS).json()["items"]), 90
        )
        impacts = {each["flagKey"]: each["impact"] for each in server.get(EVENTS).json()["items"]}
        assert "goes back" in str(server.get(EVENTS).json())
        assert 0 < impacts["new-checkout"]["percentage"] < 50
        scores = server.get(SCORES).json()["scores"]
        # The shop never experimented.
        assert scores.pop("experimentationCoverage")["indicator"] == "notCalculated"
        for metric, score in scores.items():
            assert score["indicator"] in {"excellent", "good", "fair", "needsAttention"}, metric


def test_serve__without_demo__makes_no_project(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path)) as server:
        assert server.get("/api/v2/projects").json()["totalCount"] == 0
