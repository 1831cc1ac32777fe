"""What tests of delivery need of a running server: flags, keys, the vendor's SDK."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from ldclient.client import LDClient
from ldclient.config import Config

from system.programs import TOKEN, Serving

# The vendor's SDK leaves connections open: they go with the test that used it, and nobody else is blamed.
LEAVES_SOCKETS = [
    pytest.mark.usefixtures("collected"),
    pytest.mark.filterwarnings("ignore:.*socket:pytest.PytestUnraisableExceptionWarning"),
]

PRODUCTION = "/api/v2/projects/web/environments/production"
SEMANTIC = {
    "Authorization": TOKEN,
    "Content-Type": "application/json; domain-model=launchdarkly.semanticpatch",
}


@contextmanager
def sdk(
    server: Serving, key: str, *, streams: bool = True, application: dict[str, str] | None = None
) -> Iterator[LDClient]:
    """The SDK sends what it gathered when the block ends, or is flushed."""
    config = Config(
        key,
        base_uri=server.address,
        stream_uri=server.address,
        stream=streams,
        poll_interval=30,
        events_uri=server.address,
        flush_interval=60,
        application=application or {},
        initial_reconnect_delay=0.1,
    )
    client = LDClient(config, start_wait=10)
    try:
        yield client
    finally:
        client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it out


def production(server: Serving) -> dict[str, Any]:
    environment: dict[str, Any] = server.get(PRODUCTION).json()
    return environment


def sdk_key(server: Serving) -> str:
    key: str = production(server)["apiKey"]
    return key


def a_flag(server: Serving, key: str = "checkout", **given: Any) -> dict[str, Any]:
    response = server.post("/api/v2/flags/web", {"key": key, "name": key} | given)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def instruct(server: Serving, *instructions: dict[str, Any], key: str = "checkout") -> None:
    body: Any = {"environmentKey": "production", "instructions": instructions}
    url = f"{server.address}/api/v2/flags/web/{key}"
    response = requests.patch(url, json=body, headers=SEMANTIC, timeout=30)
    assert response.status_code == 200, response.text


def delete(server: Serving, path: str) -> None:
    response = requests.delete(server.address + path, headers={"Authorization": TOKEN}, timeout=30)
    assert response.status_code == 204


def poll(server: Serving, path: str, key: str, **headers: str) -> requests.Response:
    return requests.get(server.address + path, headers={"Authorization": key} | headers, timeout=30)


def becomes(look: Callable[[], Any], value: Any, within: float = 1.0) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if look() == value:
            return True
        time.sleep(0.01)
    return bool(look() == value)
