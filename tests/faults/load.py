"""Programs that use a server without a pause, whatever happens to it, and remember what it has promised."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests

from ingestion.sender import summary
from system.programs import TOKEN, Serving

EVENTS = "/api/v2/engineering-insights/deployment-events"
DEPLOYMENTS = "/api/v2/engineering-insights/deployments"
SECONDS_OF_PATIENCE = 20.0


@dataclass(slots=True)
class Load:
    """`accepted` is what was answered with 2xx, by when (seconds of `time.monotonic`); `refused` the statuses
    of other answers; `attempts` how much was sent at all.
    """

    address: str
    accepted: dict[str, float] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    attempts: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def send(self, name: str, path: str, body: Any, headers: dict[str, str]) -> None:
        self.attempts += 1
        try:
            answer = requests.post(
                self.address + path, json=body, headers=headers, timeout=SECONDS_OF_PATIENCE
            )
        except requests.RequestException:
            time.sleep(0.02)
            return
        if answer.ok:
            self.accepted[name] = time.monotonic()
        else:
            self.refused.add(answer.status_code)

    def wait_for(self, number: int) -> None:
        """Until that many have been accepted."""
        end = time.monotonic() + 60
        while len(self.accepted) < number:
            assert time.monotonic() < end, (
                f"{len(self.accepted)} were accepted, others refused: {self.refused}"
            )
            time.sleep(0.01)

    def first_after(self, instant: float) -> float:
        """Seconds from an instant until something was accepted again."""
        end = time.monotonic() + 60
        while not (later := [at for at in list(self.accepted.values()) if at > instant]):
            assert time.monotonic() < end, f"nothing was accepted any more, but refused: {self.refused}"
            time.sleep(0.01)
        return min(later) - instant


@contextmanager
def writing(server: Serving, threads: int = 4) -> Iterator[Load]:
    """Deployment events; they are called by their version."""

    def post(load: Load) -> None:
        while not load.stop.is_set():
            version = uuid4().hex
            body = {
                "projectKey": "web",
                "environmentKey": "production",
                "applicationKey": "shop",
                "version": version,
                "eventType": "finished",
            }
            load.send(version, EVENTS, body, {"Authorization": TOKEN})

    with _running(server, post, threads) as load:
        yield load


@contextmanager
def evaluating(server: Serving, sdk_key: str, threads: int = 4) -> Iterator[Load]:
    """Payloads of SDKs, each with one evaluation of the flag `checkout`."""

    def post(load: Load) -> None:
        while not load.stop.is_set():
            id = str(uuid4())
            load.send(
                id, "/bulk", [summary(count=1)], {"Authorization": sdk_key, "X-LaunchDarkly-Payload-ID": id}
            )

    with _running(server, post, threads) as load:
        yield load


@contextmanager
def _running(server: Serving, post: Callable[["Load"], None], threads: int) -> Iterator[Load]:
    load = Load(server.address)
    running = [threading.Thread(target=post, args=[load], daemon=True) for _ in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield load
    finally:
        load.stop.set()
        for thread in running:
            thread.join(timeout=SECONDS_OF_PATIENCE + 5)


def stored_versions(server: Serving) -> set[str]:
    """Of all deployments, page by page."""
    stored: set[str] = set()
    path: str | None = f"{DEPLOYMENTS}?projectKey=web&environmentKey=production&limit=100"
    while path:
        page = server.get(path).json()
        stored |= {item["applicationVersion"] for item in page["items"]}
        path = page["_links"].get("next", {}).get("href")
    return stored
