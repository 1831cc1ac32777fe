"""Scores of a time whose deployments have been added up by the day, beside the same scores of their rows."""

import statistics
import time

from sqlalchemy import func, select

from bench.account import Account
from bench.lines import Line, quantile, say
from bench.postgresql import tidy_up
from bench.scores import median_of_scores, scope_of
from bench.server import daybreak
from daybreak.areas.insights.facts.adding_up import adding_up
from daybreak.areas.insights.facts.tables import deployment_days, deployments
from daybreak.platform.clock import DAY
from daybreak.platform.database import Database

# Deployments are kept for so long, and the scores asked for are those of a period before.
KEPT, BACK = 60, 100 * DAY


def measure_sums(engine: str, url: str, account: Account) -> list[Line]:
    """Changes the account for good."""
    say(f"{engine}: scores of a time that is added up …")
    before = _median(url, account)
    database = Database(url)
    rows, seconds = _add_up(database, account.now)
    with database.reading() as db:
        sums = db.value(select(func.count()).select_from(deployment_days))
        added = db.value(select(func.sum(deployment_days.c.number)))
    database.close()
    tidy_up(url)
    after, middle = _median(url, account), statistics.median(seconds)
    return [
        Line(
            f"scores of an environment, {BACK // DAY} days ago, {engine}, added up against of rows",
            f"{after:.1f} to {before:.1f} ms = {before / after:.1f} times",
            "under 50 ms median",
            after < 50,
        ),
        Line(
            f"adding up old deployments, {engine}",
            f"{rows / sum(seconds):,.0f} rows a second; a run of the job takes p50 {1000 * middle:.0f} ms, "
            f"p99 {1000 * quantile(seconds, 0.99):.0f} ms; a sum stands for {added / sums:.1f} deployments",
            "",
            is_met=True,
        ),
    ]


def _median(url: str, account: Account) -> float:
    with daybreak(url) as server:
        return median_of_scores(server, scope_of(account), account.now - BACK)


def _add_up(database: Database, now: int) -> tuple[int, list[float]]:
    """How many rows are gone, and how long each run of the job took."""
    [job] = adding_up(KEPT)
    everything = select(func.count()).select_from(deployments)
    with database.reading() as db:
        rows = int(db.value(everything))
    seconds = []
    while True:
        started = time.perf_counter()
        with database.writing() as db:
            if not job.is_needed(db, now):
                break
            job.run(db, now)
        seconds.append(time.perf_counter() - started)
    with database.reading() as db:
        return rows - int(db.value(everything)), seconds
