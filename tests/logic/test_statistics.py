"""Exact statistics."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.statistics import mean, median, median_of_unsorted, percentiles


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), None),
        ((7,), 7),
        ((1, 2), Fraction(3, 2)),
        ((1, 1, 2), Fraction(4, 3)),
        ((Fraction(1, 3),), Fraction(1, 3)),
    ],
)
def test_mean__table(values: Sequence[int | Fraction], expected: Fraction | None) -> None:
    assert mean(values) == expected


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [((), None), ((5,), 5), ((1, 2), Fraction(3, 2)), ((1, 2, 9), 2), ((1, 3, 6, 100), Fraction(9, 2))],
)
def test_median__table(ordered: Sequence[int], expected: Fraction | None) -> None:
    assert median(ordered) == expected


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [
        ((), {}),
        ((8,), {50: 8, 75: 8, 90: 8, 95: 8, 99: 8}),
        ((1, 2), {50: 1, 75: 2, 90: 2, 95: 2, 99: 2}),
        (range(1, 11), {50: 5, 75: 8, 90: 9, 95: 10, 99: 10}),
        (range(1, 101), {50: 50, 75: 75, 90: 90, 95: 95, 99: 99}),
        (range(1, 202), {50: 101, 75: 151, 90: 181, 95: 191, 99: 199}),
    ],
)
def test_percentiles__table(ordered: Sequence[int], expected: dict[int, int]) -> None:
    assert percentiles(ordered) == expected


def test_percentiles__lowest_and_highest_rank__are_the_ends() -> None:
    assert percentiles((3, 4, 5), (0, 100)) == {0: 3, 100: 5}


@given(st.lists(st.integers(), min_size=1).map(sorted))
def test_percentiles__any_sample__do_not_fall_and_stay_in_the_sample(ordered: list[int]) -> None:
    found = list(percentiles(ordered).values())
    assert found == sorted(found)
    assert set(found) <= set(ordered)


@given(st.lists(st.integers(), min_size=1).map(sorted))
def test_median__any_sample__has_as_many_below_as_above(ordered: list[int]) -> None:
    middle = median(ordered)
    assert middle is not None
    half = len(ordered) // 2
    assert sum(value < middle for value in ordered) <= half
    assert sum(value > middle for value in ordered) <= half


@pytest.mark.parametrize("size", [0, 1, 2, 4_999, 5_000, 20_001])
def test_median_of_unsorted__any_size__is_the_median_of_the_sorted(size: int) -> None:
    sample = [(number * 7_919) % 100_003 for number in range(size)]

    assert median_of_unsorted(sample) == median(sorted(sample))


@pytest.mark.parametrize(
    "sample",
    [
        [1] * 10_000,
        list(range(10_000, 0, -1)),
        # What is looked at first lies all at one end.
        [0 if number % 10 == 0 else 10**9 + number for number in range(10_000)],
        [10**9 + number if number % 10 == 0 else number for number in range(10_000)],
    ],
    ids=["equal", "falling", "misleading low", "misleading high"],
)
def test_median_of_unsorted__awkward_order__is_exact_all_the_same(sample: list[int]) -> None:
    assert median_of_unsorted(sample) == median(sorted(sample))
