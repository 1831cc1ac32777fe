"""The stream from which Relay Proxies configure themselves, against the running program."""

import time
from typing import Any

import pytest
import requests

from areas.integrations.configurations import covering, path_of
from delivery.programs_of_sdks import PRODUCTION, a_flag, delete, instruct, production
from delivery.relay_streams import STREAM, a_configuration, a_relay, patch
from system.programs import TOKEN, Serving, serving

ENVIRONMENTS = "/api/v2/projects/web/environments"
SLOW = covering("proj/*:env/*;slow")


def now() -> int:
    return int(time.time() * 1000)


def a_project(server: Serving, key: str) -> None:
    assert server.post("/api/v2/projects", {"key": key, "name": key.title()}).status_code == 201


def an_environment(server: Serving, key: str, *tags: str) -> str:
    body = {"key": key, "name": key.title(), "color": "aabbcc", "tags": list(tags)}
    response = server.post(ENVIRONMENTS, body)
    assert response.status_code == 201, response.text
    id: str = response.json()["_id"]
    return id


def reset(server: Serving, path: str, expiry: int | None = None) -> dict[str, Any]:
    query = "" if expiry is None else f"?expiry={expiry}"
    response = server.post(f"{path}{query}", None)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_relay_stream__everything__comes_first(server: Serving) -> None:
    with a_relay(server, a_configuration(server)["fullKey"]) as relay:
        assert relay.keys == ["web/production", "web/test"]
        environment = production(server)
        assert relay.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert relay.headers["transfer-encoding"] == "chunked"
        told = relay.environments[environment["_id"]]
        assert told == {
            "envID": environment["_id"],
            "envKey": "production",
            "envName": "Production",
            "mobKey": environment["mobileKey"],
            "projKey": "web",
            "projName": "Web",
            "sdkKey": {"value": environment["apiKey"]},
            "defaultTtl": 0,
            "secureMode": False,
            "version": told["version"],
        }


@pytest.mark.parametrize(("query", "has_filters"), [("", False), ("?rpacProtocolVersion=2", True)])
def test_relay_stream__protocol_version__says_whether_there_are_filters(
    server: Serving, query: str, *, has_filters: bool
) -> None:
    key = a_configuration(server)["fullKey"]
    with requests.get(
        server.address + STREAM + query, headers={"Authorization": key}, stream=True, timeout=10
    ) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: put"
        assert (b'"filters":{}' in next(lines)) is has_filters


def test_relay_stream__environment_changed__is_patched_within_a_second(server: Serving) -> None:
    id = production(server)["_id"]
    with a_relay(server, a_configuration(server)["fullKey"]) as relay:
        patch(server, PRODUCTION, "name", "Live")
        answered = time.monotonic()
        name, data = relay.next()
        assert time.monotonic() - answered < 1
        assert (name, data["path"], data["data"]["envName"]) == ("patch", f"/environments/{id}", "Live")
        patch(server, PRODUCTION, "secureMode", value=True)
        patch(server, PRODUCTION, "defaultTtl", 5)
        relay.next()
        relay.next()
        told = relay.environments[id]
        assert (told["secureMode"], told["defaultTtl"]) == (True, 5)


def test_relay_stream__project_renamed__patches_its_environments(server: Serving) -> None:
    a_project(server, "shop")
    with a_relay(server, a_configuration(server)["fullKey"]) as relay:
        patch(server, "/api/v2/projects/web", "name", "Site")
        assert {relay.next()[0], relay.next()[0]} == {"patch"}
        named = {each["projKey"]: each["projName"] for each in relay.environments.values()}
        assert named == {"web": "Site", "shop": "Shop"}


def test_relay_stream__environments_come_and_go__are_followed(server: Serving) -> None:
    with a_relay(server, a_configuration(server)["fullKey"]) as relay:
        id = an_environment(server, "canary")
        assert relay.next()[0] == "patch"
        assert "web/canary" in relay.keys
        delete(server, f"{ENVIRONMENTS}/canary")
        name, data = relay.next()
        assert (name, data["path"], data.keys()) == ("delete", f"/environments/{id}", {"path", "version"})
        a_project(server, "shop")
        relay.next()
        relay.next()
        assert relay.keys == ["shop/production", "shop/test", "web/production", "web/test"]
        delete(server, "/api/v2/projects/shop")
        relay.next()
        relay.next()
        assert relay.keys == ["web/production", "web/test"]


def test_relay_stream__sdk_key_replaced__tells_the_old_one_while_it_lives(server: Serving) -> None:
    before, expiry = production(server), now() + 60_000
    with a_relay(server, a_configuration(server)["fullKey"]) as relay:
        renewed = reset(server, f"{PRODUCTION}/apiKey", expiry)
        relay.next()
        expiring = {"value": before["apiKey"], "timestamp": expiry}
        told = relay.environments[before["_id"]]
        assert told["sdkKey"] == {"value": renewed["apiKey"], "expiring": expiring}
        mobile = reset(server, f"{PRODUCTION}/mobileKey")
        relay.next()
        told = relay.environments[before["_id"]]
        assert (told["mobKey"], told["sdkKey"]["expiring"]) == (mobile["mobileKey"], expiring)
        # Without a date the key dies at once; the one from before still has its own.
        newest = reset(server, f"{PRODUCTION}/apiKey")
        relay.next()
        told = relay.environments[before["_id"]]
        assert told["sdkKey"] == {"value": newest["apiKey"], "expiring": expiring}


def test_relay_stream__sdk_key_has_expired__is_told_no_more(server: Serving) -> None:
    id, key = production(server)["_id"], a_configuration(server)["fullKey"]
    with a_relay(server, key) as first:
        expiry = now() + 300
        reset(server, f"{PRODUCTION}/apiKey", expiry)
        first.next()
        assert "expiring" in first.environments[id]["sdkKey"]
        time.sleep(0.4)
        with a_relay(server, key) as second:
            assert "expiring" not in second.environments[id]["sdkKey"]


def test_relay_stream__changes_that_relays_do_not_see__are_not_told(server: Serving) -> None:
    with a_relay(server, a_configuration(server)["fullKey"]) as relay:
        a_flag(server)
        instruct(server, {"kind": "turnFlagOn"})
        patch(server, PRODUCTION, "tags", ["slow"])
        patch(server, PRODUCTION, "color", "000000")
        patch(server, PRODUCTION, "name", "Live")
        assert relay.next()[1]["data"]["envName"] == "Live"


def test_relay_stream__policies__divide_the_environments(server: Serving) -> None:
    an_environment(server, "canary", "slow")
    slow, others = (
        a_configuration(server, SLOW),
        a_configuration(server, covering(notResources=["*/*:*/*;slow"])),
    )
    denied = a_configuration(server, covering("*"), covering("proj/*:env/production", effect="deny"))
    with (
        a_relay(server, slow["fullKey"]) as of_slow,
        a_relay(server, others["fullKey"]) as of_others,
        a_relay(server, denied["fullKey"]) as of_most,
    ):
        assert of_slow.keys == ["web/canary"]
        assert of_others.keys == ["web/production", "web/test"]
        assert of_most.keys == ["web/canary", "web/test"]
        patch(server, f"{ENVIRONMENTS}/test", "tags", ["slow"])
        assert (of_slow.next()[0], of_others.next()[0]) == ("patch", "delete")
        assert (of_slow.keys, of_others.keys) == (["web/canary", "web/test"], ["web/production"])
        patch(server, f"{ENVIRONMENTS}/test", "tags", [])
        assert (of_slow.next()[0], of_others.next()[0]) == ("delete", "patch")
        patch(server, f"{ENVIRONMENTS}/test", "name", "Trial")
        # Nothing of it was told to those that do not see it.
        assert of_others.next()[1]["data"]["envName"] == "Trial"
        assert of_most.next()[1]["data"]["envName"] == "Trial"
        patch(server, f"{ENVIRONMENTS}/canary", "name", "Bird")
        assert of_slow.next()[1]["data"]["envName"] == "Bird"


def test_relay_stream__policy_takes_away_and_gives_back__versions_rise(server: Serving) -> None:
    made = a_configuration(server)
    with a_relay(server, made["fullKey"]) as relay:
        patch(server, path_of(made), "name", "renamed")
        patch(server, path_of(made), "policy", [covering("proj/web:env/test")])
        assert relay.next()[0] == "delete"
        assert relay.keys == ["web/test"]
        patch(server, path_of(made), "policy", [covering("*")])
        # It is as it was, but for its version: older ones would be ignored.
        name, data = relay.next()
        assert (name, data["data"]["envKey"]) == ("patch", "production")
        assert relay.keys == ["web/production", "web/test"]


def test_relay_stream__key_reset__ends_the_stream(server: Serving) -> None:
    made = a_configuration(server)
    with a_relay(server, made["fullKey"]) as relay:
        renewed = reset(server, f"{path_of(made)}/reset")
        assert relay.rest() == ["reconnect"]
    assert refused(server, made["fullKey"]) == 401
    with a_relay(server, renewed["fullKey"]) as relay:
        delete(server, path_of(made))
        assert relay.rest() == ["reconnect"]
    assert refused(server, renewed["fullKey"]) == 401


def test_relay_stream__key_reset_with_expiry__ends_the_stream_then(server: Serving) -> None:
    made = a_configuration(server)
    with a_relay(server, made["fullKey"]) as there:
        expiry = now() + 700
        reset(server, f"{path_of(made)}/reset", expiry)
        with a_relay(server, made["fullKey"]) as newcomer:
            patch(server, PRODUCTION, "name", "Live")
            for relay in (there, newcomer):
                assert relay.next()[0] == "patch"
                assert relay.rest() == ["reconnect"]
        assert expiry - 50 < now() < expiry + 2_000
    assert refused(server, made["fullKey"]) == 401


@pytest.mark.parametrize("key", ["", "rel-nonsense", TOKEN, "two words"])
def test_relay_stream__no_key_of_a_configuration__answers_401(server: Serving, key: str) -> None:
    a_configuration(server)
    assert refused(server, key) == 401


def test_relay_stream__key_of_an_sdk__answers_401(server: Serving) -> None:
    assert refused(server, production(server)["apiKey"]) == 401
    assert requests.post(server.address + STREAM, timeout=10).status_code == 405
    assert refused(server, a_configuration(server)["fullKey"], path="/all") == 401


def refused(server: Serving, key: str, path: str = STREAM) -> int:
    return requests.get(server.address + path, headers={"Authorization": key}, timeout=10).status_code


def test_relay_stream__change_made_through_another_process__is_told(
    server: Serving, database_url: str
) -> None:
    made = a_configuration(server)
    with serving(database_url) as other, a_relay(other, made["fullKey"]) as there:
        with a_relay(server, made["fullKey"]) as here:
            patch(server, PRODUCTION, "name", "Live")
            # Both have the same version: a relay may go from one to the other.
            assert there.next() == here.next()
        with a_relay(server, made["fullKey"]) as again:
            assert again.environments[production(server)["_id"]]["envName"] == "Live"
            assert again.versions[production(server)["_id"]] == there.versions[production(server)["_id"]]
        reset(server, f"{path_of(made)}/reset")
        assert there.rest() == ["reconnect"]


def test_relay_stream__server_stops__asks_to_come_back(server: Serving) -> None:
    with a_relay(server, a_configuration(server)["fullKey"]) as relay:
        started = time.monotonic()
        assert server.stop() == 0
        assert relay.rest() == ["reconnect"]
        assert time.monotonic() - started < 5


def test_relay_stream__nobody_listened_meanwhile__nothing_is_missed(server: Serving) -> None:
    made = a_configuration(server)
    with a_relay(server, made["fullKey"]) as relay:
        versions = relay.versions
    patch(server, PRODUCTION, "name", "Live")
    an_environment(server, "canary")
    with a_relay(server, made["fullKey"]) as relay:
        assert relay.keys == ["web/canary", "web/production", "web/test"]
        id = production(server)["_id"]
        assert relay.environments[id]["envName"] == "Live"
        assert relay.versions[id] > versions[id]
