"""A long time at half of the highest rate: memory must stay where it is, and nothing may fail."""

import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench.delivery import instruct, make_flags
from bench.lines import Line, say
from bench.mix import RECONNECTS_PER_SECOND, STREAMS
from bench.mix_requests import EVALUATIONS_OF_A_PAYLOAD, Place, change_of
from bench.postgresql import fresh_database, tidy_up
from bench.processes import guarded, with_children
from bench.scores import make_account, scope_of
from bench.server import Server, daybreak
from daybreak.areas.flags.evaluation_counts.tables import evaluation_counts
from daybreak.delivery.history import MOST_CHANGES
from daybreak.platform.database import Database

# How its lines begin, by which they are known in the report.
SOAK = "a soak"
MOST_ROWS = 100_000
WORKERS = 2
SECONDS_BETWEEN_SAMPLES = 10.0
SAMPLES_BETWEEN_TIDYINGS = 6
LEAST_SAMPLES = 12
SECONDS_TO_FIND_THE_RATE = 60.0
# What is answered for is in the database soon after.
SECONDS_TO_WRITE = 5.0
# Contexts are remembered for ten minutes at most: from then on nothing has a reason to grow.
SECONDS_TO_SETTLE = 600.0
# Memory is flat if the line through the samples from then on rises by less than this share of their mean: in
# twenty minutes of a thousand requests a second, about five bytes per request.
FLAT = 0.02
# Of the changes that are heard as such: a stream that comes back finds others in what it gets first.
MOST = 0.95


@dataclass(frozen=True, slots=True)
class _Sample:
    """Memory of all processes of the server, without pages of files, and which processes these are."""

    seconds: float
    megabytes: float
    processes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Soaked:
    """What came of it: what the load client tells, and what was seen of the server meanwhile."""

    load: dict[str, Any]
    samples: Sequence[_Sample]

    @property
    def settled_at(self) -> float:
        """Seconds from the beginning, from which growth is judged."""
        return min(SECONDS_TO_SETTLE, self.samples[-1].seconds / 2)

    @property
    def growth(self) -> float:
        """Of the line through what came after it had settled, as a share of the mean."""
        settled = [each for each in self.samples if each.seconds >= self.settled_at]
        times, sizes = [each.seconds for each in settled], [each.megabytes for each in settled]
        slope = statistics.linear_regression(times, sizes).slope
        return slope * (times[-1] - times[0]) / statistics.fmean(sizes)

    @property
    def has_lost_a_process(self) -> bool:
        return len({each.processes for each in self.samples}) > 1

    @property
    def heard(self) -> float:
        """The share of the changes that came to the streams. One that is just opening gets all at once."""
        return float(self.load["heard"] / (self.load["changes"] * STREAMS))


def measure_soak(rows: int, minutes: float, place: Path) -> list[Line]:
    """On PostgreSQL with two processes; then two thirds of the time on SQLite, with one. The account has
    `rows` deployments, but not more than can be made in half a minute.
    """
    rows = min(rows, MOST_ROWS)
    with fresh_database() as url:
        line = _soak(f"PostgreSQL, {WORKERS} processes", url, rows, minutes, "--workers", str(WORKERS))
    return [line, _soak("SQLite, 1 process", f"sqlite:///{place / 'soak.db'}", rows, minutes * 2 / 3)]


def _soak(engine: str, url: str, rows: int, minutes: float, *options: str) -> Line:
    say(f"{SOAK} on {engine} …")
    account = make_account(url, rows)
    seconds = 60 * minutes
    with daybreak(url, *options) as server:
        keys = make_flags(server)
        place = Place(server.address, keys.sdk_key, keys.environment_id, scope_of(account))
        say("the highest rate …")
        tidy = partial(tidy_up, url)
        trial = _run(server, place, None, min(SECONDS_TO_FIND_THE_RATE, seconds / 4), tidy).load
        highest = trial["requests"] / trial["seconds"]
        changes = _fill_history(server, trial["changes"])
        say(f"{minutes:g} minutes at half of {highest:,.0f} requests per second …")
        soaked = _run(server, replace(place, changes=changes), highest / 2, seconds, tidy)
        time.sleep(SECONDS_TO_WRITE)
        lost = EVALUATIONS_OF_A_PAYLOAD * (trial["payloads"] + soaked.load["payloads"]) - _read_counts(url)
    return _line(engine, minutes, trial, soaked, lost)


def _fill_history(server: Server, changes: int) -> int:
    """As many further changes as an environment remembers, and how many there were then: memory grows until
    it has them.
    """
    for number in range(changes, changes + MOST_CHANGES):
        kind, key = change_of(number)
        instruct(server, [{"kind": kind}], key)
    return changes + MOST_CHANGES


def _line(engine: str, minutes: float, trial: dict[str, Any], soaked: _Soaked, lost: int) -> Line:
    load, samples = soaked.load, soaked.samples
    highest, asked = trial["requests"] / trial["seconds"], trial["requests"] + load["requests"]
    p50s, p99s = zip(*(each["all"] for each in load["minutes"]), strict=True)
    # What failed at the highest rate has failed, too.
    failures = Counter(trial["errors"]) + Counter(load["errors"])
    errors = failures.total()
    named = f" ({', '.join(failures)})" if failures else ""
    ended = ", a process ended" if soaked.has_lost_a_process else ""
    return Line(
        f"{SOAK} of {minutes:g} minutes, {engine}: half of the mix's highest rate, a change each second, "
        f"{STREAMS} streams of which {RECONNECTS_PER_SECOND} come back each second",
        f"{load['requests'] / load['seconds']:,.0f} of {highest:,.0f} requests per second; "
        f"{errors} errors{named} of {asked:,}{ended}, {lost:,} evaluations lost, "
        f"{100 * soaked.heard:.1f} % of the changes heard by each stream; "
        f"p50 {statistics.median(p50s):.1f} ms, p99 {statistics.median(p99s):.1f} ms, in the worst minute "
        f"{max(p99s):.1f} ms; memory {samples[0].megabytes:.0f} MB at first and "
        f"{samples[-1].megabytes:.0f} MB at last, {100 * soaked.growth:+.1f} % after the first "
        f"{soaked.settled_at / 60:.0f} minutes",
        f"no error, nothing lost, {100 * MOST:.0f} % heard, growth under {100 * FLAT:.0f} %",
        not errors
        and not lost
        and soaked.heard > MOST
        and soaked.growth < FLAT
        and not soaked.has_lost_a_process,
    )


def _run(
    server: Server, place: Place, rate: float | None, seconds: float, tidy: Callable[[], None]
) -> _Soaked:
    """`rate` requests a second, or as many as there can be; each minute the database is tidied."""
    samples: list[_Sample] = []
    pause = min(SECONDS_BETWEEN_SAMPLES, seconds / LEAST_SAMPLES)
    with _mixing(place, rate, seconds) as process:
        began = time.monotonic()
        while True:
            try:
                told, _ = process.communicate(timeout=pause)
                break
            except subprocess.TimeoutExpired:
                passed = time.monotonic() - began
                processes = tuple(with_children(server.pid))
                samples.append(_Sample(passed, server.own_megabytes(), processes))
                if len(samples) % SAMPLES_BETWEEN_TIDYINGS == 0:
                    tidy()
                if passed > seconds + 120:
                    raise
    if process.returncode:
        message = f"the load client ended with {process.returncode}"
        raise RuntimeError(message)
    return _Soaked(json.loads(told), samples)


@contextmanager
def _mixing(place: Place, rate: float | None, seconds: float) -> Iterator[subprocess.Popen[str]]:
    given = json.dumps([asdict(place), rate, seconds])
    process = subprocess.Popen([sys.executable, "-m", "bench.mix", given], stdout=subprocess.PIPE, text=True)
    with guarded(process):
        yield process


def _read_counts(url: str) -> int:
    """How many evaluations are in the database."""
    database = Database(url)
    with database.reading() as db:
        total = db.execute(select(func.coalesce(func.sum(evaluation_counts.c.evaluations), 0))).scalar_one()
    database.close()
    return int(total)
