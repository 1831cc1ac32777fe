"""Flags that need each other, changed by several callers in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import requests

from areas.flags.seeds import SEMANTIC, ids
from delivery.programs_of_sdks import a_flag, poll, sdk_key
from system.programs import TOKEN, Serving, serving

TIMES = 10


def instruct(server: Serving, key: str, *instructions: dict[str, Any]) -> int:
    body: Any = {"environmentKey": "production", "instructions": instructions}
    headers = SEMANTIC | {"Authorization": TOKEN}
    address = f"{server.address}/api/v2/flags/web/{key}"
    return requests.patch(address, json=body, headers=headers, timeout=30).status_code


def at_once(*calls: Callable[[], int]) -> list[int]:
    """What each is answered, lowest first."""
    ready = Barrier(len(calls))

    def run(call: Callable[[], int]) -> int:
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return sorted(threads.map(run, calls))


def test_patchFeatureFlag__needed_and_taken_away_at_once__is_refused_to_one(database_url: str) -> None:
    with serving(database_url) as server:
        assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        for number in range(TIMES):
            needed, needing = f"needed-{number}", f"needing-{number}"
            made = a_flag(server, needed, variations=[{"value": each} for each in "abc"])
            a_flag(server, needing)
            middle = ids(made)[1]
            need = {"kind": "addPrerequisite", "key": needed, "variationId": middle}
            removal = {"kind": "removeVariation", "variationId": middle}
            answers = at_once(
                partial(instruct, server, needing, need), partial(instruct, server, needed, removal)
            )
            assert answers[0] == 200
            assert answers[1] in {400, 409}
        assert poll(server, "/sdk/latest-all", sdk_key(server)).status_code == 200


def test_patchFeatureFlag__each_needs_the_other_at_once__is_refused_to_one(database_url: str) -> None:
    with serving(database_url) as server:
        assert server.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        for number in range(TIMES):
            keys = f"one-{number}", f"other-{number}"
            firsts = {key: ids(a_flag(server, key))[0] for key in keys}
            needs = [
                {"kind": "addPrerequisite", "key": key, "variationId": firsts[key]} for key in reversed(keys)
            ]
            answers = at_once(*(partial(instruct, server, *each) for each in zip(keys, needs, strict=True)))
            assert answers == [200, 409]
