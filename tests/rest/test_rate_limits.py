"""What a caller is told about the limits, and when it has to wait."""

import pytest

from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.platform.errors import RateLimited
from daybreak.platform.jobs import JobLoop
from daybreak.rest.rate_limits import WINDOW, RateLimits, share_limits
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


def test_limits__of_two_processes__add_up(database: Database, clock: FixedClock) -> None:
    limits = [RateLimits(account_limit=5, route_limit=3) for _ in range(2)]
    jobs = [share_limits(each) for each in limits]
    loops = [JobLoop(database, clock, [job]) for job in jobs]
    for each in (limits[0], limits[0], limits[1]):
        each.count("getThings", clock.now())
    for loop, job in zip(loops * 2, jobs * 2, strict=True):
        assert loop.run(job)
    with pytest.raises(RateLimited):
        limits[1].count("getThings", clock.now())
    assert (b"x-ratelimit-global-remaining", b"2") in limits[1].headers("getThings")
    clock.advance(WINDOW)
    limits[1].count("getThings", clock.now())
    assert (b"x-ratelimit-global-remaining", b"4") in limits[1].headers("getThings")


def test_limits__far_from_used_up__write_nothing(database: Database, clock: FixedClock) -> None:
    limits = RateLimits(account_limit=1_000, route_limit=1_000)
    jobs = JobLoop(database, clock, [share_limits(limits)])
    assert jobs.list_due() == []
    for _ in range(15):
        limits.count("getThings", clock.now())
    assert jobs.list_due() == []
    limits.count("getThings", clock.now())
    assert len(jobs.list_due()) == 1
