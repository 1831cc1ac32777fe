"""Segments reach SDKs: those that evaluate by themselves, and those for which the server does."""

import base64
import json
from typing import Any

import requests
from ldclient.context import Context

from delivery.programs_of_sdks import SEMANTIC, a_flag, becomes, instruct, production, sdk, sdk_key
from system.programs import Serving

SEGMENTS = "/api/v2/segments/web/production"
ANN, BOB = Context.create("ann"), Context.create("bob")


def a_segment(server: Serving, key: str = "beta", **given: Any) -> None:
    assert server.post(SEGMENTS, {"key": key, "name": key} | given).status_code == 201


def change_segment(server: Serving, *instructions: dict[str, Any], key: str = "beta") -> None:
    url, body = f"{server.address}{SEGMENTS}/{key}", {"instructions": instructions}
    assert requests.patch(url, json=body, headers=SEMANTIC, timeout=30).status_code == 200


def a_flag_for(server: Serving, key: str = "beta") -> None:
    """On for members, off for everybody else."""
    browsers = {"usingEnvironmentId": True, "usingMobileKey": False}
    on, off = (v["_id"] for v in a_flag(server, clientSideAvailability=browsers)["variations"])
    clause = {"attribute": "", "op": "segmentMatch", "values": [key], "contextKind": "user"}
    instruct(
        server,
        {"kind": "addRule", "clauses": [clause], "variationId": on},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": off},
        {"kind": "turnFlagOn"},
    )


def evaluate(server: Serving, key: str) -> Any:
    """As a browser asks for it."""
    context = base64.urlsafe_b64encode(json.dumps({"kind": "user", "key": key}).encode()).decode()
    path = f"/sdk/evalx/{production(server)['_id']}/contexts/{context}"
    answer = requests.get(server.address + path, timeout=30)
    assert answer.status_code == 200
    return answer.json()["checkout"]["value"]


def test_segment__changed__reaches_the_sdk_within_a_second(server: Serving) -> None:
    a_segment(server)
    a_flag_for(server)
    with sdk(server, sdk_key(server)) as client:
        assert client.variation("checkout", ANN, None) is False
        change_segment(server, {"kind": "addIncludedUsers", "values": ["ann"]})
        assert becomes(lambda: client.variation("checkout", ANN, None), value=True)
        assert client.variation("checkout", BOB, None) is False
        assert (evaluate(server, "ann"), evaluate(server, "bob")) == (True, False)

        inner = {"attribute": "key", "op": "in", "values": ["bob"], "contextKind": "user"}
        a_segment(server, "inner")
        change_segment(server, {"kind": "addRule", "clauses": [inner]}, key="inner")
        nested = {"attribute": "", "op": "segmentMatch", "values": ["inner"], "contextKind": "user"}
        change_segment(server, {"kind": "addRule", "clauses": [nested]})
        assert becomes(lambda: client.variation("checkout", BOB, None), value=True)


def test_segment__deleted_and_made_again__is_followed(server: Serving) -> None:
    a_segment(server)
    change_segment(server, {"kind": "addIncludedUsers", "values": ["ann"]})
    with sdk(server, sdk_key(server)) as client:
        a_flag_for(server, "beta")
        assert becomes(lambda: client.variation("checkout", ANN, None), value=True)
        instruct(server, {"kind": "replaceRules", "rules": []})
        path = f"{server.address}{SEGMENTS}/beta"
        assert requests.delete(path, headers=SEMANTIC, timeout=30).status_code == 204
        a_segment(server)
        a_segment(server, "unrelated")
        clause = {"attribute": "", "op": "segmentMatch", "values": ["beta"], "contextKind": "user"}
        on = server.get("/api/v2/flags/web/checkout").json()["variations"][0]["_id"]
        instruct(server, {"kind": "addRule", "clauses": [clause], "variationId": on})
        change_segment(server, {"kind": "addIncludedUsers", "values": ["bob"]})
        assert becomes(lambda: client.variation("checkout", BOB, None), value=True)
        assert client.variation("checkout", ANN, None) is False


def test_big_segment__asked_by_a_browser__answers_by_its_lists(server: Serving) -> None:
    a_segment(server, unbounded=True)
    a_flag_for(server)
    assert evaluate(server, "ann") is False
    assert server.post(f"{SEGMENTS}/beta/contexts", {"included": {"add": ["ann"]}}).status_code == 204
    assert becomes(lambda: evaluate(server, "ann"), value=True)
    assert evaluate(server, "bob") is False
