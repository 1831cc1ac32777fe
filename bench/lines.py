"""What measurements are made of: lines of the table, timings, and two servers loaded in turn."""

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.load import Load, run_load
from bench.server import Server

ROUNDS = 5
SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: what was measured, what it came to, what it should come to."""

    what: str
    measured: str
    goal: str
    is_met: bool


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def timed(action: Callable[[], object]) -> float:
    """Milliseconds that `action` took."""
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for under load. Any other status is an error; what the file `sent` holds is posted."""

    url: str
    headers: Mapping[str, str]
    status: int = 200
    sent: Path | None = None

    def load(self, seconds: float) -> Load:
        return run_load(self.url, self.headers, seconds, self.status, self.sent)


def compare(own: Target, other: Target, seconds: float, rounds: int = ROUNDS) -> tuple[Load, Load]:
    """Both under load in turn, so that a noisy moment meets both. Medians over the rounds."""
    pairs = [(own.load(seconds), other.load(seconds)) for _ in range(rounds)]
    if any(load.errors for pair in pairs for load in pair):
        message = f"errors under load of {own.url} or {other.url}: {pairs}"
        raise RuntimeError(message)
    ours, theirs = (_middle([pair[side] for pair in pairs]) for side in (0, 1))
    return ours, theirs


def compare_load(
    own: Server,
    other: Server,
    path: str,
    headers: Mapping[str, str],
    seconds: float,
    rounds: int = ROUNDS,
    status: int = 200,
    sent: Path | None = None,
) -> tuple[Load, Load]:
    """The same requests to both."""
    targets = [Target(server.address + path, headers, status, sent) for server in (own, other)]
    return compare(targets[0], targets[1], seconds, rounds)


def _middle(loads: Sequence[Load]) -> Load:
    return Load(
        statistics.median(load.requests_per_second for load in loads),
        statistics.median(load.median_ms for load in loads),
        statistics.median(load.p99_ms for load in loads),
        0,
    )
