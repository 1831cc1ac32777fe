"""Answers from memory: the same until something is written, here or in another process, or time moves on."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from daybreak.platform.cache import RevisionCache
from daybreak.platform.clock import HOUR, FixedClock, SystemClock
from daybreak.platform.commits import CommitWatch
from daybreak.platform.database import Database, Transaction
from daybreak.platform.metrics.process import open_metrics
from daybreak.rest.remembering import RememberedAnswers
from daybreak.rest.response import Response
from rest.server import Server
from rest.widgets import WIDGETS, a_widget

TALLY = "/api/v2/tally"


def test_answer__same_hour__comes_from_memory(server: Server, clock: FixedClock) -> None:
    first = server.get(TALLY)
    clock.advance(1_000)
    second = server.get(TALLY)
    assert first.json()["at"] == second.json()["at"]
    assert first.headers["ETag"] == second.headers["ETag"]


def test_answer__next_hour__is_made_anew(server: Server, clock: FixedClock) -> None:
    first = server.get(TALLY).json()["at"]
    clock.advance(HOUR)
    assert server.get(TALLY).json()["at"] == first + HOUR


def test_answer__other_token_or_query__is_another(server: Server, clock: FixedClock) -> None:
    server.get(TALLY)
    clock.advance(1_000)
    assert server.get(TALLY, token="reader").json() == {"widgets": 0, "at": clock.at, "by": "the reader"}
    assert server.get(f"{TALLY}?x=1").json()["at"] == clock.at


def test_answer__to_nobody__is_remembered_too(server: Server, clock: FixedClock) -> None:
    first = server.get("/api/v2/open-tally", token="").json()
    clock.advance(1_000)
    assert server.get("/api/v2/open-tally", token="").json() == first


def test_answer__after_a_write_here__is_made_anew(server: Server) -> None:
    assert server.get(TALLY).json()["widgets"] == 0
    server.request("POST", WIDGETS, json={"key": "a", "name": "A"})
    assert server.get(TALLY).json()["widgets"] == 1


def test_answer__after_a_write_that_told_nothing__stays(server: Server, clock: FixedClock) -> None:
    first = server.get(TALLY).json()
    clock.advance(1_000)
    server.request("POST", "/api/v2/oblivion")
    assert server.get(TALLY).json() == first


def test_answer__after_a_write_in_another_process__is_made_anew(server: Server, clock: FixedClock) -> None:
    assert server.get(TALLY).json()["widgets"] == 0
    other = Database(server.database.url)
    Server(other, clock).keep(a_widget("a"))
    other.close()
    assert server.get(TALLY).json()["widgets"] == 0
    _watch_for_a_moment(server.database)
    assert server.get(TALLY).json()["widgets"] == 1


def _watch_for_a_moment(database: Database) -> None:
    watching = CommitWatch(database)
    watching.start()
    # Longer than the pause after a failure.
    time.sleep(1)
    watching.stop()


class _Unreachable(Database):
    """A database that fails the first time it is read."""

    has_failed = False

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        if not self.has_failed:
            self.has_failed = True
            raise ConnectionError
        with super().reading() as db:
            yield db


def test_watching__database_out_of_reach__goes_on(server: Server, clock: FixedClock) -> None:
    server.get(TALLY)
    other = Database(server.database.url)
    Server(other, clock).keep(a_widget("a"))
    other.close()
    unreachable = _Unreachable(server.database.url)
    unreachable.on_commit(server.endpoint.advance)
    _watch_for_a_moment(unreachable)
    unreachable.close()
    assert unreachable.has_failed
    assert server.get(TALLY).json()["widgets"] == 1


@pytest.mark.parametrize("known", ["{tag}", '"other", {tag}', " {tag} "])
def test_if_none_match__same_tag__answers_304_without_a_body(server: Server, known: str) -> None:
    tag = server.get(TALLY).headers["ETag"]
    response = server.get(TALLY, headers={"If-None-Match": known.format(tag=tag)})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == tag
    assert "Content-Length" not in response.headers


def test_if_none_match__first_request__is_compared_too(server: Server) -> None:
    tag = server.get(TALLY).headers["ETag"]
    server.endpoint.advance(10**9)
    assert server.get(TALLY, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("known", ['"other"', "", "W/"])
def test_if_none_match__other_tag__answers_whole(server: Server, known: str) -> None:
    assert server.get(TALLY, headers={"If-None-Match": known}).status_code == 200


def test_answer__of_a_route_that_is_not_remembered__has_no_tag(server: Server) -> None:
    assert "ETag" not in server.get(WIDGETS).headers


def test_cache__value_read_under_an_older_revision__is_not_kept() -> None:
    cache: RevisionCache[str] = RevisionCache(most=2)
    cache.advance(2)
    cache.put("key", "old", revision=1)
    assert cache.get("key") is None


def test_cache__full__forgets_what_was_not_used_for_longest() -> None:
    cache: RevisionCache[str] = RevisionCache(most=2)
    for key in ("a", "b"):
        cache.put(key, key, revision=0)
    cache.get("a")
    cache.put("c", "c", revision=0)
    assert [cache.get(key) for key in ("a", "b", "c")] == ["a", None, "c"]
    assert len(cache) == 2


def test_cache__heavy_values__are_forgotten_sooner() -> None:
    cache: RevisionCache[str] = RevisionCache(most=5, weigh=len)
    for key, value in (("a", "aa"), ("b", "bb"), ("b", "b"), ("c", "cc")):
        cache.put(key, value, revision=0)
    assert [cache.get(key) for key in "abc"] == ["aa", "b", "cc"]
    cache.put("d", "ddd", revision=0)
    assert [cache.get(key) for key in "abcd"] == [None, None, "cc", "ddd"]
    cache.put("e", "eeeeee", revision=0)
    assert len(cache) == 0


def test_answers__asked_for_at_once__are_made_once() -> None:
    made = []

    async def ask() -> list[bytes]:
        answers, may_go_on = RememberedAnswers(open_metrics(SystemClock()).remembered), asyncio.Event()

        async def make() -> Response:
            made.append(1)
            await may_go_on.wait()
            return Response(200, b"%d" % len(made))

        async def answer() -> bytes:
            return (await answers.answer("key", make)).body

        first = [asyncio.create_task(answer()) for _ in range(3)]
        await asyncio.sleep(0)
        # Something is written: what was begun before it is too old for whoever asks now.
        answers.advance(7)
        later = asyncio.create_task(answer())
        await asyncio.sleep(0)
        first[0].cancel()
        may_go_on.set()
        return [await each for each in (*first[1:], later)]

    assert asyncio.run(ask()) == [b"2", b"2", b"2"]
    assert len(made) == 2


def test_answers__that_fail__are_made_anew() -> None:
    async def ask() -> bytes:
        answers = RememberedAnswers(open_metrics(SystemClock()).remembered)

        async def fail() -> Response:
            raise ConnectionError

        async def make() -> Response:
            return Response(200, b"made")

        with pytest.raises(ConnectionError):
            await answers.answer("key", fail)
        return (await answers.answer("key", make)).body

    assert asyncio.run(ask()) == b"made"
