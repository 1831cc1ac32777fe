"""From a change to those who wait for it, by the official SDKs: ours stream, those of Unleash ask again and
again.
"""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.delivery import Keys, instruct
from bench.lines import Line, quantile, say
from bench.processes import guarded
from bench.server import Server
from bench.unleash_server import BACKEND, node, turn

CLIENTS = 20
# Milliseconds between two polls: what is set where it must be quick, and the SDK's default.
OFTEN, DEFAULT = 1_000, 15_000
TURNS = {OFTEN: 10, DEFAULT: 3}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The process of the SDKs, all of which have begun."""

    process: subprocess.Popen[str]

    def arrivals(self) -> list[float]:
        """When each client saw the change, in seconds of `time.monotonic`."""
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline() for _ in range(CLIENTS)]
        if not all(lines):
            message = f"{lines.count('')} of {CLIENTS} SDKs did not hear of a change within a minute"
            raise RuntimeError(message)
        return [int(line) / 1e9 for line in lines]


def measure_propagation(own: Server, keys: Keys, other: Server) -> list[Line]:
    return [_measure(own, keys, other, interval) for interval in TURNS]


def _measure(own: Server, keys: Keys, other: Server, interval: int) -> Line:
    say(f"from a change to {CLIENTS} SDKs, polling each {interval // 1000} s …")
    with (
        _waiting("launchdarkly", own, keys.sdk_key, interval) as ours,
        _waiting("unleash", other, BACKEND, interval) as theirs,
    ):
        own_ms: list[float] = []
        other_ms: list[float] = []
        for number in range(TURNS[interval]):
            # The flag is on for everybody, and at the end again.
            for is_on in (False, True):
                # At any moment of those in which its server asks whether anything changed.
                time.sleep(0.1 + random.random())
                own_ms += _time(ours, _turning_ours(own, is_on=is_on))
                other_ms += _time(theirs, _turning_theirs(other, is_on=is_on))
            say(f"  {number + 1} of {TURNS[interval]}")
    p50, p99 = quantile(own_ms, 0.5), quantile(own_ms, 0.99)
    other_p50, other_p99 = quantile(other_ms, 0.5), quantile(other_ms, 0.99)
    how = "their default" if interval == DEFAULT else "set to 1 s"
    return Line(
        f"from a change to an SDK's value: our stream against Unleash's polling, {how}",
        f"p50 {p50:.0f} ms to {other_p50:,.0f} ms, p99 {p99:.0f} ms to {other_p99:,.0f} ms "
        f"= {other_p50 / p50:,.0f} times",
        "less",
        p50 < other_p50,
    )


def _turning_ours(server: Server, *, is_on: bool) -> Callable[[], None]:
    return lambda: instruct(server, [{"kind": "turnFlagOn" if is_on else "turnFlagOff"}])


def _turning_theirs(server: Server, *, is_on: bool) -> Callable[[], None]:
    return lambda: turn(server, "flag-0", is_on=is_on)


def _time(waiting: _Waiting, change: Callable[[], None]) -> list[float]:
    """Milliseconds from before the change to each client's value."""
    began = time.monotonic()
    change()
    return [1000 * (arrival - began) for arrival in waiting.arrivals()]


@contextmanager
def _waiting(vendor: str, server: Server, key: str, interval: int) -> Iterator[_Waiting]:
    command = [node(), "bench/node/waiting.mjs", vendor, server.address, key, str(CLIENTS), str(interval)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with guarded(process):
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            message = f"the SDKs of {server.address} did not begin"
            raise RuntimeError(message)
        yield _Waiting(process)
