"""`make bench`: measures, prints a table with ratios, and keeps it in docs/benchmarks.md.

python -m bench                 everything but the soak
python -m bench --rows N        a smaller account is quicker and says less; its lines are not kept
python -m bench --delivery      only what concerns flags
python -m bench --roles         only what policies cost
python -m bench --interface     only the web interface in a browser
python -m bench --unleash       only Unleash beside it
python -m bench --dashboards    only the score beside the queries of other dashboards
python -m bench --sums          only scores of a time whose deployments have been added up
python -m bench --capacity      only what each unit of use costs
python -m bench --faults        only what becomes of a server when something goes wrong
python -m bench --soak          50 minutes at half of the highest rate (`make soak`)
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.capacity import measure_capacity
from bench.dashboards import measure_dashboards
from bench.delivery import measure_delivery
from bench.faults import measure_faults
from bench.history import make_repository
from bench.interface import measure_interface
from bench.lines import ROUNDS, Line, say, timed
from bench.postgresql import fresh_database
from bench.report import keep_report, print_lines
from bench.roles import measure_roles
from bench.scores import make_account, measure_scores
from bench.server import daybreak
from bench.soak import measure_soak
from bench.sums import measure_sums
from bench.unleash import measure_unleash

# What is kept is measured at this size, and for so long.
ROWS, MINUTES = 1_000_000, 30.0

Part = Callable[[Path], list[Line]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS
    )
    parser.add_argument("--rows", type=int, default=ROWS, help="deployments, and pull requests")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long the soak runs")
    for name in _parts(ROWS, MINUTES):
        parser.add_argument(f"--{name}", action="store_true", help="only this")
    given = parser.parse_args()
    parts = _parts(given.rows, given.minutes)
    chosen = [name for name in parts if getattr(given, name)]
    with tempfile.TemporaryDirectory(prefix="daybreak-bench-") as folder:
        place = Path(folder)
        lines = (
            [line for name in chosen for line in parts[name](place)]
            if chosen
            else _measure_whole(place, given.rows)
        )
    print_lines(lines)
    if given.rows == ROWS and ("soak" not in chosen or given.minutes >= MINUTES):
        keep_report(lines, ROWS, is_whole=not chosen)


def _parts(rows: int, minutes: float) -> dict[str, Part]:
    """What can be measured alone, by its flag."""
    return {
        "delivery": measure_delivery,
        "roles": measure_roles,
        "interface": partial(_measure_interface_alone, rows),
        "unleash": measure_unleash,
        "dashboards": partial(_measure_dashboards_alone, rows),
        "sums": partial(_measure_sums_alone, rows),
        "capacity": measure_capacity,
        "faults": measure_faults,
        "soak": partial(measure_soak, rows, minutes),
    }


def _measure_whole(place: Path, rows: int) -> list[Line]:
    url = f"sqlite:///{place / 'account.db'}"
    lines = measure_start(place) + measure_import(place) + measure_delivery(place)
    account_in_file = make_account(url, rows)
    lines += measure_scores("SQLite", url, account_in_file, compare=True)
    with fresh_database() as url_on_postgresql:
        account = make_account(url_on_postgresql, rows)
        lines += measure_scores("PostgreSQL", url_on_postgresql, account, compare=False)
        lines += measure_dashboards(url_on_postgresql, account)
        lines += measure_sums("PostgreSQL", url_on_postgresql, account)
    lines += measure_roles(place) + measure_interface(url)
    lines += measure_sums("SQLite", url, account_in_file)
    return lines + measure_unleash(place) + measure_capacity(place) + measure_faults(place)


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


def _measure_interface_alone(rows: int, place: Path) -> list[Line]:
    url = f"sqlite:///{place / 'account.db'}"
    make_account(url, rows)
    return measure_interface(url)


def _measure_dashboards_alone(rows: int, place: Path) -> list[Line]:  # noqa: ARG001 - as all parts
    with fresh_database() as url:
        return measure_dashboards(url, make_account(url, rows))


def _measure_sums_alone(rows: int, place: Path) -> list[Line]:
    url = f"sqlite:///{place / 'account.db'}"
    lines = measure_sums("SQLite", url, make_account(url, rows))
    with fresh_database() as url_on_postgresql:
        account = make_account(url_on_postgresql, rows)
        return lines + measure_sums("PostgreSQL", url_on_postgresql, account)


if __name__ == "__main__":
    main()
