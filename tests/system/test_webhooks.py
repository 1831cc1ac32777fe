"""Webhooks of a real server: created as the guide says, received with its check, over a kill in between."""

import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from areas.integrations.receivers import receiving
from databases import sqlite_url
from system.programs import TOKEN, run_daybreak, serving

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"
SETTINGS = {
    "DAYBREAK_BOOTSTRAP_TOKEN": TOKEN,
    "DAYBREAK_WEBHOOK_ADDRESSES": "127.0.0.0/8",
    "DAYBREAK_LOG_LEVEL": "debug",
}
SECONDS = 60


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)


def create_as_the_guide_says(address: str, url: str) -> Any:
    command = blocks("sh")[0].replace("https://hooks.example/daybreak", url)
    environment = os.environ | {"TOKEN": TOKEN, "ADDRESS": address}
    done = subprocess.run(
        ["sh", "-euc", command], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    secret = re.search(r'"secret": ?"([^"]+)"', done.stdout)
    assert secret
    return secret[1]


def test_webhook__server_killed_between_attempts__delivers_after_the_restart(tmp_path: Path) -> None:
    guide: dict[str, Any] = {}
    exec(blocks("python")[0], guide)
    with receiving() as receiver:
        receiver.statuses = [500]
        with serving(sqlite_url(tmp_path), SETTINGS) as server:
            server.post("/api/v2/projects", {"key": "web", "name": "Web"})
            secret = create_as_the_guide_says(server.address, receiver.url)
            # What the hook is not told of, and what it is.
            assert server.post("/api/v2/flags/web", {"key": "one", "name": "One"}).status_code == 201
            turn_on: Any = [{"op": "replace", "path": "/environments/production/on", "value": True}]
            flag = f"{server.address}/api/v2/flags/web/one"
            changed = requests.patch(flag, json=turn_on, headers={"Authorization": TOKEN}, timeout=30)
            assert changed.status_code == 200
            wait_until(lambda: len(receiver.received) == 1)
            server.kill()
        with serving(sqlite_url(tmp_path), SETTINGS) as server:
            wait_until(lambda: len(receiver.received) >= 2)
            hook = server.get("/api/v2/webhooks").json()["items"][0]
            here = hook["_links"]["deliveries"]["href"]
            wait_until(lambda: server.get(here).json()["items"][0]["state"] == "delivered")
            [delivery] = server.get(here).json()["items"]
            assert server.stop() == 0
            logs = "".join(server.lines)
    first, second = receiver.received
    assert first.body == second.body
    assert first.headers["x-daybreak-delivery"] == second.headers["x-daybreak-delivery"] == delivery["_id"]
    assert guide["is_from_daybreak"](secret, second.body, second.headers["x-ld-signature"])
    assert not guide["is_from_daybreak"](secret, second.body + b" ", second.headers["x-ld-signature"])
    assert secret not in logs
    assert TOKEN not in logs


def test_serve__networks_that_are_none__says_which_setting(tmp_path: Path) -> None:
    done = run_daybreak(sqlite_url(tmp_path), "serve", DAYBREAK_WEBHOOK_ADDRESSES="10.0.0.1/8")
    assert done.returncode != 0
    assert "DAYBREAK_WEBHOOK_ADDRESSES" in done.stderr
    assert "Traceback" not in done.stderr
