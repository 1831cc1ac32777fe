"""Whatever is wrong with a request, it is refused with a reason, and nothing of it is stored."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from api.bodies import BODIES, PATCHED
from api.conftest import LARGEST_BODY
from api.mutations import bad_bodies, bad_values, shown, takes_endless_text
from api.world import OPERATIONS, WITH_BODY, Sent, World, complaints
from daybreak.app import Daybreak
from daybreak.rest.routing import Route

Refused = Callable[..., None]

NO_JSON = (
    b"{",
    b"[1,",
    b'{"a": 1,}',
    b"nul",
    b"NaN",
    b'{"a": Infinity}',
    b'"text"',
    b"7",
    b"\xff\xfe",
    b'{"a": "\xff"}',
    b'{"key": "\\u0000"}',
    b'{"key": "\\ud800"}',
    b'[{"op": "replace", "path": "/name", "value": "\\u0000"}]',
    b'[{"op": "replace", "path": "/name", "value": ' + b"9" * 400 + b"}]",
    b"[" * 1_000 + b"]" * 1_000,
    b'{"a":' * 1_000 + b"1" + b"}" * 1_000,
    b"[" * 90_000,
    b'"' + b"a" * 90_000 + b'"',
)

STRANGE_KEYS = (
    "nothing-has-this-key",
    "%00",
    "%FF%FE",
    "%C3%BC",
    "a%20b",
    "a%2Fb",
    "%2E%2E",
    "*",
    "'%3B--",
    "0" * 24,
    "9" * 5_000,
)


@pytest.fixture
def refused(api: Any, world: World) -> Refused:
    """Sends them all; each must be refused, and what is stored must stay as it was."""

    def send(requests: list[Sent], *allowed: int) -> None:
        assert requests
        before = world.contents()
        assert complaints(api, requests, frozenset(allowed)) == []
        assert world.contents() == before

    return send


def test_bodies__no_storable_json__are_refused(refused: Refused, world: World) -> None:
    refused(
        [
            world.sent(route, f"the body {shown(body[:50])}", content=body)
            for route in WITH_BODY
            for body in NO_JSON
        ],
        400,
    )


def test_bodies__none_at_all__are_refused(refused: Refused, world: World) -> None:
    # The statements of a search may be left out.
    needing = [route for route in WITH_BODY if not route.raw_body]
    refused([world.sent(route, "no body", content=b"") for route in needing], 400)


def test_bodies__larger_than_the_limit__are_refused(refused: Refused, world: World) -> None:
    large = b'{"name": "' + b"a" * LARGEST_BODY + b'"}'
    chunks = [b"[" + b" " * (LARGEST_BODY // 2), b" " * LARGEST_BODY, b"]"]
    limited = [route for route in WITH_BODY if route.largest_body is None]
    requests = [world.sent(route, "with its length", content=large) for route in limited]
    requests += [world.sent(route, "in chunks", content=iter(chunks)) for route in limited]
    refused(requests, 413)


def test_bodies__wrong_type_anywhere__are_refused(refused: Refused, world: World) -> None:
    refused(
        [
            world.sent(route, what, json=body)
            for route in WITH_BODY
            if route.operation not in PATCHED
            for what, body in bad_bodies(BODIES[route.operation], route.body)
        ],
        400,
    )


def test_patches__wrong_type_of_any_field__are_refused(refused: Refused, world: World) -> None:
    requests = []
    for operation, kind in PATCHED.items():
        route = OPERATIONS[operation]
        for part in msgspec.structs.fields(kind):
            for bad in bad_values(part.type):
                what, name = f"{part.encode_name} {shown(bad)}", part.encode_name
                patch = [{"op": "replace", "path": f"/{name}", "value": bad}]
                requests.append(world.sent(route, f"patch of {what}", json=patch))
                # In a merge patch null removes, and objects are merged: that may well be fine.
                if bad is not None and not isinstance(bad, dict):
                    requests.append(world.sent(route, f"merge of {what}", json={name: bad}))
    refused(requests)


@pytest.mark.parametrize(
    "patch",
    [
        [{}],
        [{"op": "replace"}],
        [{"op": "dance", "path": "/name", "value": "x"}],
        [{"op": "replace", "path": "name", "value": "x"}],
        [{"op": "replace", "path": "/~2", "value": "x"}],
        [{"op": "replace", "path": "/_id", "value": "x"}],
        [{"op": "replace", "path": "/no-such-field", "value": "x"}],
        [{"op": "replace", "path": "", "value": {}}],
        [{"op": "test", "path": "/name", "value": "something else"}],
        [{"op": "remove", "path": "/tags/99"}],
        [{"op": "move", "path": "/name"}],
        [{"op": "copy", "path": "/name", "from": "/nowhere"}],
        [7],
        {"patch": 7},
        {"patch": [], "comment": 7},
        {"merge": []},
        {"_id": "x"},
        {"comment": "with instructions", "instructions": [{"kind": "turnFlagOn"}]},
    ],
    ids=json.dumps,
)
def test_patches__that_make_no_sense__are_refused(patch: Any, refused: Refused, world: World) -> None:
    refused([world.sent(OPERATIONS[operation], "patch", json=patch) for operation in PATCHED])


def test_bodies__every_text__has_a_limit() -> None:
    """So that `wrong_type_anywhere` and `wrong_type_of_any_field` also send 20,000 characters everywhere."""
    kinds = [*PATCHED.values(), *(OPERATIONS[o].body for o in BODIES if o not in PATCHED)]
    structs = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    assert len(structs) > 10
    endless = [
        f"{struct.__name__}.{part.name}"
        for struct in structs
        for part in msgspec.structs.fields(struct)
        if takes_endless_text(part.type)
    ]
    assert endless == []


# Whoever a flag is evaluated for may have any key, and whoever follows it any id.
ANYBODY = {"userKey", "contextKey", "contextKind", "memberId"}
# Lists of what was seen, for which the contract has no 404.
SEEN = {"getContexts", "getContextInstances", "getContextAttributeValues"}
PLACE = {"projectKey", "environmentKey"}
# Makes what is not there.
MAKING = {"putContextKind"}


def _paths(world: World, route: Route) -> list[tuple[str, str]]:
    return [
        (f"{name} {key[:40]}", world.path(route, **{name: key}))
        for name in route.parameters
        for key in STRANGE_KEYS
        if name not in ANYBODY and (name in PLACE or route.operation not in SEEN | MAKING)
    ]


def test_paths__keys_of_nothing__are_not_found(refused: Refused, world: World) -> None:
    refused(
        [
            world.sent(route, what, path=path)
            for route in OPERATIONS.values()
            for what, path in _paths(world, route)
        ],
        400,
        404,
    )


@pytest.mark.parametrize("operation", sorted(SEEN))
def test_paths__what_nobody_has_seen__is_refused_or_an_empty_list(
    operation: str, api: Any, world: World
) -> None:
    route = OPERATIONS[operation]
    for name in set(route.parameters) - PLACE:
        for key in STRANGE_KEYS:
            answer = api.get(world.path(route, **{name: key}))
            assert answer.status_code in {400, 404} or answer.json()["items"] == [], (name, key)


def test_paths__no_operation__are_not_found(refused: Refused, world: World) -> None:
    paths = ("/api", "/api/v2/nothing", "/api/v2/projects/web/%FF", "/api/v2/" + "a/" * 2_000)
    refused([Sent("none", path[:40], "GET", path) for path in paths], 404)


def test_methods__not_of_the_path__are_refused(refused: Refused, world: World) -> None:
    by_path: dict[str, set[str]] = {}
    for route in OPERATIONS.values():
        by_path.setdefault(world.path(route), set()).add(route.method)
    requests = [
        Sent("none", f"{method} {path}", method, path)
        for path, methods in by_path.items()
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} - methods
    ]
    refused(requests, 405)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("LD-API-Version", b"20250101"),
        ("LD-API-Version", b"20220603, beta"),
        ("LD-API-Version", b"\xff\xfe"),
        ("LD-API-Version", b""),
        ("X-HTTP-Method-Override", b"GET"),
        ("X-HTTP-Method-Override", b"\xff"),
        ("Authorization", b"\xff\xfe"),
        ("Authorization", b"Bearer api-123"),
        ("Authorization", b"a" * 60_000),
    ],
)
def test_headers__nonsense__are_refused(header: str, value: bytes, refused: Refused, world: World) -> None:
    created = world.sent(OPERATIONS["postProject"], f"{header}: {value[:40]!r}", headers={header: value})
    refused([created], 400, 401)


@pytest.mark.parametrize("length", [b"-1", b"many", b"9" * 5_000, b"99999999999999999999"])
def test_headers__false_length__is_refused_or_disbelieved(length: bytes, app: Daybreak, world: World) -> None:
    before = world.contents()
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.post("/api/v2/projects", content=b"{", headers={"Content-Length": length.decode()})
    assert answer.status_code in {400, 401, 413}
    assert world.contents() == before
