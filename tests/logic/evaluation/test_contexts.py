"""Contexts, users of the time before them, and references to their attributes."""

from typing import Any

import pytest

from daybreak.logic.evaluation.context import ContextInvalid, parse_context
from daybreak.logic.evaluation.reference import Reference, ReferenceInvalid, parse_reference


@pytest.mark.parametrize(
    ("data", "full_key"),
    [
        ({"kind": "user", "key": "a:b%"}, "a:b%"),
        ({"kind": "org", "key": "a:b%"}, "org:a%3Ab%25"),
        ({"kind": "multi", "user": {"key": "u"}, "org": {"key": "o"}}, "org:o:user:u"),
        ({"kind": "multi", "user": {"key": "u"}}, "u"),
        ({"key": "u", "custom": {"kind": "ignored"}}, "u"),
        ({"key": ""}, ""),
    ],
)
def test_full_key__context__tells_kinds_and_keys_apart(data: Any, full_key: str) -> None:
    assert parse_context(data).full_key == full_key


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"kind": "user"},
        {"kind": "user", "key": ""},
        {"kind": "user", "key": 1},
        {"kind": "kind", "key": "a"},
        {"kind": "", "key": "a"},
        {"kind": "a b", "key": "a"},
        {"kind": "user\n", "key": "a"},
        {"kind": 3, "key": "a"},
        {"kind": "multi"},
        {"kind": "multi", "user": "a"},
        {"kind": "multi", "multi": {"key": "a"}},
        {"kind": "user", "key": "a", "name": 1},
        {"kind": "user", "key": "a", "anonymous": "yes"},
        {"kind": "user", "key": "a", "_meta": []},
        {"kind": "user", "key": "a", "_meta": {"privateAttributes": [1]}},
        {},
        {"key": None},
        {"key": "a", "custom": []},
        {"key": "a", "email": 1},
        {"key": "a", "privateAttributeNames": "email"},
    ],
)
def test_parse_context__no_context__is_refused(data: Any) -> None:
    with pytest.raises(ContextInvalid):
        parse_context(data)


def test_parse_context__user__has_its_own_attributes_beside_the_built_in_ones() -> None:
    user = {"key": "u", "name": "Ann", "custom": {"age": 3, "none": None}, "privateAttributeNames": ["email"]}

    [single] = parse_context(user).singles.values()

    assert single.attributes == {"key": "u", "kind": "user", "name": "Ann", "age": 3, "anonymous": False}
    assert single.private == ("email",)


def test_value__reference__follows_objects_only() -> None:
    data = {"kind": "user", "key": "u", "address": {"city": "Ulm"}, "_meta": {"privateAttributes": ["/a"]}}
    [single] = parse_context(data).singles.values()

    assert single.value(Reference(("address", "city"))) == "Ulm"
    assert single.value(Reference(("address", "city", "0"))) is None
    assert single.value(Reference(("key",))) == "u"
    assert single.private == ("/a",)


@pytest.mark.parametrize(
    ("text", "is_path", "names"),
    [
        ("email", True, ("email",)),
        ("/address/city", True, ("address", "city")),
        ("/a~1b~0c/~01", True, ("a/b~c", "~1")),
        ("/address/city", False, ("/address/city",)),
        ("a/b", True, ("a/b",)),
    ],
)
def test_parse_reference__text__names_what_to_follow(
    text: str, *, is_path: bool, names: tuple[str, ...]
) -> None:
    assert parse_reference(text, is_path=is_path).names == names


@pytest.mark.parametrize("text", ["", "/", "//a", "/a/", "/a//b", "/a~", "/a~2"])
def test_parse_reference__senseless_path__is_refused(text: str) -> None:
    with pytest.raises(ReferenceInvalid):
        parse_reference(text, is_path=True)
