"""When JSON values are equal, alone and in dataclasses and sets."""

import itertools
from dataclasses import dataclass

import pytest

from daybreak.logic.patching.json_value import Json, has_equal_fields, identify, is_json_equal

DIFFERENT: list[Json] = [
    *(None, True, False, 0, 1, 2.5, "", "1", [], {}, [[]], [True], [1], [False, 1], [False, True], [0, 1]),
    *({"a": 1}, {"a": True}, {"b": 1}, {"a": 1, "b": 1}, [{"a": 0}], [{"a": False}]),
]


@dataclass(frozen=True)
class Held:
    name: str
    values: tuple[Json, ...]


@pytest.mark.parametrize(("left", "right"), list(itertools.combinations(DIFFERENT, 2)))
def test_equality__different_values__are_told_apart(left: Json, right: Json) -> None:
    assert not is_json_equal(left, right)
    assert identify(left) != identify(right)
    assert not has_equal_fields(Held("a", (left,)), Held("a", (right,)))


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, 1.0), ({"a": 1, "b": [True]}, {"b": [True], "a": 1.0}), *((each, each) for each in DIFFERENT)],
)
def test_equality__same_values__are_the_same_however_written(left: Json, right: Json) -> None:
    assert is_json_equal(left, right)
    assert identify(left) == identify(right)
    assert has_equal_fields(Held("a", (left, 1)), Held("a", (right, 1)))
    assert not has_equal_fields(Held("a", (left,)), Held("b", (right,)))
    assert not has_equal_fields(Held("a", (left,)), Held("a", (right, right)))
