"""What parameters and links are made of, one function at a time."""

from urllib.parse import unquote

import pytest

from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Query
from daybreak.rest.filtering import split_outside_braces
from daybreak.rest.keys import Instant
from daybreak.rest.links import links, path, with_query
from daybreak.rest.parsing import LATEST_INSTANT, parse_instant, parse_list, parse_query


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, ()), ("", ()), ("a", ("a",)), (" a , b,,a ", ("a", "b"))],
)
def test_parse_list__separated_by_commas__has_each_once(text: str | None, expected: tuple[str, ...]) -> None:
    assert parse_list(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [(None, 7), ("0", 0), (12, 12), (str(LATEST_INSTANT - 1), LATEST_INSTANT - 1)]
)
def test_parse_instant__milliseconds__is_a_number(text: str | int | None, expected: int) -> None:
    assert parse_instant(text, "from", 7) == expected


@pytest.mark.parametrize("text", ["", "soon", "1.5", "-1", -1, str(LATEST_INSTANT), "9" * 5_000])
def test_parse_instant__anything_else__is_refused_by_name(text: str | int) -> None:
    with pytest.raises(InvalidRequest, match=r"^from is a Unix time in milliseconds"):
        parse_instant(text, "from", 7)


class MomentQuery(Query):
    """A parameter that is an instant, and one that is not."""

    at: Instant | None = None
    text: str = ""


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("1782909000000", 1_782_909_000_000),
        ("2026-07-01T12:30:00.000000%2B0000", 1_782_909_000_000),
        ("2026-07-01T14:30:00%2B02:00", 1_782_909_000_000),
        ("2026-07-01T12:30:00Z", 1_782_909_000_000),
        ("2026-07-01T12:30:00.001999", 1_782_909_000_001),
    ],
)
def test_parse_query__instant__is_milliseconds_or_a_date_time(sent: str, expected: int) -> None:
    query = parse_query(f"at={sent}&text={sent}", MomentQuery)
    assert query.at == expected
    assert query.text == unquote(sent)


@pytest.mark.parametrize(
    "sent",
    ["soon", "T", "2026-13-01T00:00:00Z", "1969-12-31T23:59:59Z", "0001-01-01T00:00:00%2B23:59", "1.5"],
)
def test_parse_query__no_instant__is_refused_by_name(sent: str) -> None:
    with pytest.raises(InvalidRequest, match="at: "):
        parse_query(f"at={sent}", MomentQuery)


def test_path__values__are_percent_encoded() -> None:
    assert path("/a/{key}/b", key="x y/ü%") == "/a/x%20y%2F%C3%BC%25/b"


def test_links__trailing_underscore__is_dropped() -> None:
    assert links(self="/a", next_="/b") == {
        "self": {"href": "/a", "type": "application/json"},
        "next": {"href": "/b", "type": "application/json"},
    }


@pytest.mark.parametrize(
    ("query", "changes", "expected"),
    [
        ("a=1&b=2", {"b": "3"}, "/x?a=1&b=3"),
        ("a=1&b=2", {"a": None, "b": None}, "/x"),
        ("a=1&a=2&c=", {"b": "é&"}, "/x?a=1&a=2&c=&b=%C3%A9%26"),
        ("", {}, "/x"),
    ],
)
def test_with_query__changes__are_set_or_dropped(
    query: str, changes: dict[str, str | None], expected: str
) -> None:
    assert with_query("/x", query, changes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('at:{"before":1,"after":0},state:live', ['at:{"before":1,"after":0}', "state:live"]),
        ("a:[1,(2,3)],b:4", ["a:[1,(2,3)]", "b:4"]),
        ('a:"{,",b:"},"', ['a:"{,"', 'b:"},"']),
        ("a:),b:]", ["a:)", "b:]"]),
        ("a:(,b:1", ["a:(,b:1"]),
    ],
)
def test_split__braces_and_quotes__keep_their_commas(text: str, expected: list[str]) -> None:
    assert split_outside_braces(text) == expected
