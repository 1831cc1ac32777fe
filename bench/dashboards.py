"""Our scores beside the queries of other dashboards: the same deployments, the same PostgreSQL server."""

import json
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import psycopg

from bench.account import Account
from bench.dashboard_queries import DEVLAKE, FAILURE_RATE, FOUR_KEYS, FREQUENCY, LEAD_TIME
from bench.dashboard_tables import fill_tables
from bench.lines import Line, say, timed
from bench.postgresql import connected
from bench.scores import median_of_scores, scope_of
from bench.server import Server, daybreak
from daybreak.platform.clock import DAY, HOUR

PERIOD = 28 * DAY
ROUNDS = 9
# What both answer; time to restore is no score of ours, and is told apart.
BOTH = FREQUENCY, LEAD_TIME, FAILURE_RATE

Answers = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Dashboard:
    """Its queries, and the database they ask."""

    name: str
    queries: Mapping[str, str]
    connection: psycopg.Connection

    def ask(self, environment_id: str, end: int) -> tuple[Answers, dict[str, float]]:
        """The answers of the 28 days until `end` (Unix ms), and what each took, in milliseconds."""
        values = {"place": environment_id, "start": _instant(end - PERIOD), "end": _instant(end)}
        answers: dict[str, tuple[Any, ...]] = {}

        def answer(what: str) -> None:
            row = self.connection.execute(self.queries[what].encode(), values).fetchone()
            assert row is not None
            answers[what] = row

        return answers, {what: timed(partial(answer, what)) for what in self.queries}


def measure_dashboards(url: str, account: Account) -> list[Line]:
    """`url` is of the account's database on PostgreSQL, which gets their tables as well."""
    say("the tables of other dashboards …")
    with connected(url) as connection, daybreak(url) as server:
        fill_tables(connection)
        own = median_of_scores(server, scope_of(account), account.now)
        return [
            _compared(own, _Dashboard(name, queries, connection), server, account)
            for name, queries in (("Apache DevLake", DEVLAKE), ("Four Keys", FOUR_KEYS))
        ]


def _compared(own: float, theirs: _Dashboard, server: Server, account: Account) -> Line:
    """`own` is the median of our answers, in milliseconds."""
    say(f"scores beside the queries of {theirs.name} …")
    scope = scope_of(account)
    environment = json.loads(
        server.get(f"/api/v2/projects/{account.project_key}/environments/{account.environment_key}")
    )["_id"]
    ends = [account.now - hour * HOUR - DAY for hour in range(ROUNDS)]
    for end in ends:
        _require_same_answer(theirs.ask(environment, end)[0], server, scope, end)
    rounds = [theirs.ask(environment, end)[1] for end in ends]
    took = {what: statistics.median(each[what] for each in rounds) for what in theirs.queries}
    other = sum(took[what] for what in BOTH)
    parts = ", ".join(f"{what} {milliseconds:.0f}" for what, milliseconds in took.items())
    return Line(
        f"scores of an environment, PostgreSQL, against the same by queries as of {theirs.name}",
        f"{own:.0f} to {other:.0f} ms = {other / own:.1f} times ({parts} ms)",
        "less",
        own < other,
    )


def _require_same_answer(answers: Answers, server: Server, scope: str, end: int) -> None:
    """Both must have counted the same deployments and failures: else they were not asked the same."""
    told = json.loads(server.get(f"{scope}&expand=explanation&to={end}"))["explanation"][
        "deploymentFailureRate"
    ]
    deployments, failures = told["sampleSize"], round(told["sampleSize"] * told["raw"] / 100)
    if int(answers[FREQUENCY][0]) != deployments or answers[FAILURE_RATE] != (deployments, failures):
        message = f"of {deployments} deployments and {failures} failures they counted {answers}"
        raise RuntimeError(message)


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
