"""What a caller is told about the limits, and when it has to wait."""

import pytest

from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.rest.rate_limits import WINDOW
from rest.server import Server, make_tables
from rest.widgets import WIDGETS


@pytest.fixture
def server(database: Database, clock: FixedClock) -> Server:
    make_tables(database)
    return Server(database, clock, account_limit=5, route_limit=2)


def _told(server: Server, where: str) -> tuple[int, int, int]:
    response = server.get(where)
    remaining = (
        response.headers["X-Ratelimit-Global-Remaining"],
        response.headers["X-Ratelimit-Route-Remaining"],
    )
    return response.status_code, int(remaining[0]), int(remaining[1])


def test_limits__of_one_route__leave_the_others(server: Server) -> None:
    told = [_told(server, WIDGETS) for _ in range(3)]
    assert told == [(200, 4, 1), (200, 3, 0), (429, 3, 0)]
    assert _told(server, "/api/v2/feed") == (200, 2, 1)


def test_limits__of_the_account__hold_for_every_route(server: Server) -> None:
    wheres = [WIDGETS, WIDGETS, "/api/v2/feed", "/api/v2/feed", "/api/v2/sizes"]
    assert [_told(server, where)[0] for where in wheres] == [200] * 5
    assert _told(server, "/api/v2/tally") == (429, 0, 2)


def test_limits__used_up__tell_when_the_window_ends(server: Server, clock: FixedClock) -> None:
    for _ in range(2):
        server.get(WIDGETS)
    response = server.get(WIDGETS)
    assert response.json()["code"] == "rate_limited"
    reset = int(response.headers["X-Ratelimit-Reset"])
    assert 0 < reset - clock.at <= WINDOW
    clock.at = reset
    assert server.get(WIDGETS).status_code == 200


def test_limits__unknown_token__does_not_count(server: Server) -> None:
    for _ in range(5):
        server.get(WIDGETS, token="nobody-knows")
    assert server.get(WIDGETS).status_code == 200
