"""From raw values to scores. The tables are the published reference numbers of the formula."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.scoring.grades import (
    DAYBREAK_1,
    PROFILES,
    STRICT_2023,
    NextTier,
    Profile,
    Scale,
    Unit,
    grade,
    indicator_of,
    next_tier,
    range_of,
)
from daybreak.logic.scoring.model import AGGREGATES, DAY, HOUR, Indicator, IndicatorRange, Metric
from daybreak.logic.scoring.tiers import describe_tiers

MEASURED = [metric for metric in Metric if metric not in AGGREGATES]


def graded(metric: Metric, raw: Fraction | int, profile: Profile = DAYBREAK_1) -> int:
    return grade(profile.scales[metric], Fraction(raw))


@pytest.mark.parametrize(
    ("deployments", "score"),
    [(0, 0), (1, 40), (2, 50), (4, 70), (12, 76), (28, 90), (56, 93), (112, 100), (1000, 100)],
)
def test_grade__deployments_in_28_days__as_published(deployments: int, score: int) -> None:
    assert graded(Metric.DEPLOYMENT_FREQUENCY, Fraction(deployments, 28)) == score


@pytest.mark.parametrize(
    ("hours", "score"),
    [
        ("0", 100),
        ("1", 100),
        ("6", 97),
        ("24", 90),
        ("24.1", 89),
        ("72", 83),
        ("168", 70),
        ("209", 67),
        ("336", 60),
        ("672", 40),
        ("1440", 31),
        ("4368", 0),
        ("9999", 0),
    ],
)
def test_grade__hours_of_lead_time__as_published(hours: str, score: int) -> None:
    assert graded(Metric.LEAD_TIME, Fraction(hours) * HOUR) == score


def test_grade__one_millisecond_over_a_day__is_no_longer_excellent() -> None:
    assert graded(Metric.LEAD_TIME, DAY + 1) == 89


@pytest.mark.parametrize(
    ("percent", "score"),
    [
        (0, 100),
        (2, 96),
        (5, 90),
        (10, 80),
        (15, 70),
        (19, 62),
        (20, 60),
        (30, 40),
        (40, 28),
        (46, 21),
        (64, 0),
        (100, 0),
    ],
)
def test_grade__percent_of_failures__as_published(percent: int, score: int) -> None:
    assert graded(Metric.DEPLOYMENT_FAILURE_RATE, percent) == score


@pytest.mark.parametrize(("percent", "score"), [(0, 100), (5, 90), (10, 70), (15, 40), (19, 36), (64, 0)])
def test_grade__percent_of_failures_in_the_strict_profile__as_published(percent: int, score: int) -> None:
    assert graded(Metric.DEPLOYMENT_FAILURE_RATE, percent, STRICT_2023) == score


@pytest.mark.parametrize(
    ("metric", "marks"),
    [
        (Metric.IMPACT_SIZE, {"0": 100, "10": 95, "20": 90, "50": 70, "80": 40, "90": 20, "100": 0}),
        (Metric.EXPERIMENTATION_COVERAGE, {"0": 0, "5": 20, "10": 40, "25": 70, "50": 90, "100": 100}),
        (Metric.CREATION_RATIO, {"0.1": 100, "0.5": 100, "1": 90, "2": 70, "4": 40, "6": 20, "8": 0, "9": 0}),
    ],
)
def test_grade__marks_of_the_other_metrics__as_published(metric: Metric, marks: dict[str, int]) -> None:
    assert {raw: graded(metric, Fraction(raw)) for raw in marks} == marks


@pytest.mark.parametrize("stale", range(101))
def test_grade__percent_of_stale_flags__is_taken_from_100(stale: int) -> None:
    assert graded(Metric.FLAG_HEALTH, stale) == 100 - stale


@given(st.sampled_from(MEASURED), st.fractions(min_value=-10), st.fractions(min_value=-10))
def test_grade__a_better_value__never_scores_less(metric: Metric, one: Fraction, other: Fraction) -> None:
    scale = DAYBREAK_1.scales[metric]
    better, worse = sorted((one, other), reverse=scale.is_rising)
    assert 100 >= grade(scale, better) >= grade(scale, worse) >= 0


@given(st.sampled_from(MEASURED), st.fractions(min_value=0, max_value=1))
def test_grade__between_two_marks__stays_between_their_scores(metric: Metric, share: Fraction) -> None:
    scale = DAYBREAK_1.scales[metric]
    for better, worse in pairwise(scale.anchors):
        raw = worse.raw + share * (better.raw - worse.raw)
        assert worse.score <= grade(scale, raw) <= better.score


def test_profiles__any__scale_every_measured_metric_and_are_found_by_name() -> None:
    assert list(PROFILES) == ["daybreak-1", "strict-2023"]
    assert all(list(profile.scales) == MEASURED for profile in PROFILES.values())


def test_strict_2023__differs_only_in_the_failure_rate() -> None:
    different = [metric for metric in MEASURED if STRICT_2023.scales[metric] != DAYBREAK_1.scales[metric]]
    assert different == [Metric.DEPLOYMENT_FAILURE_RATE]


@pytest.mark.parametrize(
    "marks", [(5, 4, 3, 3, 1), (1, 2, 3, 3, 5), (5, 4, 6, 2, 1), (1, 2, 0, 4, 5), (1, 1, 1, 1, 1)]
)
def test_scale__marks_in_no_order__are_refused(marks: tuple[int, int, int, int, int]) -> None:
    best, excellent, good, fair, worst = map(Fraction, marks)
    with pytest.raises(ValueError, match="one direction"):
        Scale(Unit.RATIO, (best, excellent, good, fair, worst))


@pytest.mark.parametrize(
    ("scores", "indicator"),
    [
        (range(90, 101), Indicator.EXCELLENT),
        (range(70, 90), Indicator.GOOD),
        (range(40, 70), Indicator.FAIR),
        (range(40), Indicator.NEEDS_ATTENTION),
    ],
)
def test_indicator_of__every_score__is_that_of_its_range(scores: range, indicator: Indicator) -> None:
    assert {indicator_of(score) for score in scores} == {indicator}
    assert range_of(indicator) == IndicatorRange(scores[0], scores[-1])


@pytest.mark.parametrize("indicator", [Indicator.NOT_CALCULATED, Indicator.UNKNOWN])
def test_range_of__no_score__is_0_to_0(indicator: Indicator) -> None:
    assert range_of(indicator) == IndicatorRange(0, 0)


@pytest.mark.parametrize(
    ("metric", "raw", "expected"),
    [
        (Metric.LEAD_TIME, 200 * DAY, NextTier(Fraction(28 * DAY), 40)),
        (Metric.LEAD_TIME, 28 * DAY, NextTier(Fraction(7 * DAY), 30)),
        (Metric.LEAD_TIME, 14 * DAY, NextTier(Fraction(7 * DAY), 10)),
        (Metric.LEAD_TIME, DAY + 1, NextTier(Fraction(DAY), 1)),
        (Metric.LEAD_TIME, DAY, NextTier(Fraction(HOUR), 10)),
        (Metric.LEAD_TIME, HOUR, None),
        (Metric.DEPLOYMENT_FREQUENCY, 0, NextTier(Fraction(1, 28), 40)),
        (Metric.DEPLOYMENT_FREQUENCY, Fraction(1, 14), NextTier(Fraction(1, 7), 20)),
        (Metric.DEPLOYMENT_FREQUENCY, 2, NextTier(Fraction(4), 7)),
        (Metric.DEPLOYMENT_FREQUENCY, 5, None),
    ],
)
def test_next_tier__table(metric: Metric, raw: Fraction | int, expected: NextTier | None) -> None:
    assert next_tier(DAYBREAK_1.scales[metric], Fraction(raw)) == expected


@given(st.sampled_from(MEASURED), st.fractions(min_value=0))
def test_next_tier__reached__gains_what_was_promised(metric: Metric, raw: Fraction) -> None:
    scale = DAYBREAK_1.scales[metric]
    promised = next_tier(scale, raw)
    gained = promised.points_gained if promised else 0
    reached = grade(scale, promised.raw if promised else raw)
    assert reached == grade(scale, raw) + gained
    assert (reached == 100) == (grade(scale, raw) >= 90)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (
            Metric.DEPLOYMENT_FREQUENCY,
            [
                "at least 1 per day",
                "at least 1 per week",
                "at least 1 per 4 weeks",
                "less than 1 per 4 weeks",
            ],
        ),
        (Metric.LEAD_TIME, ["at most 1 day", "at most 1 week", "at most 4 weeks", "more than 4 weeks"]),
        (
            Metric.DEPLOYMENT_FAILURE_RATE,
            ["at most 5 %", "at most 15 %", "at most 30 %", "more than 30 %"],
        ),
        (
            Metric.EXPERIMENTATION_COVERAGE,
            ["at least 50 %", "at least 25 %", "at least 10 %", "less than 10 %"],
        ),
        (Metric.CREATION_RATIO, ["at most 1", "at most 2", "at most 4", "more than 4"]),
    ],
)
def test_describe_tiers__the_published_scales__read_as_sentences(metric: Metric, expected: list[str]) -> None:
    tiers = describe_tiers(DAYBREAK_1.scales[metric])
    assert [tier.description for tier in tiers] == expected
    assert [tier.indicator for tier in tiers] == list(Indicator)[:4]


@pytest.mark.parametrize(
    ("unit", "excellent", "good", "fair", "expected"),
    [
        (Unit.PER_DAY, "4", "1.5", "0.1", ["4 per day", "3 per 2 days", "1 per 10 days", "1 per 10 days"]),
        (
            Unit.MILLISECONDS,
            "999",
            "1000",
            "90000",
            ["999 milliseconds", "1 second", "90 seconds", "90 seconds"],
        ),
        (Unit.MILLISECONDS, "60000", "5400000", "7200000", ["1 minute", "90 minutes", "2 hours", "2 hours"]),
        (Unit.PERCENT, "0.5", "2.25", "1234567", ["0.5 %", "2.25 %", "1234567 %", "1234567 %"]),
    ],
)
def test_describe_tiers__other_marks__choose_fitting_units(
    unit: Unit, excellent: str, good: str, fair: str, expected: list[str]
) -> None:
    marks = (Fraction(excellent), Fraction(good), Fraction(fair))
    outer = (Fraction(100), Fraction(0)) if marks[0] > marks[2] else (Fraction(0), Fraction(10**9))
    tiers = describe_tiers(Scale(unit, (outer[0], *marks, outer[1])))
    assert [tier.description.split(" ", 2)[2] for tier in tiers] == expected
