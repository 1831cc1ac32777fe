"""The table of docs/benchmarks.md: a part of the bench takes the place of what it measured before."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.lines import Line
from bench.machine import describe_machine
from bench.soak import SOAK

REPORT = Path("docs/benchmarks.md")

_INTRODUCTION = """# Benchmarks

Made by `make bench` and `make soak` on {machine}.

The account holds {rows:,} deployments and as many pull requests: 200 applications, 20 environments, one of
which holds a quarter. The load client and every peer run on the same machine, in turn with Daybreak.
PostgreSQL is started without waiting for the disk (`fsync` off, 32 MB of shared buffers), for everybody who
uses it. Shared machines are noisy: read ratios, not absolute numbers. The memory of a soak is without pages
of files: those of SQLite's database are mapped, and given back to whoever needs them.

Unleash is its open-source server as its package starts it (`NODE_ENV=production`), one process as Daybreak
is, on the same PostgreSQL server, with flags that mean the same; neither limits requests, and both are warm.
The dashboards' queries are written anew, from what [Apache DevLake](https://devlake.apache.org/docs/DORA) and
[Four Keys](https://github.com/dora-team/fourkeys) document, over tables of their shape that hold the same
deployments and pull requests.

"""


def print_lines(lines: Sequence[Line]) -> None:
    print(_table(_rows(lines).values()))


def keep_report(lines: Sequence[Line], rows: int, *, is_whole: bool) -> None:
    """A run of everything takes the place of everything but the soak, which is a run of its own."""
    standing = _read_report()
    kept = {what: row for what, row in standing.items() if not is_whole or what.startswith(SOAK)}
    text = _table(((_rows(lines) | kept) if is_whole else (kept | _rows(lines))).values())
    REPORT.write_text(_INTRODUCTION.format(rows=rows, machine=describe_machine()) + text + "\n")


def _rows(lines: Sequence[Line]) -> dict[str, str]:
    return {x.what: f"| {x.what} | {x.measured} | {x.goal} | {'yes' if x.is_met else 'NO'} |" for x in lines}


def _table(rows: Iterable[str]) -> str:
    return "\n".join(["| what | measured | goal | met |", "|---|---|---|---|", *rows])


def _read_report() -> dict[str, str]:
    """What stands in the report, by what was measured."""
    rows = [line for line in REPORT.read_text().splitlines() if line.startswith("| ")]
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows[1:]}
