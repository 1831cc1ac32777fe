"""What policies cost: a list of flags that a role of 200 statements narrows, and a single decision."""

import json
import statistics
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.lines import ROUNDS, Line, say, timed
from bench.server import TOKEN, daybreak
from daybreak.areas.flags.intake import add_flag
from daybreak.areas.people.intake import PROGRAM
from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy, decide
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.clock import SystemClock
from daybreak.platform.database import Database
from daybreak.platform.schema import migrate
from daybreak.rest.call import Call

FLAGS, TEAMS, STATEMENTS, PAGE, TIMES = 10_000, 500, 200, 20, 100


def measure_roles(place: Path) -> list[Line]:
    url = f"sqlite:///{place / 'roles.db'}"
    with daybreak(url) as server:
        server.send("POST", "/api/v2/projects", {"key": "web", "name": "Web"})
    say(f"{FLAGS:,} flags …")
    _make_flags(url)
    say(f"a role of {STATEMENTS} statements …")
    with daybreak(url) as server:
        body = {"name": "narrow", "serviceToken": True, "inlineRole": _policy()}
        narrow = server.send("POST", "/api/v2/tokens", body)["token"]
        pages = {token: _pages(server.address, token) for token in (TOKEN, narrow)}
    (all_ms, total), (ms, shown) = pages.values()
    assert (total, shown) == (FLAGS, sum(1 for _ in filter(_is_shown, range(FLAGS))))
    return [
        Line(
            f"{PAGE} of the {shown:,} of {FLAGS:,} flags that {STATEMENTS} statements let see",
            f"{ms:.1f} ms; an admin, of all {all_ms:.1f} ms",
            "under 30 ms median",
            ms < 30,
        ),
        _decision(),
    ]


def _make_flags(url: str) -> None:
    database = Database(url)
    migrate(database)
    numbers = iter(range(FLAGS))
    while some := list(islice(numbers, 1_000)):
        with database.writing() as db:
            call = Call(db, PROGRAM, SystemClock().now())
            for number in some:
                tags = [f"team-{number % TEAMS}"]
                add_flag(call, "web", {"key": f"team{number % TEAMS}-{number}", "name": "Flag", "tags": tags})
    database.close()


def _policy() -> list[dict[str, Any]]:
    """For every second team one statement, by beginning, by tag, by key or by pattern, and a few denials."""
    statements = list(islice(_statements(), STATEMENTS - 2))
    whole = {"effect": "allow", "resources": ["proj/web"], "actions": ["viewProject"]}
    secret = {"effect": "deny", "resources": ["proj/web:env/*:flag/*9"], "actions": ["*"]}
    return [*statements, whole, secret]


def _statements() -> Iterator[dict[str, Any]]:
    for team in range(TEAMS):
        named = (f"team{team}-*", f"*;team-{team}", f"team{team}-{team}", f"team{team}-*0")[team % 4]
        yield {"effect": "allow", "resources": [f"proj/web:env/*:flag/{named}"], "actions": ["*"]}


def _is_shown(number: int) -> bool:
    team = number % TEAMS
    if team >= STATEMENTS - 2 or number % 10 == 9:
        return False
    return (True, True, number == team, number % 10 == 0)[team % 4]


def _pages(address: str, token: str) -> tuple[float, int]:
    """Milliseconds of a page, and how many flags there are in all. Each page is another one: none is answered
    from memory.
    """
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:

        def ask(offset: int) -> int:
            path = f"/api/v2/flags/web?limit={PAGE}&offset={offset}"
            connection.request("GET", path, headers={"Authorization": token})
            response = connection.getresponse()
            content = json.loads(response.read())
            assert response.status == 200, content
            return int(content["totalCount"])

        total = ask(0)
        return statistics.median(timed(partial(ask, 1 + turn)) for turn in range(TIMES)), total


def _decision() -> Line:
    policies = [Policy("narrow", parse_statements(_policy()))]
    addresses = [
        Address.of(("proj", "web"), ("env", "test"), ("flag", f"team{n % TEAMS}-{n}", {f"team-{n % TEAMS}"}))
        for n in range(0, FLAGS, 7)
    ]

    def run() -> None:
        for address in addresses:
            decide(policies, "updateOn", address)

    micros = 1000 * statistics.median(timed(run) for _ in range(ROUNDS)) / len(addresses)
    what = f"a decision of a role of {STATEMENTS} statements"
    return Line(what, f"{micros:.1f} µs", "under 20 µs", micros < 20)
