"""Lists: pages and their links, filters, orders, expansions, and who sees what."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from rest.server import Server, a_policy
from rest.widgets import WIDGETS, a_widget
from statements import count_statements


def _keys(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["key"] for item in response.json()["items"]]


def _pages(links: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Limit and offset of each link but the one to itself."""
    found = {}
    for name, link in links.items():
        if name != "self":
            assert link["type"] == "application/json"
            query = parse_qs(urlsplit(link["href"]).query)
            found[name] = (query["limit"][0], query["offset"][0])
    return found


@pytest.fixture
def seven(server: Server) -> Server:
    server.keep(*(a_widget(f"w{n}", size=n) for n in range(7)))
    return server


@pytest.mark.parametrize(
    ("query", "keys", "pages"),
    [
        ("", ["w0", "w1", "w2", "w3", "w4"], {"next": ("5", "5"), "last": ("5", "5")}),
        ("limit=20", ["w0", "w1", "w2", "w3", "w4", "w5", "w6"], {}),
        ("limit=2&offset=0", ["w0", "w1"], {"next": ("2", "2"), "last": ("2", "6")}),
        (
            "limit=2&offset=2",
            ["w2", "w3"],
            {"first": ("2", "0"), "prev": ("2", "0"), "next": ("2", "4"), "last": ("2", "6")},
        ),
        ("limit=2&offset=6", ["w6"], {"first": ("2", "0"), "prev": ("2", "4")}),
        ("limit=3&offset=1", ["w1", "w2", "w3"],
         {"first": ("3", "0"), "prev": ("3", "0"), "next": ("3", "4"), "last": ("3", "6")}),
        ("limit=2&offset=100", [], {"first": ("2", "0"), "prev": ("2", "6")}),
        ("limit=7", ["w0", "w1", "w2", "w3", "w4", "w5", "w6"], {}),
    ],
)  # fmt: skip
def test_page__of_seven__has_its_rows_and_the_links_that_exist(
    seven: Server, query: str, keys: list[str], pages: dict[str, tuple[str, str]]
) -> None:
    response = seven.get(f"{WIDGETS}?{query}")
    assert _keys(response) == keys
    assert response.json()["totalCount"] == 7
    assert _pages(response.json()["_links"]) == pages


def test_page__of_nothing__is_empty_and_has_no_other_pages(server: Server) -> None:
    body = server.get(f"{WIDGETS}?offset=5").json()
    assert (body["items"], body["totalCount"]) == ([], 0)
    assert _pages(body["_links"]) == {"first": ("5", "0"), "prev": ("5", "0")}


def test_page__following_next__visits_every_row_once_with_the_whole_query(seven: Server) -> None:
    where = f"{WIDGETS}?sort=-size&filter=query:w&limit=3&note=a%20b%26c"
    visited: list[str] = []
    while where:
        response = seven.get(where)
        visited += _keys(response)
        links = response.json()["_links"]
        assert links["self"]["href"] == where
        assert all("note=a+b%26c" in link["href"] for name, link in links.items() if name != "self")
        where = links.get("next", {}).get("href", "")
    assert visited == ["w6", "w5", "w4", "w3", "w2", "w1", "w0"]


@pytest.fixture
def coloured(server: Server) -> Server:
    server.keep(
        a_widget("big", "Big Wheel", 9, tags=["red", "old"]),
        a_widget("small", "small wheel", 1, tags=["red"], is_round=True),
        a_widget("half", "50%_done", 5, is_round=True),
        a_widget("accent", "ÉCLAIR", None, tags=["old"]),
    )
    return server


@pytest.mark.parametrize(
    ("filter", "keys"),
    [
        ("query:wheel", ["big", "small"]),
        ("query:WHEEL, tags:old", ["big"]),
        ("query:%_", ["half"]),
        ("query:_wheel", []),
        ("query:éclair", ["accent"]),
        ("tags:red", ["big", "small"]),
        ("tags:red+old", ["big"]),
        ("tags:", ["half", "big", "small", "accent"]),
        ("query:a),tags:red", []),
        ('query:say "no, never"', []),
        (",", ["half", "big", "small", "accent"]),
    ],
)
def test_filter__field_and_value__narrows_the_list(coloured: Server, filter: str, keys: list[str]) -> None:
    assert sorted(_keys(coloured.get(WIDGETS, params={"filter": filter}))) == sorted(keys)


def test_filter__plus_sign_not_encoded__means_all_of(coloured: Server) -> None:
    assert _keys(coloured.get(f"{WIDGETS}?filter=tags:red+old")) == ["big"]


@pytest.mark.parametrize(
    ("filter", "told"),
    [
        ("wheel", "'wheel' is not of the form field:value"),
        ("colour:red", "'colour' is unknown here; known: query, tags"),
        (",".join(["query:a"] * 51), "50 parts at most, not 51"),
    ],
)
def test_filter__not_understood__answers_400_and_tells_why(coloured: Server, filter: str, told: str) -> None:
    response = coloured.get(WIDGETS, params={"filter": filter})
    assert response.status_code == 400
    assert told in response.json()["message"]


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("size", ["accent", "small", "half", "big"]),
        ("-size", ["big", "half", "small", "accent"]),
        (" -size , name,", ["big", "half", "small", "accent"]),
        ("size,-size", ["accent", "small", "half", "big"]),
    ],
)
def test_sort__by_a_column_with_absent_values__has_them_first(
    coloured: Server, sort: str, keys: list[str]
) -> None:
    assert _keys(coloured.get(WIDGETS, params={"sort": sort})) == keys


def test_sort__equal_values__pages_do_not_overlap(server: Server) -> None:
    server.keep(*(a_widget(f"w{n}", "same") for n in range(6)))
    pages = [_keys(server.get(f"{WIDGETS}?limit=2&offset={offset}&sort=-name")) for offset in (0, 2, 4)]
    assert sorted(key for page in pages for key in page) == [f"w{n}" for n in range(6)]


def test_sort__many_times_the_same__is_understood(server: Server) -> None:
    assert _keys(server.get(f"{WIDGETS}?sort={'name,' * 3_000}")) == []


def test_sort__unknown_field__answers_400_with_the_known(server: Server) -> None:
    response = server.get(f"{WIDGETS}?sort=-colour")
    assert response.status_code == 400
    assert "'colour' is unknown here; known: name, size" in response.json()["message"]


def test_expand__of_a_page__adds_the_part_to_each(coloured: Server) -> None:
    items = coloured.get(f"{WIDGETS}?expand=parts,parts").json()["items"]
    assert {item["key"]: item["parts"] for item in items} == {
        "big": {"screws": 9},
        "small": {"screws": 1},
        "half": {"screws": 5},
        "accent": {"screws": None},
    }


def test_expand__of_one__adds_the_part(coloured: Server) -> None:
    assert coloured.get(f"{WIDGETS}/big?expand=parts").json()["parts"] == {"screws": 9}
    assert "parts" not in coloured.get(f"{WIDGETS}/big").json()


@pytest.mark.parametrize("where", [WIDGETS, f"{WIDGETS}/big"])
def test_expand__unknown__answers_400_with_the_known(coloured: Server, where: str) -> None:
    response = coloured.get(f"{where}?expand=doors")
    assert response.status_code == 400
    assert "'doors' is unknown here; known: parts" in response.json()["message"]


def test_read__without_anything_to_expand__ignores_the_parameter(coloured: Server) -> None:
    assert coloured.get("/api/v2/gadgets/big?expand=doors").status_code == 200


def test_read__absent__answers_404(server: Server) -> None:
    response = server.get(f"{WIDGETS}/none")
    assert response.status_code == 404
    assert response.json()["message"] == "Invalid resource identifier: there is no widget 'none'"


EVERYTHING = ["accent", "big", "half", "small"]


@pytest.mark.parametrize("token", ["admin", "sighted"])
def test_list__one_or_twenty_rows__runs_as_many_statements(server: Server, token: str) -> None:
    server.tokens.add(
        "sighted", a_policy({"effect": "allow", "resources": ["widget/*"], "actions": ["view*"]})
    )
    where = f"{WIDGETS}?limit=20&filter=query:w&expand=parts"
    server.keep(a_widget("w"))
    few = count_statements(server.database, lambda: server.get(where, token=token))
    server.keep(*(a_widget(f"w{n}") for n in range(20)))
    assert count_statements(server.database, lambda: server.get(where, token=token)) == few > 1


@pytest.mark.parametrize(
    ("statement", "keys"),
    [
        ({"effect": "allow", "resources": ["widget/*"], "actions": ["*"]}, EVERYTHING),
        ({"effect": "allow", "resources": ["widget/*;red"], "actions": ["viewWidget"]}, ["big", "small"]),
        ({"effect": "allow", "resources": ["widget/h*"], "actions": ["viewWidget"]}, ["half"]),
        ({"effect": "allow", "notResources": ["widget/*;red"], "actions": ["view*"]}, ["accent", "half"]),
        ({"effect": "allow", "resources": ["widget/*"], "actions": ["createWidget"]}, []),
        ({"effect": "deny", "resources": ["widget/*"], "actions": ["*"]}, []),
    ],
)  # fmt: skip
def test_list__caller_with_own_policies__has_only_what_they_allow(
    coloured: Server, statement: dict[str, Any], keys: list[str]
) -> None:
    coloured.tokens.add("limited", a_policy(statement))
    body = coloured.get(f"{WIDGETS}?limit=1", token="limited").json()
    assert body["totalCount"] == len(keys)
    assert sorted(_keys(coloured.get(WIDGETS, token="limited"))) == keys
    hidden = set(EVERYTHING) - set(keys)
    statuses = {key: coloured.get(f"{WIDGETS}/{key}", token="limited").status_code for key in hidden}
    assert set(statuses.values()) <= {403}


@pytest.mark.parametrize(("role", "seen"), [("reader", 4), ("writer", 4), ("owner", 4), ("no_access", 0)])
def test_list__built_in_role__has_all_or_nothing(coloured: Server, role: str, seen: int) -> None:
    assert coloured.get(WIDGETS, token=role).json()["totalCount"] == seen
