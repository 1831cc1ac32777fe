"""`make bench`: measures, prints a table with ratios, and keeps it in docs/benchmarks.md.

python -m bench [--rows N]      a smaller account is quicker and says less
python -m bench --delivery      only what concerns flags
python -m bench --roles         only what policies cost
python -m bench --interface     only the web interface in a browser
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench.account import Account, generate
from bench.delivery import measure_delivery
from bench.history import make_repository
from bench.interface import measure_interface
from bench.lines import ROUNDS, SECONDS, Line, compare_load, say, timed
from bench.roles import measure_roles
from bench.server import TOKEN, Server, daybreak, fastapi_peer
from databases import fresh_postgresql_database, postgresql_server
from daybreak.platform.clock import DAY, HOUR, SystemClock
from daybreak.platform.database import Database
from daybreak.platform.schema import migrate

SCORES = "/api/v2/engineering-insights/insights/scores"
REPORT = Path("docs/benchmarks.md")


_INTRODUCTION = """# Benchmarks

Made by `make bench` on a machine with {cores} cores, Python {version}, with an account of {rows:,}
deployments and as many pull requests: 200 applications, 20 environments, one of which holds a quarter. The
load client runs on the same machine. Shared machines are noisy: read ratios, not absolute numbers.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="deployments, and pull requests")
    parser.add_argument("--delivery", action="store_true", help="only flags and their streams")
    parser.add_argument("--roles", action="store_true", help="only what policies cost")
    parser.add_argument("--interface", action="store_true", help="only the web interface")
    given = parser.parse_args()
    rows, lines = given.rows, list[Line]()
    parts: list[tuple[bool, Callable[[Path], list[Line]]]] = [
        (given.delivery, measure_delivery),
        (given.roles, measure_roles),
        (given.interface, partial(_measure_interface_alone, rows)),
    ]
    for is_asked, measure in parts:
        if is_asked:
            with tempfile.TemporaryDirectory(prefix="daybreak-bench-") as folder:
                report(measure(Path(folder)), rows, is_whole=False)
            return
    with tempfile.TemporaryDirectory(prefix="daybreak-bench-") as folder, ExitStack() as stack:
        place = Path(folder)
        lines += measure_start(place)
        lines += measure_import(place)
        lines += measure_delivery(place)
        lines += measure_roles(place)
        url = f"sqlite:///{place / 'account.db'}"
        lines += measure_scores("SQLite", url, rows, compare=True)
        lines += measure_interface(url)
        server = stack.enter_context(postgresql_server())
        url = stack.enter_context(fresh_postgresql_database(server))
        lines += measure_scores("PostgreSQL", url, rows, compare=False)
    report(lines, rows, is_whole=True)


def measure_start(place: Path) -> list[Line]:
    say("start and idle memory …")
    url = f"sqlite:///{place / 'empty.db'}"
    with daybreak(url):
        pass
    times, memory = [], 0.0
    for _ in range(ROUNDS):
        with daybreak(url) as server:
            times.append(server.seconds_to_ready)
            memory = max(memory, server.resident_megabytes())
    seconds = statistics.median(times)
    return [
        Line("from start to ready, existing database", f"{seconds:.2f} s", "under 1 s", seconds < 1),
        Line("idle memory", f"{memory:.0f} MB", "under 100 MB", memory < 100),
    ]


def measure_import(place: Path) -> list[Line]:
    say("importing a git history …")
    repository = place / "repository"
    make_repository(repository, commits=5_000, tags=600)
    command = [sys.executable, "-m", "daybreak", "import", "git", str(repository)]
    command += ["--project", "bench", "--environment", "production", "--application", "bench", "--json"]
    command += ["--database", f"sqlite:///{place / 'import.db'}"]
    times = [timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(2)]
    first, second = (took / 1000 for took in times)
    return [
        Line("import of 5,000 commits and 600 tags", f"{first:.1f} s", "under 10 s", first < 10),
        Line("the same import again, nothing new", f"{second:.1f} s", "", is_met=True),
    ]


def measure_scores(engine: str, url: str, rows: int, *, compare: bool) -> list[Line]:
    say(f"{engine}: generating {rows:,} deployments and pull requests …")
    account = _make_account(url, rows)
    now = account.now
    say(f"{engine}: scores …")
    scope = f"{SCORES}?projectKey={account.project_key}&environmentKey={account.environment_key}"
    with daybreak(url) as server:
        whole = _median(server, scope, now)
        single = _median(server, f"{scope}&applicationKey={account.application_key}", now)
        lines = [
            Line(f"scores of an environment, {engine}", f"{whole:.1f} ms", "under 50 ms median", whole < 50),
            Line(f"scores of an application, {engine}", f"{single:.1f} ms", "under 5 ms median", single < 5),
        ]
        return lines + (_compare(server, scope) if compare else [])


def _make_account(url: str, rows: int) -> Account:
    now = SystemClock().now() // HOUR * HOUR
    account = Account(deployments=rows, pull_requests=rows, now=now)
    database = Database(url)
    migrate(database)
    generate(database, account)
    database.close()
    return account


def _measure_interface_alone(rows: int, place: Path) -> list[Line]:
    url = f"sqlite:///{place / 'account.db'}"
    _make_account(url, rows)
    return measure_interface(url)


def _median(server: Server, path: str, now: int) -> float:
    """Each request asks for another hour, so that none is answered from memory; all on one connection."""
    with closing(HTTPConnection(urlsplit(server.address).netloc, timeout=60)) as connection:

        def ask(hour: int) -> None:
            to = now - hour * HOUR - DAY
            connection.request("GET", f"{path}&to={to}", headers={"Authorization": TOKEN})
            response = connection.getresponse()
            content = response.read()
            assert response.status == 200, content

        for hour in range(10):
            ask(100 + hour)
        return statistics.median(timed(partial(ask, hour)) for hour in range(60))


def _compare(server: Server, path: str) -> list[Line]:
    say("side by side with FastAPI …")
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        answer.write_bytes(server.get(path))
        with fastapi_peer(answer) as peer:
            json.loads(peer.get(path))
            own, other = compare_load(server, peer, path, {"Authorization": TOKEN}, SECONDS)
    ratio = own.requests_per_second / other.requests_per_second
    return [
        Line(
            "an unchanged score, requests per second against FastAPI",
            f"{own.requests_per_second:,.0f} to {other.requests_per_second:,.0f} = {ratio:.1f} times, "
            f"p50 {own.median_ms:.1f} ms",
            "3 times or more",
            ratio >= 3,
        )
    ]


def table(rows: Iterable[str]) -> str:
    return "\n".join(["| what | measured | goal | met |", "|---|---|---|---|", *rows])


def report(lines: Sequence[Line], rows: int, *, is_whole: bool) -> None:
    """Prints the lines and keeps them: a part of the bench takes the place of what it measured before."""
    measured = {
        x.what: f"| {x.what} | {x.measured} | {x.goal} | {'yes' if x.is_met else 'NO'} |" for x in lines
    }
    print(table(measured.values()))
    kept = {} if is_whole else _read_report()
    text = table((kept | measured).values())
    REPORT.write_text(
        _INTRODUCTION.format(rows=rows, cores=_cores(), version=platform.python_version()) + text + "\n"
    )


def _read_report() -> dict[str, str]:
    """What stands in the report, by what was measured."""
    rows = [line for line in REPORT.read_text().splitlines() if line.startswith("| ")]
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows[1:]}


def _cores() -> int:
    return len(Path("/proc/cpuinfo").read_text().split("processor\t")) - 1


if __name__ == "__main__":
    main()
