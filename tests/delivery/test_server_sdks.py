"""Server-side SDKs against the running program: the vendor's own Python SDK, and bare HTTP where it says too
little.
"""

import time
from typing import Any

import pytest
import requests
from ldclient.context import Context

from delivery.programs_of_sdks import (
    PRODUCTION,
    a_flag,
    becomes,
    delete,
    instruct,
    poll,
    production,
    sdk,
    sdk_key,
)
from system.programs import TOKEN, Serving, serving

ANN = Context.builder("ann").set("email", "ann@acme.io").build()


def test_stream__flag_changes__reach_the_sdk_within_a_second(server: Serving) -> None:
    variations = [variation["_id"] for variation in a_flag(server)["variations"]]
    with sdk(server, sdk_key(server)) as client:
        assert client.is_initialized()
        assert client.variation("checkout", ANN, None) is False

        instruct(server, {"kind": "turnFlagOn"})
        assert becomes(lambda: client.variation("checkout", ANN, None), value=True)

        clause = {"contextKind": "user", "attribute": "email", "op": "endsWith", "values": ["@acme.io"]}
        instruct(server, {"kind": "addRule", "clauses": [clause], "variationId": variations[1]})
        assert becomes(lambda: client.variation("checkout", ANN, None), value=False)
        assert client.variation_detail("checkout", ANN, None).reason["kind"] == "RULE_MATCH"
        assert client.variation("checkout", Context.create("bob"), None) is True

        a_flag(server, "second", isFlagOn=True)
        assert becomes(lambda: client.variation("second", ANN, None), value=True)


def test_stream__flag_goes_and_comes_back__is_followed(server: Serving) -> None:
    a_flag(server, isFlagOn=True)
    with sdk(server, sdk_key(server)) as client:
        assert client.variation("checkout", ANN, "none") is True
        delete(server, "/api/v2/flags/web/checkout")
        assert becomes(lambda: client.variation("checkout", ANN, "none"), "none")
        a_flag(server, isFlagOn=True)
        assert becomes(lambda: client.variation("checkout", ANN, "none"), value=True)
        instruct(server, {"kind": "archiveFlag"})
        assert becomes(lambda: client.variation("checkout", ANN, "none"), "none")
        instruct(server, {"kind": "restoreFlag"})
        assert becomes(lambda: client.variation("checkout", ANN, "none"), value=True)


def test_stream__change_made_through_another_process__is_seen(server: Serving, database_url: str) -> None:
    a_flag(server)
    with serving(database_url) as other, sdk(other, sdk_key(server)) as client:
        assert client.variation("checkout", ANN, None) is False
        instruct(server, {"kind": "turnFlagOn"})
        assert becomes(lambda: client.variation("checkout", ANN, None), value=True)


def test_stream__server_stops__ends_at_once(server: Serving) -> None:
    a_flag(server)
    with sdk(server, sdk_key(server)) as client:
        assert client.is_initialized()
        started = time.monotonic()
        assert server.stop() == 0
        # Left alone, the server would wait ten seconds for the stream.
        assert time.monotonic() - started < 5


def test_stream__key_rotated__is_closed_and_the_old_key_refused(server: Serving) -> None:
    a_flag(server)
    old = sdk_key(server)
    with requests.get(
        f"{server.address}/all", headers={"Authorization": old}, stream=True, timeout=10
    ) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: put"
        rotated = requests.post(
            f"{server.address}/api/v2/projects/web/environments/production/apiKey",
            headers={"Authorization": TOKEN},
            timeout=30,
        )
        assert rotated.status_code == 200
        assert list(lines)[-1] == b""
    assert (
        requests.get(f"{server.address}/all", headers={"Authorization": old}, timeout=10).status_code == 401
    )
    assert poll(server, "/sdk/latest-all", rotated.json()["apiKey"]).status_code == 200


def test_poll__sdk_that_polls__gets_the_flags(server: Serving) -> None:
    a_flag(server, isFlagOn=True)
    with sdk(server, sdk_key(server), streams=False) as client:
        assert client.variation("checkout", ANN, None) is True


def test_poll__every_path__answers_as_sdks_expect(server: Serving) -> None:
    flag = a_flag(server)
    key = sdk_key(server)
    everything = poll(server, "/sdk/latest-all", key)
    environment = production(server)["_id"]

    assert everything.json().keys() == {"flags", "segments"}
    assert everything.headers["x-ld-envid"] == environment
    delivered = everything.json()["flags"]["checkout"]
    assert delivered["version"] == flag["environments"]["production"]["version"]
    assert delivered["salt"] == flag["environments"]["production"]["salt"]
    assert poll(server, "/sdk/latest-flags", key).json() == {"checkout": delivered}
    assert poll(server, "/sdk/flags", key).json() == {"checkout": delivered}
    assert poll(server, "/sdk/flags/checkout", key).json() == delivered
    assert poll(server, "/sdk/flags/nothing", key).status_code == 404
    assert poll(server, "/sdk/segments/nothing", key).status_code == 404

    known = {"If-None-Match": everything.headers["etag"]}
    assert poll(server, "/sdk/latest-all", key, **known).status_code == 304
    instruct(server, {"kind": "turnFlagOn"})
    assert becomes(lambda: poll(server, "/sdk/latest-all", key, **known).status_code, 200)


@pytest.mark.parametrize("path", ["/all", "/flags", "/sdk/latest-all", "/sdk/flags/checkout"])
def test_delivery__key_of_another_kind__answers_401(server: Serving, path: str) -> None:
    mobile = production(server)["mobileKey"]

    for key in ("", "sdk-nonsense", mobile, TOKEN):
        assert poll(server, path, key).status_code == 401
    assert requests.post(server.address + path, timeout=10).status_code == 405


def test_poll__environment_with_a_ttl__may_be_kept_that_long(server: Serving) -> None:
    a_flag(server)
    key = sdk_key(server)
    assert "cache-control" not in poll(server, "/sdk/flags/checkout", key).headers
    patch: Any = [{"op": "replace", "path": "/defaultTtl", "value": 5}]
    changed = requests.patch(
        server.address + PRODUCTION, json=patch, headers={"Authorization": TOKEN}, timeout=30
    )
    assert changed.status_code == 200
    for path in ("/sdk/flags", "/sdk/flags/checkout"):

        def kept(path: str = path) -> str | None:
            return poll(server, path, key).headers.get("cache-control")

        assert becomes(kept, "max-age=300")
    told = poll(server, "/sdk/flags/checkout", key).headers
    assert (told["vary"], bool(told["expires"])) == ("authorization", True)
    assert "cache-control" not in poll(server, "/sdk/latest-all", key).headers


@pytest.mark.parametrize("path", ["/all", "/flags", "/sdk/stream", "/mping", "/meval", "/relay_auto_config"])
def test_stream__head_only__is_refused(server: Serving, path: str) -> None:
    environment = production(server)
    key = environment["mobileKey" if path.startswith("/m") else "apiKey"]
    answer = requests.head(server.address + path, headers={"Authorization": key}, timeout=5)

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert "HEAD" not in answer.headers["allow"]


@pytest.mark.parametrize("path", ["/all", "/sdk/latest-all", "/sdk/poll", "/sdk/stream"])
def test_payload_filter__nobody_made_one__answers_404(server: Serving, path: str) -> None:
    key = sdk_key(server)

    assert poll(server, f"{path}?filter=team-a", key).status_code == 404
    assert poll(server, f"{path}?filter=team-a", "sdk-nonsense").status_code == 401
