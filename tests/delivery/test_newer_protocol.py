"""The newer protocol of server-side SDKs: the vendor's Python SDK with its data system, and what it gets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
import requests
from ldclient import datasystem
from ldclient.client import LDClient
from ldclient.config import Config
from ldclient.context import Context

from delivery.programs_of_sdks import (
    LEAVES_SOCKETS,
    a_flag,
    becomes,
    delete,
    instruct,
    poll,
    production,
    sdk_key,
)
from system.programs import TOKEN, Serving, serving

pytestmark = LEAVES_SOCKETS

ANN = Context.create("ann")


def polling(server: Serving) -> Any:
    # The SDK takes no shorter interval from its users than 30 s, and has this for its own tests.
    return datasystem.polling_ds_builder().base_uri(server.address)


def streaming(server: Serving) -> Any:
    return datasystem.streaming_ds_builder().base_uri(server.address).initial_reconnect_delay(0.1)


@contextmanager
def newer_sdk(server: Serving, key: str, *, streams: bool = True) -> Iterator[LDClient]:
    system = datasystem.custom().initializers([polling(server)])
    system.synchronizers(streaming(server) if streams else polling(server))
    config = Config(key, datasystem_config=system.build(), send_events=False)
    client = LDClient(config, start_wait=10)
    try:
        yield client
    finally:
        client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it out


def told(server: Serving, key: str, basis: str = "") -> list[tuple[str, dict[str, Any]]]:
    query = {"basis": basis} if basis else {}
    headers = {"Authorization": key}
    answer = requests.get(f"{server.address}/sdk/poll", params=query, headers=headers, timeout=30)
    assert answer.status_code == 200
    return [(event["event"], event["data"]) for event in answer.json()["events"]]


def intent(events: list[tuple[str, dict[str, Any]]]) -> str:
    name, data = events[0]
    assert name == "server-intent"
    [payload] = data["payloads"]
    return str(payload["intentCode"])


def selector(events: list[tuple[str, dict[str, Any]]]) -> str:
    name, data = events[-1]
    assert name == "payload-transferred"
    return str(data["state"])


def test_stream__flag_changes__reach_the_sdk_within_a_second(server: Serving) -> None:
    a_flag(server)
    with newer_sdk(server, sdk_key(server)) as client:
        assert client.is_initialized()
        assert client.variation("checkout", ANN, None) is False
        instruct(server, {"kind": "turnFlagOn"})
        assert becomes(lambda: client.variation("checkout", ANN, None), value=True)
        delete(server, "/api/v2/flags/web/checkout")
        assert becomes(lambda: client.variation("checkout", ANN, "none"), "none")


def test_stream__server_restarts__goes_on(server: Serving, database_url: str) -> None:
    a_flag(server)
    key, port = sdk_key(server), int(server.address.rpartition(":")[2])
    with newer_sdk(server, key) as client:
        assert client.variation("checkout", ANN, None) is False
        assert server.stop() == 0
        assert client.variation("checkout", ANN, None) is False
        with serving(database_url, port=port) as again:
            instruct(again, {"kind": "turnFlagOn"})
            assert becomes(lambda: client.variation("checkout", ANN, None), value=True, within=10)


def test_poll__sdk_that_polls__gets_the_flags(server: Serving) -> None:
    a_flag(server, isFlagOn=True)
    with newer_sdk(server, sdk_key(server), streams=False) as client:
        assert client.variation("checkout", ANN, None) is True


def test_poll__key_revoked__stops_the_sdk(server: Serving) -> None:
    a_flag(server)
    with newer_sdk(server, sdk_key(server)) as client:
        assert client.is_initialized()
        headers = {"Authorization": TOKEN}
        path = "/api/v2/projects/web/environments/production/apiKey"
        assert requests.post(server.address + path, headers=headers, timeout=30).status_code == 200
        assert becomes(lambda: client.data_source_status_provider.status.state.value, "off", within=10)


@pytest.fixture
def lone(database_url: str) -> Iterator[Serving]:
    """One process: of several, one that has not seen a change happen sends everything."""
    with serving(database_url, None, 0, "--workers", "1") as running:
        assert running.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        yield running


def test_poll__selector__says_what_is_missing(lone: Serving) -> None:
    server = lone
    a_flag(server)
    key = sdk_key(server)
    first = told(server, key)
    assert intent(first) == "xfer-full"
    [(name, put)] = first[1:-1]
    assert (name, put["kind"], put["key"]) == ("put-object", "flag", "checkout")
    assert put["object"]["version"] == put["version"]

    same = told(server, key, selector(first))
    assert (intent(same), len(same)) == ("none", 1)

    instruct(server, {"kind": "turnFlagOn"})
    a_flag(server, "second")
    assert becomes(lambda: len(told(server, key, selector(first))), 4)
    changed = told(server, key, selector(first))
    assert intent(changed) == "xfer-changes"
    assert sorted(data["key"] for _, data in changed[1:-1]) == ["checkout", "second"]
    assert selector(changed) != selector(first)

    delete(server, "/api/v2/flags/web/second")
    gone = ["server-intent", "delete-object", "payload-transferred"]
    assert becomes(lambda: [name for name, _ in told(server, key, selector(changed))], gone)


def test_poll__selector_shown_to_any_worker__leads_to_the_same_flags(database_url: str) -> None:
    with serving(database_url, None, 0, "--workers", "2") as server:
        assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        for key in ("first", "second", "third"):
            a_flag(server, key)
        key = sdk_key(server)
        known = told(server, key)
        instruct(server, {"kind": "turnFlagOn"}, key="first")
        delete(server, "/api/v2/flags/web/third")
        # Each is a connection of its own, which either worker may take.
        for _ in range(20):
            answer = told(server, key, selector(known))
            assert intent(answer) in {"xfer-changes", "xfer-full"}
            assert flags_after(known, answer) == {"first": True, "second": False}


def flags_after(*answers: list[tuple[str, dict[str, Any]]]) -> dict[str, bool]:
    """Whether each flag is on, as an SDK has it that was sent these one after another."""
    flags: dict[str, bool] = {}
    for events in answers:
        if intent(events) == "xfer-full":
            flags.clear()
        for name, data in events:
            if name == "put-object":
                flags[data["key"]] = data["object"]["on"]
            elif name == "delete-object":
                del flags[data["key"]]
    return flags


@pytest.mark.parametrize("basis", ["nonsense", "(p:0123:1)", "(p:%s:999999999)", "(p:%s:0)"])
def test_poll__selector_of_nothing__sends_everything(server: Serving, basis: str) -> None:
    a_flag(server)
    known = basis.replace("%s", production(server)["_id"])
    assert intent(told(server, sdk_key(server), known)) == "xfer-full"


def test_poll__nothing_changed__answers_304(server: Serving) -> None:
    a_flag(server)
    key = sdk_key(server)
    first = poll(server, "/sdk/poll", key)
    known = {"If-None-Match": first.headers["etag"]}
    assert poll(server, "/sdk/poll", key, **known).status_code == 304
    instruct(server, {"kind": "turnFlagOn"})
    assert becomes(lambda: poll(server, "/sdk/poll", key, **known).status_code, 200)


def test_poll__other_process_or_restart__knows_the_selector(server: Serving, database_url: str) -> None:
    a_flag(server)
    key = sdk_key(server)
    state = selector(told(server, key))
    with serving(database_url) as other:
        assert intent(told(other, key, state)) == "none"
        a_flag(server, "second")
        assert becomes(lambda: intent(told(other, key, state)), "xfer-changes")
    assert server.stop() == 0
    with serving(database_url) as again:
        # What a process has not seen happen it cannot tell in parts.
        assert intent(told(again, key, state)) == "xfer-full"


def test_stream__changes_made_together__are_transferred_together(server: Serving) -> None:
    flags = [a_flag(server, key, isFlagOn=True) for key in ("first", "second")]
    headers = {"Authorization": sdk_key(server)}
    with requests.get(f"{server.address}/sdk/stream", headers=headers, stream=True, timeout=10) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        begun = list(events_until_end(lines))
        assert [name for name, _ in begun] == [
            "server-intent",
            *["put-object"] * len(flags),
            "payload-transferred",
        ]
        instruct(server, {"kind": "turnFlagOff"}, key="first")
        changed = list(events_until_end(lines))
        assert [name for name, _ in changed] == ["server-intent", "put-object", "payload-transferred"]
        assert changed[1][1]["object"]["on"] is False
        assert changed[-1][1]["state"] != begun[-1][1]["state"]
        server.stop()
        assert "event: goodbye" in list(lines)


def events_until_end(lines: Iterator[Any]) -> Iterator[tuple[str, Any]]:
    for first, second in pairwise(lines):
        if first.startswith("event: "):
            name = first.removeprefix("event: ")
            yield name, json.loads(second.removeprefix("data: "))
            if name == "payload-transferred":
                return


@pytest.mark.parametrize("path", ["/sdk/poll", "/sdk/stream"])
def test_newer_protocol__key_of_another_kind__answers_401(server: Serving, path: str) -> None:
    for key in ("", "sdk-nonsense", production(server)["mobileKey"], TOKEN):
        assert poll(server, path, key).status_code == 401


@pytest.mark.parametrize("path", ["/sdk/poll/eval", "/sdk/poll/eval/eyJ9", "/sdk/stream/eval/eyJ9"])
@pytest.mark.parametrize("method", ["GET", "POST", "REPORT"])
def test_newer_protocol__client_side_sdk__is_sent_back_to_the_older(
    server: Serving, path: str, method: str
) -> None:
    url = f"{server.address}{path}?auth={production(server)['_id']}"
    origin = {"Origin": "https://shop.example"}
    answer = requests.request(method, url, headers=origin, timeout=10)

    assert (answer.status_code, answer.headers["x-ld-fd-fallback"]) == (404, "true")
    assert answer.headers["access-control-allow-origin"] == origin["Origin"]
    assert "X-LD-FD-Fallback" in answer.headers["access-control-expose-headers"]
    preflight = requests.options(url, headers=origin, timeout=10)
    assert preflight.status_code == 200
    assert method in preflight.headers["access-control-allow-methods"]
