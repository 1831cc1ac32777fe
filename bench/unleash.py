"""Daybreak beside Unleash: one process each, one PostgreSQL server, as many flags that mean the same."""

import json
import statistics
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.delivery import CONTEXT, FLAGS, Keys, instruct, make_flags, path_of_values
from bench.lines import Line, Target, compare, say, timed
from bench.propagation import measure_propagation
from bench.server import TOKEN, Server, daybreak
from bench.unleash_server import ADMIN, BACKEND, FRONTEND, turn, unleash, version_of
from bench.unleash_server import make_flags as make_unleash_flags
from databases import fresh_postgresql_database, postgresql_server

SECONDS = 2.0
ROUNDS = 3
# Programs in Node get quicker while they run.
SECONDS_TO_WARM_UP = 3.0
TURNS = 21
OF_ACME = CONTEXT | {"email": "ann@acme.com"}

LIST = f"/api/v2/flags/web?limit={FLAGS}"
# What its pages ask for, with the largest page they may.
UNLEASH_LIST = f"/api/admin/search/features?project=IS%3Adefault&limit={FLAGS}&offset=0"
UNLEASH_EVERYTHING = "/api/client/features"
# What its SDK sends, and what makes the answer small: segments once, and not in every flag.
UNLEASH_SDK = {"Authorization": BACKEND, "Unleash-Client-Spec": "5.2.0"}


def measure_unleash(place: Path) -> list[Line]:  # noqa: ARG001 - all parts are given a folder
    say(f"Unleash {version_of('unleash-server')}: start …")
    with (
        postgresql_server() as databases,
        fresh_postgresql_database(databases) as own_url,
        fresh_postgresql_database(databases) as other_url,
        daybreak(own_url) as own,
        unleash(other_url) as other,
    ):
        say(f"{FLAGS} flags in both …")
        keys = make_flags(own)
        make_unleash_flags(other, FLAGS)
        _require_same_answers(own, other, keys)
        lines = [
            _compared("a list of {flags} flags", *_lists(own, other)),
            _after_a_change(own, other),
            _compared("values of {flags} flags for a context", *_values(own, other, keys)),
            _compared("every flag for an SDK", *_everything(own, other, keys)),
            _compared("every flag for an SDK, unchanged", *_unchanged(own, other, keys)),
            _memory(own, other),
        ]
        return lines + measure_propagation(own, keys, other)


def _require_same_answers(own: Server, other: Server, keys: Keys) -> None:
    """Both must have made the same of the flags: for people at acme.com just those that are on for everybody,
    for others these and some of the rest.
    """
    for_all = {f"flag-{number}" for number in range(0, FLAGS, 10)}
    ours, theirs = (
        (_on_of_ours(own, keys, context), _on_of_theirs(other, context)) for context in (OF_ACME, CONTEXT)
    )
    if ours != (for_all, for_all) or not all(for_all < each < _names() for each in theirs):
        message = f"the flags do not mean the same: {ours} {theirs}"
        raise RuntimeError(message)


def _names() -> set[str]:
    return {f"flag-{number}" for number in range(FLAGS)}


def _on_of_ours(server: Server, keys: Keys, context: dict[str, Any]) -> set[str]:
    values = json.loads(server.get(path_of_values(keys, context)))
    return {key for key, each in values.items() if each["value"]}


def _on_of_theirs(server: Server, context: dict[str, Any]) -> set[str]:
    toggles = json.loads(server.get(_path_of_their_values(context), FRONTEND))["toggles"]
    return {each["name"] for each in toggles if each["enabled"]}


def _path_of_their_values(context: dict[str, Any]) -> str:
    properties = {"email": context["email"], "properties[country]": context["country"]}
    return f"/api/frontend?{urlencode({'userId': context['key'], **properties})}"


def _lists(own: Server, other: Server) -> tuple[Target, Target]:
    return (
        Target(own.address + LIST, {"Authorization": TOKEN}),
        Target(other.address + UNLEASH_LIST, {"Authorization": ADMIN}),
    )


def _values(own: Server, other: Server, keys: Keys) -> tuple[Target, Target]:
    return (
        Target(own.address + path_of_values(keys), {}),
        Target(other.address + _path_of_their_values(CONTEXT), {"Authorization": FRONTEND}),
    )


def _everything(own: Server, other: Server, keys: Keys) -> tuple[Target, Target]:
    return (
        Target(f"{own.address}/sdk/latest-all", {"Authorization": keys.sdk_key}),
        Target(other.address + UNLEASH_EVERYTHING, UNLEASH_SDK),
    )


def _unchanged(own: Server, other: Server, keys: Keys) -> tuple[Target, Target]:
    ours, theirs = _everything(own, other, keys)
    own_tag = own.header("/sdk/latest-all", ours.headers, "etag")
    other_tag = other.header(UNLEASH_EVERYTHING, UNLEASH_SDK, "etag")
    return (
        Target(ours.url, {**ours.headers, "If-None-Match": own_tag}, 304),
        Target(theirs.url, {**theirs.headers, "If-None-Match": other_tag}, 304),
    )


def _compared(what: str, own: Target, other: Target) -> Line:
    what = what.format(flags=FLAGS)
    say(f"{what} …")
    for each in (own, other):
        each.load(SECONDS_TO_WARM_UP)
    ours, theirs = compare(own, other, SECONDS, ROUNDS)
    ratio = ours.requests_per_second / theirs.requests_per_second
    return Line(
        f"{what}, requests per second against Unleash",
        f"{ours.requests_per_second:,.0f} to {theirs.requests_per_second:,.0f} = {ratio:.1f} times; "
        f"p99 {ours.p99_ms:.1f} to {theirs.p99_ms:.1f} ms",
        "more",
        ratio > 1,
    )


def _after_a_change(own: Server, other: Server) -> Line:
    """The list that nobody has asked for since the last change: nothing of it is remembered."""
    say("a list right after a change …")
    ours: list[float] = []
    theirs: list[float] = []
    for turned in range(TURNS):
        is_on = turned % 2 == 1
        instruct(own, [{"kind": "turnFlagOn" if is_on else "turnFlagOff"}], "flag-1")
        ours.append(timed(partial(own.get, LIST)))
        turn(other, "flag-1", is_on=is_on)
        theirs.append(timed(partial(other.get, UNLEASH_LIST, ADMIN)))
    own_ms, other_ms = statistics.median(ours), statistics.median(theirs)
    return Line(
        f"the list of {FLAGS} flags right after a change, against Unleash",
        f"{own_ms:.1f} to {other_ms:.1f} ms = {other_ms / own_ms:.1f} times",
        "less",
        own_ms < other_ms,
    )


def _memory(own: Server, other: Server) -> Line:
    ours, theirs = own.resident_megabytes(), other.resident_megabytes()
    return Line(
        f"memory with {FLAGS} flags after these loads, against Unleash",
        f"{ours:.0f} to {theirs:.0f} MB = {ours / theirs:.2f} times",
        "less",
        ours < theirs,
    )
