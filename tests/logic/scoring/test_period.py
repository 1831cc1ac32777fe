"""Periods, and how much of them a source has watched."""

from fractions import Fraction

import pytest

from daybreak.logic.scoring.facts import Coverage, coverage_of
from daybreak.logic.scoring.model import DAY, HOUR, Period, period_ending, previous

END = 1_000_000 * HOUR
PERIOD = Period(END - 28 * DAY, END)


@pytest.mark.parametrize(
    ("now", "end"),
    [(END, END), (END + 1, END), (END + HOUR - 1, END), (END + HOUR, END + HOUR), (END - 1, END - HOUR)],
)
def test_period_ending__any_moment__ends_at_the_last_full_hour(now: int, end: int) -> None:
    assert period_ending(now) == Period(end - 28 * DAY, end)


def test_period_ending__another_length__starts_so_many_days_before() -> None:
    assert period_ending(END, days=84) == Period(END - 84 * DAY, END)


def test_previous__a_period__ends_where_it_starts_and_is_as_long() -> None:
    assert previous(PERIOD) == Period(END - 56 * DAY, END - 28 * DAY)


@pytest.mark.parametrize(
    ("first_event_at", "days"),
    [
        (None, 0),
        (0, 28),
        (PERIOD.start, 28),
        (PERIOD.start + 18 * HOUR, Fraction(109, 4)),
        (END - 7 * DAY, 7),
        (END, 0),
        (END + DAY, 0),
    ],
)
def test_coverage_of__first_event__counts_from_it_within_the_period(
    first_event_at: int | None, days: Fraction
) -> None:
    assert coverage_of(PERIOD, first_event_at).days == days


@pytest.mark.parametrize(("first_event_at", "covered"), [(None, 0), (END - DAY, DAY)])
def test_coverage_of__backfill_running__says_so(first_event_at: int | None, covered: int) -> None:
    found = coverage_of(PERIOD, first_event_at, is_backfill_running=True)
    assert found == Coverage(covered, is_backfill_running=True)
