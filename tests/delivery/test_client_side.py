"""Client-side and mobile SDKs: values for a context, judged by what the server-side SDK computes."""

import base64
import hmac
import json
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
import requests
from ldclient.context import Context

from daybreak.delivery.client_side import Asked, Mode, SdkKind, parse_path, read_context
from daybreak.logic.evaluation.context import ContextInvalid
from delivery.programs_of_sdks import PRODUCTION, a_flag, becomes, instruct, poll, production, sdk, sdk_key
from system.programs import TOKEN, Serving

ANN: dict[str, Any] = {"kind": "user", "key": "ann", "email": "ann@acme.io"}
EVERYWHERE = {"usingMobileKey": True, "usingEnvironmentId": True}


def encoded(context: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(context).encode()).decode().rstrip("=")


def browse(server: Serving, path: str, **options: Any) -> requests.Response:
    return requests.get(server.address + path, timeout=10, **options)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/sdk/evalx/e/contexts/c", Asked(SdkKind.BROWSER, Mode.POLL, "e", "c")),
        ("/sdk/evalx/e/user", Asked(SdkKind.BROWSER, Mode.POLL, "e")),
        ("/sdk/evalx/contexts/c", Asked(SdkKind.SERVER, Mode.POLL, context="c")),
        ("/msdk/evalx/users/c", Asked(SdkKind.MOBILE, Mode.POLL, context="c")),
        ("/msdk/evalx/context", Asked(SdkKind.MOBILE, Mode.POLL)),
        ("/eval/e/c", Asked(SdkKind.BROWSER, Mode.STREAM, "e", "c")),
        ("/meval", Asked(SdkKind.MOBILE, Mode.STREAM)),
        ("/meval//", Asked(SdkKind.MOBILE, Mode.STREAM)),
        ("/meval/c/d//e/", Asked(SdkKind.MOBILE, Mode.STREAM, context="c/d//e")),
        ("/eval/e/c/d", Asked(SdkKind.BROWSER, Mode.STREAM, "e", "c/d")),
        ("/sdk/evalx/e/contexts/c/d", Asked(SdkKind.BROWSER, Mode.POLL, "e", "c/d")),
        ("/ping/e", Asked(SdkKind.BROWSER, Mode.PING, "e")),
        ("/mping", Asked(SdkKind.MOBILE, Mode.PING)),
        ("/sdk/goals/e", Asked(SdkKind.BROWSER, Mode.GOALS, "e")),
        ("/sdk/evalx", None),
        ("/eval//c", None),
        ("/all", None),
    ],
)
def test_parse_path__path__tells_who_asks_for_what(path: str, asked: Asked | None) -> None:
    assert parse_path(path) == asked


@pytest.mark.parametrize("text", ["", "!", "eyJ", encoded([]), encoded({"kind": "user"}), "é"])
def test_read_context__nonsense__is_refused(text: str) -> None:
    with pytest.raises(ContextInvalid):
        read_context(text)


def test_read_context__either_alphabet_and_padding__is_read() -> None:
    data = {"kind": "user", "key": "ÿ?>"}
    raw = json.dumps(data, ensure_ascii=False).encode()

    for text in (base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode().rstrip("=")):
        assert read_context(text).full_key == "ÿ?>"


def test_evalx__every_kind_of_caller__gets_what_it_may_see(server: Serving) -> None:
    variations = a_flag(server, clientSideAvailability=EVERYWHERE, isFlagOn=True)["variations"]
    clause = {"contextKind": "user", "attribute": "email", "op": "endsWith", "values": ["@acme.io"]}
    instruct(server, {"kind": "addRule", "clauses": [clause], "variationId": variations[1]["_id"]})
    a_flag(server, "phones-only", clientSideAvailability=EVERYWHERE | {"usingEnvironmentId": False})
    a_flag(
        server, "servers-only", clientSideAvailability={"usingMobileKey": False, "usingEnvironmentId": False}
    )
    environment, context = production(server), encoded(ANN)

    browser = browse(server, f"/sdk/evalx/{environment['_id']}/contexts/{context}?withReasons=true")
    mobile = poll(server, f"/msdk/evalx/contexts/{context}", environment["mobileKey"])
    by_server = poll(server, f"/sdk/evalx/contexts/{context}", environment["apiKey"])

    assert browser.json().keys() == {"checkout"}
    assert mobile.json().keys() == {"checkout", "phones-only"}
    assert by_server.json().keys() == {"checkout", "phones-only", "servers-only"}
    told = browser.json()["checkout"]
    assert (told["value"], told["variation"], told["reason"]["kind"]) == (False, 1, "RULE_MATCH")
    assert "reason" not in mobile.json()["checkout"]
    with sdk(server, environment["apiKey"]) as client:
        state = client.all_flags_state(Context.from_dict(ANN))
        assert {key: each["value"] for key, each in by_server.json().items()} == state.to_values_map()


def test_evalx__body_or_path_and_a_known_tag__say_the_same(server: Serving) -> None:
    a_flag(server, clientSideAvailability=EVERYWHERE)
    environment = production(server)
    by_path = browse(server, f"/sdk/evalx/{environment['_id']}/contexts/{encoded(ANN)}")

    url = f"{server.address}/sdk/evalx/{environment['_id']}/context"
    by_body = requests.request("REPORT", url, json=ANN, timeout=10)
    again = browse(
        server,
        f"/sdk/evalx/{environment['_id']}/contexts/{encoded(ANN)}",
        headers={"If-None-Match": by_path.headers["etag"], "Origin": "https://shop.example"},
    )

    assert by_body.json() == by_path.json()
    assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, "https://shop.example")


def test_evalx__wrong_in_any_way__is_refused(server: Serving) -> None:
    environment, context = production(server), encoded(ANN)
    id = environment["_id"]

    assert browse(server, f"/sdk/evalx/{'0' * 24}/contexts/{context}").status_code == 404
    assert browse(server, f"/sdk/evalx/{id}/contexts/nonsense").status_code == 400
    assert browse(server, f"/sdk/evalx/{id}/context").status_code == 400
    assert poll(server, f"/msdk/evalx/contexts/{context}", environment["apiKey"]).status_code == 401
    assert requests.put(f"{server.address}/sdk/evalx/{id}/context", timeout=10).status_code == 405
    preflight = requests.options(f"{server.address}/sdk/evalx/{id}/context", timeout=10)
    assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (
        200,
        "GET, REPORT, OPTIONS",
    )
    assert browse(server, f"/sdk/goals/{id}").json() == []


def test_evalx__standard_base64_in_the_path__is_read(server: Serving) -> None:
    a_flag(server, clientSideAvailability=EVERYWHERE)
    environment = production(server)
    context = base64.b64encode(
        json.dumps(ANN | {"name": "???>>>~~~ÿÿ"}, ensure_ascii=False).encode()
    ).decode()
    assert "/" in context

    for text in (context, quote(context, safe="")):
        mobile = poll(server, f"/msdk/evalx/contexts/{text}", environment["mobileKey"])
        browser = browse(server, f"/sdk/evalx/{environment['_id']}/contexts/{text}")
        assert mobile.json().keys() == browser.json().keys() == {"checkout"}


def test_evalx__secure_mode__needs_the_hash(server: Serving) -> None:
    a_flag(server, clientSideAvailability=EVERYWHERE)
    patch: Any = [{"op": "replace", "path": "/secureMode", "value": True}]
    url, headers = server.address + PRODUCTION, {"Authorization": TOKEN}
    assert requests.patch(url, json=patch, headers=headers, timeout=10).status_code == 200
    path = f"/sdk/evalx/{production(server)['_id']}/contexts/{encoded(ANN)}"
    hashed = hmac.new(sdk_key(server).encode(), b"ann", sha256).hexdigest()

    assert browse(server, path).status_code == 400
    assert browse(server, f"{path}?h=nonsense").status_code == 400
    assert browse(server, f"{path}?h=%C3%A9").status_code == 400
    assert browse(server, f"{path}?h={hashed}").status_code == 200
    mobile = production(server)["mobileKey"]
    assert poll(server, f"/msdk/evalx/contexts/{encoded(ANN)}", mobile).status_code == 200


@pytest.mark.parametrize("path", ["/eval/{id}/{context}", "/ping/{id}"])
def test_client_stream__flag_changes__is_told_to_ask_again(server: Serving, path: str) -> None:
    a_flag(server, clientSideAvailability=EVERYWHERE)
    id = production(server)["_id"]
    address = server.address + path.format(id=id, context=encoded(ANN))
    with requests.get(address, stream=True, timeout=10) as stream:
        lines = stream.iter_lines()
        first = [next(lines), next(lines), next(lines)]
        instruct(server, {"kind": "turnFlagOn"})
        then = [next(lines), next(lines)]

    assert first[0] == (b"event: put" if path.startswith("/eval") else b"event: ping")
    assert then == [b"event: ping", b"data:  "]
    values = f"/sdk/evalx/{id}/contexts/{encoded(ANN)}"
    assert becomes(lambda: browse(server, values).json()["checkout"]["value"], value=True)
