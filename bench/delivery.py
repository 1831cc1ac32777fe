"""Flags on their way to SDKs: streams, polls, values for a context, the list of flags; each beside something
else on the same machine.
"""

import base64
import json
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.evaluation import measure_evaluation
from bench.lines import ROUNDS, Line, compare_load, quantile, say
from bench.listeners import Listeners, listening
from bench.payloads import summary_of
from bench.server import TOKEN, Server, bare_peer, daybreak, fastapi_flags_peer, socket_peer

FLAGS = 100
SECONDS = 2.0
# Enough for a ninety-ninth percentile that is not simply the slowest.
TURNS = {1_000: 200, 5_000: 101}
GOALS_MS = {1_000: 50, 5_000: 250}
SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
PROJECT = "/api/v2/projects/web"
CONTEXT = {"kind": "user", "key": "ann", "email": "ann@acme.io", "country": "ch"}


@dataclass(frozen=True, slots=True)
class Keys:
    """What SDKs of the environment are initialized with."""

    sdk_key: str
    environment_id: str


def measure_delivery(place: Path) -> list[Line]:
    url = f"sqlite:///{place / 'flags.db'}"
    with daybreak(url) as server:
        say(f"{FLAGS} flags …")
        keys = make_flags(server)
    say("start to ready with flags …")
    lines = [_start(url)]
    for count in TURNS:
        lines += _streams(url, keys, place, count)
    with daybreak(url) as server:
        lines += _polls(server, keys, place)
        lines += _values(server, keys, place)
        lines.append(_payloads(server, keys, place))
        lines.append(measure_evaluation(server.get("/sdk/latest-all", keys.sdk_key), CONTEXT))
        lines.append(_list(server, place))
    return lines


def make_flags(server: Server) -> Keys:
    """A tenth is on for everybody, the others have one rule and a rollout."""
    server.send("POST", "/api/v2/projects", {"key": "web", "name": "Web"})
    everywhere = {"usingMobileKey": True, "usingEnvironmentId": True}
    for number in range(FLAGS):
        body = {"key": f"flag-{number}", "name": f"Flag {number}", "isFlagOn": True}
        made = server.send("POST", "/api/v2/flags/web", body | {"clientSideAvailability": everywhere})
        if number % 10:
            instruct(server, _targeting([each["_id"] for each in made["variations"]]), f"flag-{number}")
    environment = json.loads(server.get(f"{PROJECT}/environments/production"))
    return Keys(environment["apiKey"], environment["_id"])


def _targeting(variations: list[str]) -> list[dict[str, Any]]:
    clause = {"contextKind": "user", "attribute": "email", "op": "endsWith", "values": ["@acme.com"]}
    return [
        {"kind": "addRule", "clauses": [clause], "variationId": variations[1]},
        {
            "kind": "updateFallthroughVariationOrRollout",
            "rolloutWeights": dict(zip(variations, (60_000, 40_000), strict=True)),
        },
    ]


def instruct(server: Server, instructions: list[dict[str, Any]], key: str = "flag-0") -> None:
    body = {"environmentKey": "production", "instructions": instructions}
    server.send("PATCH", f"/api/v2/flags/web/{key}", body, SEMANTIC)


def _start(url: str) -> Line:
    times = []
    for _ in range(ROUNDS):
        with daybreak(url) as server:
            times.append(server.seconds_to_ready)
    seconds = statistics.median(times)
    return Line(f"from start to ready, {FLAGS} flags", f"{seconds:.2f} s", "under 1 s", seconds < 1)


def _streams(url: str, keys: Keys, place: Path, count: int) -> list[Line]:
    say(f"{count:,} streams …")
    first, change = place / "first", place / "change"
    with daybreak(url) as server:
        first.write_bytes(b"event: put\ndata: " + server.get("/sdk/latest-all", keys.sdk_key) + b"\n\n")
        change.write_bytes(b"event: patch\ndata: " + server.get("/sdk/flags/flag-0", keys.sdk_key) + b"\n\n")
        before = server.resident_megabytes()
        with listening(f"{server.address}/all", keys.sdk_key, count) as listeners:
            after = server.resident_megabytes()
            ours = _turns(server, listeners, TURNS[count])
            whole = server.resident_megabytes()
    with socket_peer(first, change) as peer, listening(f"{peer.address}/all", "", count) as listeners:
        floor = _turns(peer, listeners, TURNS[count])
    goal, p99 = GOALS_MS[count], quantile(ours, 0.99)
    each = 1024 * (after - before) / count
    lines = [
        Line(
            f"a PATCH at the last of {count:,} streams",
            f"p50 {quantile(ours, 0.5):.0f} ms, p99 {p99:.0f} ms; "
            f"bare sockets {quantile(floor, 0.5):.0f} and {quantile(floor, 0.99):.0f} ms",
            f"p99 under {goal} ms",
            p99 < goal,
        ),
        Line(f"memory of an idle stream, of {count:,}", f"{each:.0f} KiB", "under 40 KiB", each < 40),
    ]
    if count == 1_000:
        what = f"memory with {FLAGS} flags and {count:,} streams"
        lines.append(Line(what, f"{whole:.0f} MB", "under 120 MB", whole < 120))
    return lines


def _turns(server: Server, listeners: Listeners, turns: int) -> list[float]:
    """Milliseconds from before each PATCH to its last arrival."""
    times = []
    for turn in range(turns):
        # What the change before left to do is not measured.
        time.sleep(0.1)
        started = time.monotonic()
        instruct(server, [{"kind": "turnFlagOff" if turn % 2 == 0 else "turnFlagOn"}])
        times.append(1000 * (listeners.last_arrival() - started))
    return times


def _polls(server: Server, keys: Keys, place: Path) -> list[Line]:
    say("polls …")
    path, headers = "/sdk/latest-all", {"Authorization": keys.sdk_key}
    answer = server.get(path, keys.sdk_key)
    tag = server.header(path, headers, "etag")
    return [
        _against_bare(server, place, answer, "every flag, from stored bytes", path, headers, 8_000),
        _against_bare(
            server,
            place,
            answer,
            "every flag, unchanged",
            path,
            headers | {"If-None-Match": tag},
            12_000,
            status=304,
        ),
    ]


def _values(server: Server, keys: Keys, place: Path) -> list[Line]:
    say("values for a context …")
    path = path_of_values(keys)
    what = f"values of {FLAGS} flags for a context"
    return [_against_bare(server, place, server.get(path), what, path, {}, 3_000)]


def path_of_values(keys: Keys, context: Mapping[str, Any] = CONTEXT) -> str:
    encoded = base64.urlsafe_b64encode(json.dumps(dict(context)).encode()).decode().rstrip("=")
    return f"/sdk/evalx/{keys.environment_id}/contexts/{encoded}"


def _payloads(server: Server, keys: Keys, place: Path) -> Line:
    """Each flag with three outcomes: two variations, and the caller's default."""
    say("payloads of events …")
    payload, empty = place / "payload", place / "empty"
    now = int(time.time() * 1000)
    payload.write_text(json.dumps([summary_of(range(FLAGS), now)]))
    empty.write_bytes(b"")
    headers = {"Authorization": keys.sdk_key, "Content-Type": "application/json"}
    with bare_peer(empty, 202) as peer:
        own, bare = compare_load(server, peer, "/bulk", headers, SECONDS, rounds=3, status=202, sent=payload)
    rate, floor = own.requests_per_second, bare.requests_per_second
    return Line(
        f"payloads of a summary of {FLAGS} flags, per second against bare Starlette",
        f"{rate:,.0f} to {floor:,.0f} = {rate / floor:.2f} times, p99 {own.p99_ms:.1f} ms",
        "4,000 or more",
        rate >= 4_000,
    )


def _against_bare(
    server: Server,
    place: Path,
    answer: bytes,
    what: str,
    path: str,
    headers: Mapping[str, str],
    goal: int,
    *,
    status: int = 200,
) -> Line:
    kept = place / "answer"
    kept.write_bytes(answer)
    with bare_peer(kept, status) as peer:
        own, bare = compare_load(server, peer, path, headers, SECONDS, rounds=3, status=status)
    rate, floor = own.requests_per_second, bare.requests_per_second
    return Line(
        f"{what}, requests per second against bare Starlette",
        f"{rate:,.0f} to {floor:,.0f} = {rate / floor:.2f} times, p99 {own.p99_ms:.1f} ms",
        f"{goal:,} or more",
        rate >= goal,
    )


def _list(server: Server, place: Path) -> Line:
    say("the list of flags beside FastAPI …")
    path, kept = f"/api/v2/flags/web?limit={FLAGS}", place / "list.json"
    kept.write_bytes(server.get(path))
    with fastapi_flags_peer(kept) as peer:
        own, other = compare_load(server, peer, path, {"Authorization": TOKEN}, SECONDS, rounds=3)
    ratio = own.requests_per_second / other.requests_per_second
    return Line(
        f"a list of {FLAGS} flags, requests per second against FastAPI",
        f"{own.requests_per_second:,.0f} to {other.requests_per_second:,.0f} = {ratio:.1f} times, "
        f"p99 {own.p99_ms:.0f} ms",
        "2,000 or more, p99 under 15 ms, 3 times or more",
        own.requests_per_second >= 2_000 and own.p99_ms < 15 and ratio >= 3,
    )
