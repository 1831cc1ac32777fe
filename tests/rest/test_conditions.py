"""The operator grammar of filters: read, refused with a position, and run."""

from typing import Any

import pytest
from sqlalchemy import column

from daybreak.platform.errors import InvalidRequest
from daybreak.rest.conditions import Condition, Field, Group, condition_predicates, parse_conditions
from rest.server import Server
from rest.widgets import a_widget


def _sketch(term: Condition | Group | None) -> Any:
    """`("and", …)`, `("or", …)`, or field, operator and values in one tuple."""
    if isinstance(term, Condition):
        texts = [value.text for value in term.values]
        return (term.field, term.operator, texts if term.is_list else texts[0])
    if isinstance(term, Group):
        return ("or" if term.is_any else "and", *map(_sketch, term.terms))
    return None


A, B, C = ("a", "equals", "1"), ("b", "equals", "2"), ("c", "equals", "3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("  ", None),
        ("a equals 1", A),
        ("  a  equals  1  ", A),
        ("a.b_c equals 1", ("a.b_c", "equals", "1")),
        ('a equals "1"', A),
        ("a equals two words ", ("a", "equals", "two words")),
        (r'a equals "q\"u,o|t)e\u00e9"', ("a", "equals", 'q"u,o|t)eé')),
        ('a anyOf ["1", two ,3]', ("a", "anyOf", ["1", "two", "3"])),
        ("a anyOf []", ("a", "anyOf", [])),
        ("a anyOf [ 1 ]", ("a", "anyOf", ["1"])),
        ("a equals 1,b equals 2", ("and", A, B)),
        ("a equals 1 | b equals 2", ("or", A, B)),
        ("a equals 1,b equals 2|c equals 3", ("or", ("and", A, B), C)),
        ("a equals 1|b equals 2,c equals 3", ("or", A, ("and", B, C))),
        ("(a equals 1|b equals 2),c equals 3", ("and", ("or", A, B), C)),
        ("((a equals 1))", A),
        ("(" * 10 + "a equals 1" + ")" * 10, A),
    ],
)
def test_parse__what_the_grammar_knows__is_understood(text: str, expected: Any) -> None:
    assert _sketch(parse_conditions(text)) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1", "a field expected at character 1, found '1'"),
        ("a", "an operator expected at character 2, found the end"),
        ("a ?", "an operator expected at character 3"),
        ("a equals", "a value expected at character 9, found the end"),
        ("a equals ,", "a value expected at character 10, found ','"),
        ('a equals "open', "a JSON text expected at character 10"),
        ('a equals "tab\there"', "a JSON text expected at character 10"),
        ('a equals "1" b', "a comma, a bar or the end expected at character 14, found 'b'"),
        ("a equals 1)", "a comma, a bar or the end expected at character 11, found ')'"),
        ("a equals 1,", "a field expected at character 12, found the end"),
        ("(a equals 1", "a closing parenthesis expected at character 12"),
        ("a anyOf [1", "a comma or a closing bracket expected at character 11"),
        ("a anyOf [1 | 2]", "a comma or a closing bracket expected at character 12"),
        ("a anyOf [1,]", "a value expected at character 12"),
        ("a anyOf [[1]]", "a value expected at character 10"),
        (r'a equals "\ud800"', "lone surrogates"),
        (r'a equals "\u0000"', "NUL characters"),
        ("(" * 11 + "a equals 1" + ")" * 11, "10 levels deep at most"),
        (",".join(["a equals 1"] * 51), "50 conditions at most"),
        (f"a anyOf [{','.join(['1'] * 101)}]", "a list has 100 values at most"),
    ],
)
def test_parse__what_it_does_not_know__is_refused_with_the_position(text: str, told: str) -> None:
    with pytest.raises(InvalidRequest, match=r"^(filter|Text)") as refused:
        parse_conditions(text)
    assert told in refused.value.message


def test_parse__as_much_as_is_allowed__is_understood() -> None:
    assert isinstance(parse_conditions("|".join(["a equals 1"] * 50)), Group)
    assert isinstance(parse_conditions(f"a anyOf [{','.join(['1'] * 100)}]"), Condition)


@pytest.fixture
def shelf(server: Server) -> Server:
    server.keep(
        a_widget("web", "Web Shop", is_round=True),
        a_widget("app", "Mobile App"),
        a_widget("api", "web_API", is_round=True),
        a_widget("tea", "Thé Vert"),
    )
    return server


@pytest.mark.parametrize(
    ("filter", "keys"),
    [
        ("", ["api", "app", "tea", "web"]),
        ('key equals "WEB"', ["web"]),
        ("key notEquals web", ["api", "app", "tea"]),
        ('key anyOf ["web", App, none]', ["app", "web"]),
        ("key anyOf web", ["web"]),
        ("key anyOf []", []),
        ("name startsWith WEB", ["api", "web"]),
        ("name startsWith web_", ["api"]),
        ("name contains SHOP", ["web"]),
        ("name equals THÉ VERT", ["tea"]),
        ("name contains É", ["tea"]),
        ("name startsWith %", []),
        ("isRound equals true", ["api", "web"]),
        ('isRound notEquals "TRUE"', ["app", "tea"]),
        ("isRound equals false,name startsWith m", ["app"]),
        ("(key equals web|key equals tea),isRound equals true", ["web"]),
        ("key equals app|key equals web,isRound equals false", ["app"]),
    ],
)
def test_list__filtered_by_conditions__has_the_rows_that_hold(
    shelf: Server, filter: str, keys: list[str]
) -> None:
    response = shelf.get("/api/v2/gadgets", params={"filter": filter})
    assert response.status_code == 200, response.text
    assert sorted(item["key"] for item in response.json()["items"]) == keys
    assert response.json()["totalCount"] == len(keys)


@pytest.mark.parametrize(
    ("filter", "told"),
    [
        ("colour equals red", "the field 'colour' is unknown here; known: key, name, isRound"),
        ("key equals a,name sounds like b", "character 14: name has no operator 'sounds'; known: equals, "),
        ("isRound contains true", "isRound has no operator 'contains'; known: equals, notEquals"),
        ("isRound equals maybe", "isRound: 'maybe' is neither true nor false"),
        ("key equals [a]", "equals takes one value, anyOf takes a list"),
        ("key", "an operator expected at character 4"),
    ],
)
def test_list__filtered_by_what_it_does_not_have__answers_400(shelf: Server, filter: str, told: str) -> None:
    response = shelf.get("/api/v2/gadgets", params={"filter": filter})
    assert response.status_code == 400
    assert told in response.json()["message"]


def test_conditions__field_with_a_list_operator_of_its_own__takes_lists_there_alone() -> None:
    labels = Field(
        str,
        {"contains": column("label").in_, "equals": lambda values: column("label") == values[0]},
        listed=("contains",),
    )

    [predicate] = condition_predicates('labels contains ["a", b]', {"labels": labels})

    assert predicate.compile().params == {"label_1": ["a", "b"]}
    with pytest.raises(InvalidRequest, match="equals takes one value, contains takes a list"):
        condition_predicates("labels equals [a]", {"labels": labels})
