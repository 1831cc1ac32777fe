"""The vendor's JavaScript SDKs against the running program: the one for servers and the one for desktops."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from delivery.programs_of_node import NodeSdk, node_sdk
from delivery.programs_of_sdks import PRODUCTION, a_flag, becomes, delete, instruct, production, sdk_key
from system.programs import TOKEN, Serving, serving

EVERYWHERE = {"usingMobileKey": True, "usingEnvironmentId": True}
SECONDS_OF_SILENCE = 1.5
STATUS = "/api/v2/flag-statuses/web/production/checkout"

Start = Callable[..., AbstractContextManager[NodeSdk]]


@pytest.fixture(params=["server_sdk.mjs", "client_sdk.mjs"])
def start(request: pytest.FixtureRequest, server: Serving, tmp_path: Path) -> Start:
    """Runs the program, with the key that is its own unless another is given."""
    program = request.param

    def run(key: str | None = None) -> AbstractContextManager[NodeSdk]:
        own = sdk_key(server) if program == "server_sdk.mjs" else production(server)["_id"]
        return node_sdk(program, server, own if key is None else key, tmp_path)

    return run


def is_silent(sdk: NodeSdk) -> bool:
    before = sdk.connections()
    time.sleep(SECONDS_OF_SILENCE)
    return sdk.connections() == before


def rotate_sdk_key(server: Serving) -> None:
    url = f"{server.address}{PRODUCTION}/apiKey"
    assert requests.post(url, headers={"Authorization": TOKEN}, timeout=30).status_code == 200


def test_node__flags_change__are_seen_within_a_second(server: Serving, start: Start) -> None:
    variations: list[dict[str, Any]] = a_flag(server, clientSideAvailability=EVERYWHERE)["variations"]
    with start() as sdk:
        assert sdk.starts()
        assert sdk.value() is False

        instruct(server, {"kind": "turnFlagOn"})
        assert becomes(sdk.value, value=True)

        clause = {"contextKind": "user", "attribute": "email", "op": "endsWith", "values": ["@acme.io"]}
        instruct(server, {"kind": "addRule", "clauses": [clause], "variationId": variations[1]["_id"]})
        assert becomes(sdk.value, value=False)

        a_flag(server, "second", isFlagOn=True, clientSideAvailability=EVERYWHERE)
        assert becomes(lambda: sdk.value("second"), value=True)
        delete(server, "/api/v2/flags/web/second")
        assert becomes(lambda: sdk.value("second", "none"), "none")


def test_node__evaluations__reach_the_status(server: Serving, start: Start) -> None:
    a_flag(server, isFlagOn=True, clientSideAvailability=EVERYWHERE)
    with start() as sdk:
        assert sdk.starts()
        assert sdk.value() is True
        sdk.flush()
        assert becomes(lambda: server.get(STATUS).json()["name"], "active", within=10)


def test_node__server_restarts__old_values_last_and_new_ones_come(
    server: Serving, start: Start, database_url: str
) -> None:
    a_flag(server, isFlagOn=True, clientSideAvailability=EVERYWHERE)
    with start() as sdk:
        assert sdk.starts()
        assert server.stop() == 0
        assert sdk.value() is True
        with serving(database_url, port=urlsplit(server.address).port or 0) as again:
            assert sdk.value() is True
            instruct(again, {"kind": "turnFlagOff"})
            assert becomes(sdk.value, value=False, within=10)


def test_node__unknown_key__is_not_tried_again(server: Serving, start: Start) -> None:
    with start("nonsense") as sdk:
        assert not sdk.starts()
        assert is_silent(sdk)
        assert len(sdk.connections()) == 1


def test_node_server__key_rotated__keeps_its_values_and_leaves_the_server_alone(
    server: Serving, tmp_path: Path
) -> None:
    a_flag(server, isFlagOn=True)
    with node_sdk("server_sdk.mjs", server, sdk_key(server), tmp_path) as sdk:
        assert sdk.starts()
        rotate_sdk_key(server)
        assert becomes(lambda: len(sdk.connections()), 2, within=10)
        assert is_silent(sdk)
        assert sdk.value() is True


def test_node_client__environment_deleted__keeps_its_values_and_leaves_the_server_alone(
    server: Serving, tmp_path: Path
) -> None:
    a_flag(server, isFlagOn=True, clientSideAvailability=EVERYWHERE)
    with node_sdk("client_sdk.mjs", server, production(server)["_id"], tmp_path) as sdk:
        assert sdk.starts()
        assert becomes(lambda: any("/eval/" in path for path in sdk.connections()), value=True)
        before = len(sdk.connections())
        delete(server, PRODUCTION)
        assert becomes(lambda: len(sdk.connections()), before + 1, within=10)
        assert is_silent(sdk)
        assert sdk.value() is True
