"""How far apart two distributions of variations are."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.scoring.impact import measure_impact, size_of

COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 10**9), min_size=1)


@pytest.mark.parametrize(
    ("before", "after", "percentage", "size"),
    [
        ({"a": 10}, {"a": 3}, 0, "none"),
        ({"a": 10}, {"a": 9, "b": 1}, 10, "small"),
        ({"a": 1}, {"a": 4, "b": 1}, 20, "medium"),
        ({"a": 1}, {"a": 1, "b": 4}, 80, "medium"),
        ({"a": 1, "b": 1}, {"b": 1, "c": 1}, 50, "medium"),
        ({"a": 5}, {"b": 7}, 100, "large"),
        ({"a": 1000}, {"a": 199, "b": 801}, Fraction(801, 10), "large"),
    ],
)
def test_impact__shares_move__is_half_of_what_they_moved(
    before: dict[str, int], after: dict[str, int], percentage: Fraction, size: str
) -> None:
    found = measure_impact(before, after)
    assert found == percentage
    assert size_of(found) == size


@pytest.mark.parametrize(("before", "after"), [({}, {"a": 1}), ({"a": 1}, {}), ({}, {})])
def test_impact__one_side_never_evaluated__is_unknown(before: dict[str, int], after: dict[str, int]) -> None:
    assert measure_impact(before, after) is None


@given(COUNTS, COUNTS)
def test_impact__any_two_sides__is_symmetric_and_a_percentage(
    before: dict[str, int], after: dict[str, int]
) -> None:
    found = measure_impact(before, after)
    assert found is not None
    assert 0 <= found <= 100
    assert found == measure_impact(after, before)
