"""Eleven scores, their means, the comparison with the last period, and the explanations."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.scoring.explanation import Explanation
from daybreak.logic.scoring.facts import (
    Coverage,
    CreationFacts,
    DeploymentFacts,
    ExperimentationFacts,
    Facts,
    FlagHealthFacts,
    ImpactFacts,
    LeadTimeFacts,
)
from daybreak.logic.scoring.grades import DAYBREAK_1, STRICT_2023, NextTier, Unit
from daybreak.logic.scoring.indicators import Frequency, Reason
from daybreak.logic.scoring.model import (
    AGGREGATES,
    DAY,
    HOUR,
    PERIOD_DAYS,
    Indicator,
    IndicatorRange,
    Metric,
    Score,
)
from daybreak.logic.scoring.scorecard import scorecard

FULL = Coverage(PERIOD_DAYS * DAY)


def deployments(
    finished_versions: int = 4, failed: int = 0, settled: int = 20, coverage: Coverage = FULL
) -> DeploymentFacts:
    return DeploymentFacts(coverage, finished_versions, 1, settled, failed)


def lead_time(days: int) -> LeadTimeFacts:
    return LeadTimeFacts(FULL, changes=10, median=Fraction(days * DAY))


def flag_health(stale: int) -> FlagHealthFacts:
    return FlagHealthFacts(FULL, temporary=100, stale=stale)


EVERYTHING = Facts(
    deployments=deployments(finished_versions=4, failed=1),
    lead_times=lead_time(1),
    impact=ImpactFacts(FULL, 4, Fraction(50)),
    experimentation=ExperimentationFacts(FULL, 10, 1, has_experiment=True),
    flag_health=flag_health(stale=9),
    creation=CreationFacts(FULL, 0, 1),
)


def shown(facts: Facts) -> dict[str, int | str]:
    """Scores where there are any, else the indicator."""
    scores = scorecard(facts, Facts()).scores
    return {
        metric.value: each.score if each.indicator.has_score else each.indicator.value
        for metric, each in scores.items()
    }


def test_scorecard__everything_known__has_eleven_scores() -> None:
    assert shown(EVERYTHING) == {
        "deploymentFrequency": 70,
        "leadTime": 90,
        "deploymentFailureRate": 90,
        "impactSize": 70,
        "experimentationCoverage": 40,
        "flagHealth": 91,
        "creationRatio": 100,
        "velocity": 80,
        "risk": 80,
        "efficiency": 65,
        "overall": 75,
    }


def test_scorecard__a_mean__lists_its_parts_and_others_do_not() -> None:
    scores = scorecard(EVERYTHING, Facts()).scores
    assert {metric: each.aggregate_of for metric, each in scores.items() if each.aggregate_of} == AGGREGATES
    assert {each.aggregate_of for metric, each in scores.items() if metric not in AGGREGATES} == {None}


@pytest.mark.parametrize(
    ("facts", "aggregate", "score", "parts"),
    [
        (Facts(deployments=deployments()), Metric.VELOCITY, 70, (Metric.DEPLOYMENT_FREQUENCY,)),
        (Facts(lead_times=lead_time(1)), Metric.VELOCITY, 90, (Metric.LEAD_TIME,)),
        (Facts(deployments=deployments()), Metric.RISK, 100, (Metric.DEPLOYMENT_FAILURE_RATE,)),
        (Facts(flag_health=flag_health(9)), Metric.EFFICIENCY, 91, (Metric.FLAG_HEALTH,)),
        (Facts(deployments=deployments()), Metric.OVERALL, 85, (Metric.VELOCITY, Metric.RISK)),
        (
            Facts(lead_times=lead_time(1), flag_health=flag_health(9)),
            Metric.OVERALL,
            90,
            (Metric.VELOCITY, Metric.EFFICIENCY),
        ),
    ],
)
def test_scorecard__missing_parts__are_left_out_of_the_mean(
    facts: Facts, aggregate: Metric, score: int, parts: tuple[Metric, ...]
) -> None:
    found = scorecard(facts, Facts()).scores[aggregate]
    assert (found.score, found.aggregate_of) == (score, parts)


def test_scorecard__a_mean_of_shown_scores__is_rounded_down_each_time() -> None:
    found = shown(
        Facts(deployments=deployments(2, failed=2), lead_times=LeadTimeFacts(FULL, 1, Fraction(6 * HOUR)))
    )
    assert (found["deploymentFrequency"], found["leadTime"], found["velocity"]) == (50, 97, 73)
    assert (found["risk"], found["overall"]) == (80, 76)


@pytest.mark.parametrize(
    ("facts", "reason", "parts"),
    [
        (Facts(), Reason.NO_PART, 0),
        (Facts(lead_times=lead_time(1)), Reason.TOO_FEW_PARTS, 1),
        (Facts(creation=CreationFacts(FULL, 1, 1)), Reason.NO_PART, 0),
    ],
)
def test_scorecard__fewer_than_two_pillars__has_no_overall_score(
    facts: Facts, reason: Reason, parts: int
) -> None:
    card = scorecard(facts, Facts())
    overall = card.scores[Metric.OVERALL]
    assert overall == Score(0, Indicator.NOT_CALCULATED, IndicatorRange(0, 0), (), None, overall.last_period)
    explanation = card.explanations[Metric.OVERALL]
    assert (explanation.reason, explanation.raw, explanation.sample_size) == (reason, None, parts)


def test_scorecard__unknown_parts__leave_their_pillar_not_calculated() -> None:
    found = shown(Facts(deployments=deployments(coverage=Coverage(DAY))))
    assert found["deploymentFrequency"] == found["deploymentFailureRate"] == "unknown"
    assert found["velocity"] == found["risk"] == found["overall"] == "notCalculated"


def test_scorecard__no_score__is_0_in_a_range_of_0_without_difference() -> None:
    unknown = Facts(deployments=deployments(coverage=Coverage(DAY)))
    found = scorecard(unknown, EVERYTHING).scores[Metric.DEPLOYMENT_FREQUENCY]
    assert found == Score(0, Indicator.UNKNOWN, IndicatorRange(0, 0), last_period=found.last_period)
    assert found.last_period == Score(70, Indicator.GOOD, IndicatorRange(70, 89))


def test_scorecard__both_periods_known__tells_the_difference() -> None:
    last = replace(EVERYTHING, deployments=deployments(finished_versions=28, failed=3))
    scores = scorecard(EVERYTHING, last).scores
    assert {metric.value: each.diff_vs_last_period for metric, each in scores.items()} == {
        "deploymentFrequency": -20,
        "leadTime": 0,
        "deploymentFailureRate": 20,
        "impactSize": 0,
        "experimentationCoverage": 0,
        "flagHealth": 0,
        "creationRatio": 0,
        "velocity": -10,
        "risk": 10,
        "efficiency": 0,
        "overall": 0,
    }


def test_scorecard__last_period__is_a_whole_score_without_one_of_its_own() -> None:
    found = scorecard(EVERYTHING, EVERYTHING).scores[Metric.VELOCITY].last_period
    assert found == Score(
        80, Indicator.GOOD, IndicatorRange(70, 89), (Metric.DEPLOYMENT_FREQUENCY, Metric.LEAD_TIME)
    )


def test_scorecard__a_part_is_missing_in_one_period__has_no_difference_up_to_the_top() -> None:
    without_lead_time = replace(EVERYTHING, lead_times=None)
    for facts, last_facts in ((without_lead_time, EVERYTHING), (EVERYTHING, without_lead_time)):
        scores = scorecard(facts, last_facts).scores
        without = {metric for metric, each in scores.items() if each.diff_vs_last_period is None}
        assert without == {Metric.LEAD_TIME, Metric.VELOCITY, Metric.OVERALL}
        assert scores[Metric.OVERALL].indicator.has_score


def test_scorecard__a_pillar_is_missing_in_one_period__has_no_overall_difference() -> None:
    without_efficiency = replace(EVERYTHING, flag_health=None, experimentation=None)
    scores = scorecard(without_efficiency, EVERYTHING).scores
    assert scores[Metric.OVERALL].diff_vs_last_period is None
    assert scores[Metric.VELOCITY].diff_vs_last_period == 0


def test_scorecard__a_new_installation__has_scores_and_no_last_period() -> None:
    facts = Facts(deployments=deployments(2, coverage=Coverage(14 * DAY)))
    last_facts = Facts(deployments=deployments(0, settled=0, coverage=Coverage(0)))
    found = scorecard(facts, last_facts).scores[Metric.DEPLOYMENT_FREQUENCY]
    assert (found.score, found.diff_vs_last_period) == (70, None)
    assert found.last_period == Score(0, Indicator.NOT_CALCULATED, IndicatorRange(0, 0))


def test_scorecard__strict_profile__grades_both_periods_by_it() -> None:
    facts = Facts(deployments=deployments(failed=2))
    found = scorecard(facts, facts, STRICT_2023)
    score = found.scores[Metric.DEPLOYMENT_FAILURE_RATE]
    assert (score.score, score.diff_vs_last_period) == (70, 0)
    assert found.explanations[Metric.DEPLOYMENT_FAILURE_RATE].profile == "strict-2023"


def test_scorecard__summed_frequency__adds_the_applications_of_both_periods() -> None:
    facts = Facts(deployments=DeploymentFacts(FULL, 10, 10, 10, 0))
    for frequency, score in ((Frequency.PER_APPLICATION, 40), (Frequency.SUM, 75)):
        found = scorecard(facts, facts, DAYBREAK_1, frequency).scores[Metric.DEPLOYMENT_FREQUENCY]
        assert (found.score, found.diff_vs_last_period) == (score, 0)


def test_explanation__a_measured_metric__tells_all_that_made_the_score() -> None:
    facts = Facts(
        lead_times=LeadTimeFacts(Coverage(10 * DAY), 12, Fraction(14 * DAY), {"bots": 3, "partial": 1})
    )
    found = scorecard(facts, Facts()).explanations[Metric.LEAD_TIME]
    assert found == Explanation(
        metric=Metric.LEAD_TIME,
        raw=Fraction(14 * DAY),
        unit=Unit.MILLISECONDS,
        sample_size=12,
        profile="daybreak-1",
        anchors=DAYBREAK_1.scales[Metric.LEAD_TIME].anchors,
        covered_days=Fraction(10),
        excluded={"bots": 3, "partial": 1},
        next_tier=NextTier(Fraction(7 * DAY), 10),
        formula_version="daybreak-1",
    )
    assert [(int(each.raw / HOUR), each.score) for each in found.anchors] == [
        (1, 100),
        (24, 90),
        (168, 70),
        (672, 40),
        (4368, 0),
    ]


def test_explanation__nothing_recorded__gives_the_reason_and_the_scale() -> None:
    found = scorecard(Facts(), EVERYTHING).explanations[Metric.FLAG_HEALTH]
    assert (found.raw, found.reason, found.next_tier) == (None, Reason.NO_SOURCE, None)
    assert (found.covered_days, found.sample_size) == (None, 0)
    assert found.anchors == DAYBREAK_1.scales[Metric.FLAG_HEALTH].anchors


def test_explanation__a_mean__is_exact_where_the_score_is_rounded() -> None:
    found = scorecard(EVERYTHING, Facts()).explanations[Metric.EFFICIENCY]
    assert (found.raw, found.unit, found.sample_size) == (Fraction(131, 2), Unit.POINTS, 2)


@pytest.mark.parametrize(("settled", "is_low"), [(0, False), (1, True), (4, True), (5, False)])
def test_explanation__few_settled_deployments__marks_the_failure_rate_alone(
    settled: int, *, is_low: bool
) -> None:
    explanations = scorecard(Facts(deployments=deployments(settled=settled)), Facts()).explanations
    assert explanations[Metric.DEPLOYMENT_FAILURE_RATE].is_low_sample is is_low
    assert not explanations[Metric.DEPLOYMENT_FREQUENCY].is_low_sample


@given(
    st.builds(
        Facts,
        deployments=st.none() | st.builds(deployments, st.integers(0, 500), st.integers(0, 20)),
        lead_times=st.none() | st.builds(lead_time, st.integers(0, 400)),
        flag_health=st.none() | st.builds(flag_health, st.integers(0, 100)),
    )
)
def test_scorecard__any_facts__means_lie_between_their_parts(facts: Facts) -> None:
    scores = scorecard(facts, Facts()).scores
    assert list(scores) == list(Metric)
    for score in scores.values():
        assert score.indicator_range.min <= score.score <= score.indicator_range.max
        if score.aggregate_of:
            parts = [scores[part].score for part in score.aggregate_of]
            assert min(parts) <= score.score <= max(parts)
