"""What no SDK sends, and flags that nobody can evaluate: others are served all the same."""

import asyncio
import base64
from collections.abc import MutableMapping
from typing import Any, cast

import pytest
import requests

from daybreak.delivery.door import Delivery
from daybreak.delivery.hub import Hub
from daybreak.delivery.relay_hub import RelayHub
from daybreak.platform.clock import SystemClock
from daybreak.sdk.credentials import Credentials
from delivery.programs_of_sdks import a_flag, becomes, instruct, production
from system.programs import Serving

SHOP = {"Origin": "https://shop.example"}
DEEP = b"[" * 20_000 + b"]" * 20_000
DEEP_CONTEXT = b'{"kind":"user","key":"ann","all":%b}' % DEEP
NO_TEXT = b'{"kind":"user","key":"\xff"}'
EVERYWHERE = {"usingMobileKey": True, "usingEnvironmentId": True}


def is_refused_to_pages(answer: requests.Response) -> bool:
    return (answer.status_code, answer.headers["access-control-allow-origin"]) == (400, SHOP["Origin"])


@pytest.mark.parametrize("body", [DEEP, DEEP_CONTEXT, NO_TEXT, b"\xff", b"1" * 5_000], ids=range(5))
def test_evalx__no_context_at_all__answers_400(server: Serving, body: bytes) -> None:
    path = f"{server.address}/sdk/evalx/{production(server)['_id']}/context"
    encoded = base64.urlsafe_b64encode(body[:5_000]).decode()

    assert is_refused_to_pages(requests.request("REPORT", path, data=body, headers=SHOP, timeout=10))
    assert is_refused_to_pages(requests.get(f"{path}s/{encoded}", headers=SHOP, timeout=10))


@pytest.mark.parametrize("body", [DEEP, DEEP_CONTEXT, NO_TEXT], ids=range(3))
def test_ofrep__no_context_at_all__answers_400(server: Serving, body: bytes) -> None:
    headers = SHOP | {"X-API-Key": production(server)["apiKey"]}
    path = f"{server.address}/ofrep/v1/evaluate/flags"
    answer = requests.post(path, data=b'{"context":%b}' % body, headers=headers, timeout=10)

    assert is_refused_to_pages(answer)
    assert answer.json()["errorCode"] == "PARSE_ERROR"


def test_evalx__flag_that_cannot_read_a_version__leaves_the_others_alone(server: Serving) -> None:
    variations = a_flag(server, clientSideAvailability=EVERYWHERE, isFlagOn=True)["variations"]
    clause = {"contextKind": "user", "attribute": "build", "op": "semVerGreaterThan", "values": ["1.0.0"]}
    instruct(server, {"kind": "addRule", "clauses": [clause], "variationId": variations[1]["_id"]})
    path = f"{server.address}/sdk/evalx/{production(server)['_id']}/context"

    def served(build: str) -> Any:
        context = {"kind": "user", "key": "ann", "build": build}
        return requests.request("REPORT", path, json=context, timeout=10).json()["checkout"]["value"]

    assert becomes(lambda: served("2.0.0"), value=False)
    assert served("9" * 5_000) is True


@pytest.mark.parametrize(
    ("path", "is_for_pages"), [("/sdk/evalx/e/context", True), ("/sdk/latest-all", False)]
)
def test_delivery__server_fails__tells_pages_too(path: str, *, is_for_pages: bool) -> None:
    nobody: Any = None
    delivery = Delivery(
        cast("Hub", nobody), cast("RelayHub", nobody), cast("Credentials", nobody), SystemClock(), nobody
    )
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"path": path, "method": "GET", "headers": [(b"origin", b"https://shop.example")]}
    asyncio.run(delivery({**scope, "query_string": b""}, nobody, send))

    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == 503
    assert (headers.get(b"access-control-allow-origin") == b"https://shop.example") is is_for_pages
