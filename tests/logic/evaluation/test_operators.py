"""Operators of clauses, one table for each family."""

from typing import Any

import pytest

from daybreak.logic.evaluation.operators import parse_instant, prepare_operator


@pytest.mark.parametrize(
    ("op", "value", "given", "passes"),
    [
        ("in", 1, 1.0, True),
        ("in", True, 1, False),
        ("in", 1, True, False),
        ("in", False, False, True),
        ("in", "1", 1, False),
        ("in", {"a": 1}, {"a": 1}, True),
        ("in", "A", "a", False),
        ("startsWith", "annabel", "ann", True),
        ("startsWith", "annabel", "Ann", False),
        ("endsWith", "annabel", "bel", True),
        ("contains", "annabel", "nab", True),
        ("contains", 5, "5", False),
        ("matches", "annabel", "n+a", True),
        ("matches", "annabel", "^n", False),
        ("matches", "annabel", "[", False),
        ("matches", "aaa", "(a+)+", False),
        ("matches", "aaa", 5, False),
        ("lessThan", 1, 2, True),
        ("lessThan", 2, 2, False),
        ("lessThan", True, 2, False),
        ("lessThan", "1", 2, False),
        ("lessThanOrEqual", 2, 2.0, True),
        ("greaterThan", 3, 2, True),
        ("greaterThan", 10**400, 2, True),
        ("lessThan", -(10**400), 2, True),
        ("greaterThanOrEqual", 1.9, 2, False),
        ("before", "2017-12-06T00:00:00.000-07:00", "2017-12-06T07:00:00.001Z", True),
        ("before", "2017-12-06t07:00:00z", 1_512_543_600_000, False),
        ("after", 1_512_543_600_001, "2017-12-06T07:00:00Z", True),
        ("after", "2017-12-06", 0, False),
        ("after", "2017-12-06T07:00:00", 0, False),
        ("after", "1512543600000", 0, False),
        ("semVerEqual", "2", "2.0.0", True),
        ("semVerEqual", "2.0+a", "2.0.0+b", True),
        ("semVerEqual", "v2.0.0", "v2.0.0", False),
        ("semVerEqual", "02.0.0", "2.0.0", False),
        ("semVerLessThan", "2-rc", "2.0.0", True),
        ("semVerLessThan", "2.0.0-9", "2.0.0-10", True),
        ("semVerLessThan", "2.0.0-10", "2.0.0-a", True),
        ("semVerLessThan", "2.0.0-a", "2.0.0-a.1", True),
        ("semVerGreaterThan", "10.0.0", "9.9.9", True),
        ("semVerGreaterThan", "2.0.0.0", "1.0.0", False),
        ("semVerEqual", "9" * 100, "9" * 100, True),
        ("semVerEqual", "9" * 101, "9" * 101, False),
        ("semVerGreaterThan", "9" * 5_000, "1.0.0", False),
        ("semVerGreaterThan", "2.0.0", "9" * 5_000, False),
        ("semVerGreaterThan", "2.0.0-" + "9" * 5_000, "1.0.0", False),
        ("unheardOf", "a", "a", False),
    ],
)
def test_operator__a_value__passes_as_sdks_agree(op: str, value: Any, given: Any, *, passes: bool) -> None:
    assert prepare_operator(op, (given,))(value) is passes


def test_operator__several_values__any_of_them_will_do() -> None:
    assert prepare_operator("lessThan", (1, "x", 5))(3)
    assert prepare_operator("greaterThan", (9, None, 2))(3)
    assert not prepare_operator("greaterThan", ())(3)


@pytest.mark.parametrize(
    "text", ["2021-02-29T12:00:00Z", "2020-01-01T00:00:60Z", "2020-01-01T00:00:00+99:00", "x", None, True]
)
def test_parse_instant__no_date_and_time_with_a_zone__is_none(text: Any) -> None:
    assert parse_instant(text) is None
