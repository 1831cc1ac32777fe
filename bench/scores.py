"""The scores of a large account, on either database, and of an unchanged one beside FastAPI."""

import json
import statistics
import tempfile
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench.account import Account, generate
from bench.lines import SECONDS, Line, compare_load, say, timed
from bench.server import TOKEN, Server, daybreak, fastapi_peer
from daybreak.platform.clock import DAY, HOUR, SystemClock
from daybreak.platform.database import Database
from daybreak.platform.schema import migrate

SCORES = "/api/v2/engineering-insights/insights/scores"
TIMES = 60


def measure_scores(engine: str, url: str, account: Account, *, compare: bool) -> list[Line]:
    say(f"{engine}: scores …")
    scope = scope_of(account)
    with daybreak(url) as server:
        whole = median_of_scores(server, scope, account.now)
        single = median_of_scores(server, f"{scope}&applicationKey={account.application_key}", account.now)
        lines = [
            Line(f"scores of an environment, {engine}", f"{whole:.1f} ms", "under 50 ms median", whole < 50),
            Line(f"scores of an application, {engine}", f"{single:.1f} ms", "under 5 ms median", single < 5),
        ]
        return lines + (_compare(server, scope) if compare else [])


def make_account(url: str, rows: int) -> Account:
    say(f"generating {rows:,} deployments and pull requests …")
    now = SystemClock().now() // HOUR * HOUR
    account = Account(deployments=rows, pull_requests=rows, now=now)
    database = Database(url)
    migrate(database)
    generate(database, account)
    database.close()
    return account


def scope_of(account: Account) -> str:
    return f"{SCORES}?projectKey={account.project_key}&environmentKey={account.environment_key}"


def median_of_scores(server: Server, path: str, now: int) -> float:
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
        return statistics.median(timed(partial(ask, hour)) for hour in range(TIMES))


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
