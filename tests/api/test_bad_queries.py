"""Queries that make no sense: every parameter of every operation, one at a time."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from api.mutations import TOO_LONG
from api.world import OPERATIONS, Sent, World, complaints
from daybreak.rest.routing import Route

Refused = Callable[..., None]

QUERIED = [route for route in OPERATIONS.values() if msgspec.structs.fields(route.query)]

# By parameter, what nobody can mean. Those that are missing here take any text.
INSTANTS = ("-1", "1.5", "soon", str(10**18), str(2**63), "9" * 5_000, "2026-13-01T00:00:00Z", "%FF", "%00")
LIMITS = ("0", "-1", str(10**9), str(10**30), "1.5", "ten", "true", "%00")
OFFSETS = ("-1", str(10**10), str(10**30), "1.5", "ten")
NAMES = ("nothingLikeThis", "-nothingLikeThis", "name;drop", "%FF", "%00", "key%0A")
KEYS = ("two%20words", "-dash", "a/b", "%C3%BC", "%00", "%FF", TOO_LONG)
FLAGS = ("maybe", "2", "%00")
NONSENSE = {
    "limit": LIMITS,
    "buckets": LIMITS,
    "bucketMs": ("0", "-1", "59999", str(10**12), str(10**30), "1.5", "day"),
    "offset": OFFSETS,
    "from": INSTANTS,
    "to": INSTANTS,
    "expiry": INSTANTS,
    "expand": NAMES,
    "sort": NAMES,
    "groupBy": NAMES,
    "bucketType": NAMES,
    "profile": NAMES,
    "frequency": NAMES,
    "status": NAMES,
    "global": NAMES,
    "impactSize": NAMES,
    "kind": NAMES,
    "filter": ("nothingLikeThis:x", "nothingLikeThis equals 7", "(((", "key anyOf [", "%FF", "%00"),
    "spec": ("proj/*:::", "%00", "%FF", TOO_LONG),
    "beforeId": ("x", "%00"),
    "showAll": FLAGS,
    "archived": FLAGS,
    "summary": FLAGS,
    "dryRun": FLAGS,
    "includeTotalCount": FLAGS,
    "continuationToken": ("nonsense", "%00", "====", TOO_LONG),
    "ignoreConflicts": FLAGS,
    "tz": (*NAMES, "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "Europe", TOO_LONG),
    "env": ("nothing-like-this", "%FF", "%00"),
    "hasExperiments": FLAGS,
    "projectKey": KEYS,
    "environmentKey": KEYS,
}
# The same names mean instants in one place, and cursors in the other.
CURSORS = ("nonsense", "%00", "====", "bm9uc2Vuc2U", TOO_LONG)
ANY_TEXT = {
    "applicationKey",
    "maintainerId",
    "maintainerTeamKey",
    "member",
    "token",
    "q",
    "query",
    "pre",
    "asOf",
    "tag",
    "clone",
    "repoName",
    "branchName",
    "projKey",
    "flagKey",
    "withBranches",
    "searchAfter",
    "withReferencesForDefaultBranch",
}


@pytest.fixture
def refused(api: Any, world: World) -> Refused:
    """Sends them all; each must be refused, and what is stored must stay as it was."""

    def send(requests: list[Sent], *allowed: int) -> None:
        assert requests
        before = world.contents()
        assert complaints(api, requests, frozenset(allowed)) == []
        assert world.contents() == before

    return send


def parameters(route: Route) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in msgspec.structs.fields(route.query):
        name = part.encode_name
        if (route.operation, name) == ("evaluateContextInstance", "limit"):
            # There it means all flags.
            yield name, tuple(limit for limit in LIMITS if limit != "-1")
            continue
        if (route.operation, name) == ("getSearchUsers", "filter"):
            # Any attribute may be asked for.
            yield name, ("%00", "%FF", ":x")
            continue
        if name in {"after", "before"}:
            yield name, INSTANTS if route.path.startswith("/api/v2/auditlog") else CURSORS
        else:
            yield name, NONSENSE.get(name, ("%00", "%FF", "%ED%A0%80"))


def asked(world: World, route: Route, name: str, value: str) -> Sent:
    """`value` is as it goes over the wire: percent-encoded."""
    sent = world.sent(route, f"{name}={value[:40]}", query={name: None})
    joint = "&" if "?" in sent.path else "?"
    return Sent(sent.operation, sent.what, sent.method, f"{sent.path}{joint}{name}={value}", sent.options)


def test_parameters__of_every_name__are_known_to_this_test() -> None:
    names = {name for route in QUERIED for name, _ in parameters(route)}
    assert names == NONSENSE.keys() | ANY_TEXT | {"after", "before"}


def test_queries__nonsense_in_any_parameter__is_refused(refused: Refused, world: World) -> None:
    refused(
        [
            asked(world, route, name, value)
            for route in QUERIED
            for name, values in parameters(route)
            for value in values
        ],
        400,
    )


def test_queries__required_parameter_missing__is_refused(refused: Refused, world: World) -> None:
    requests = [
        world.sent(route, f"without {part.encode_name}", query={part.encode_name: None})
        for route in QUERIED
        for part in msgspec.structs.fields(route.query)
        if part.required
    ]
    refused(requests, 400)


def test_queries__project_or_environment_of_nobody__is_not_found(refused: Refused, world: World) -> None:
    requests = [
        asked(world, route, part.encode_name, "nothing-has-this-key")
        for route in QUERIED
        for part in msgspec.structs.fields(route.query)
        if part.encode_name in {"projectKey", "environmentKey"}
    ]
    # An environment alone says nothing where the project may be left out.
    refused([r for r in requests if not r.what.startswith("environmentKey") or "projectKey" in r.path], 404)


def test_queries__from_after_to__is_refused(refused: Refused, world: World) -> None:
    spans = [("from", "to"), ("after", "before")]
    requests = []
    for route in QUERIED:
        names = {part.encode_name for part in msgspec.structs.fields(route.query)}
        for first, last in spans:
            if {first, last} <= names and (first == "from" or route.operation == "postAuditLogEntryCounts"):
                query = {first: "1780000000000", last: "1770000000000"}
                requests.append(world.sent(route, f"{first} after {last}", query=query))
    assert len(requests) > 5
    refused(requests, 400)


def test_queries__no_utf_8_or_endless__are_refused_where_they_are_read(
    refused: Refused, world: World
) -> None:
    endings = ["x=%FF", "%FF=x", "%00=x", "&".join(["x=1"] * 300), f"x={'y' * 20_000}"]
    requests = []
    for route in QUERIED:
        for ending in endings:
            sent = world.sent(route, ending[:40])
            joint = "&" if "?" in sent.path else "?"
            requests.append(
                Sent(sent.operation, sent.what, sent.method, sent.path + joint + ending, sent.options)
            )
    refused(requests, 400)


@pytest.mark.parametrize("text", ["'; DROP TABLE projects; --", "%", "_", "\\", '"', "ü", "𝄞", "a" * 200])
def test_queries__any_text__finds_or_finds_nothing(text: str, api: Any, world: World) -> None:
    """Words to search for may be anything; they are never taken for SQL or patterns."""
    before = world.contents()
    for route in OPERATIONS.values():
        names = {part.encode_name for part in msgspec.structs.fields(route.query)}
        for name in sorted(names & {"q", "query", "pre"}):
            request = asked(world, route, name, quote(text))
            response = api.request(request.method, request.path, **request.options)
            assert response.status_code == 200, f"{request}: {response.text}"
            assert response.json()["items"] == []
    assert world.contents() == before
