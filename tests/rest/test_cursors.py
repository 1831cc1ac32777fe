"""Cursors: what a page's links hold, and what is refused."""

import pytest

from daybreak.platform.clock import DAY
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.cursors import Cursor, FeedQuery, Window, parse_turn, parse_window, turn_links

NOW = 1_782_909_000_000


@pytest.mark.parametrize("cursor", [Cursor(0, "a"), Cursor(-1, ""), Cursor(2**62, "a:b"), Cursor(NOW, "é")])
def test_cursor__written_and_parsed__is_the_same(cursor: Cursor) -> None:
    assert Cursor.parse(str(cursor), "after") == cursor


TOO_LARGE = str(Cursor(2**63, "a"))
WITH_NUL = str(Cursor(1, "a\0"))


@pytest.mark.parametrize("text", ["", "?", "MTox=", "MQ", "YTpi", "é", "M", TOO_LARGE, WITH_NUL, "MTph=="])
def test_cursor__anything_else__is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="after"):
        Cursor.parse(text, "after")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (FeedQuery(), Window(NOW - 7 * DAY, NOW)),
        (FeedQuery(to=NOW - DAY), Window(NOW - 8 * DAY, NOW - DAY)),
        (FeedQuery(start=5), Window(5, NOW)),
        (FeedQuery(start=5, to=5), Window(5, 5)),
        (FeedQuery(to=0), Window(0, 0)),
    ],
)
def test_window__given_bounds__are_kept(query: FeedQuery, expected: Window) -> None:
    assert parse_window(query, NOW) == expected


def test_window__start_after_end__is_refused() -> None:
    with pytest.raises(InvalidRequest, match="from"):
        parse_window(FeedQuery(start=NOW + 1), NOW)


def test_turn__two_cursors__are_refused() -> None:
    cursor = str(Cursor(1, "a"))
    with pytest.raises(InvalidRequest, match="one of them"):
        parse_turn(FeedQuery(after=cursor, before=cursor))


def test_links__of_a_page_in_the_middle__hold_bounds_and_cursors() -> None:
    earlier, later = Cursor(9, "z"), Cursor(1, "a")
    made = turn_links("/things", FeedQuery(limit=2, after="old"), Window(0, 9), earlier, later)
    assert made == {
        "prev": f"/things?limit=2&from=0&to=9&before={earlier}",
        "next": f"/things?limit=2&from=0&to=9&after={later}",
    }
    assert turn_links("/things", FeedQuery(), Window(0, 9), None, None) == {}
