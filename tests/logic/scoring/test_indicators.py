"""The seven metrics: values, and every way of having none."""

from dataclasses import replace
from fractions import Fraction

import pytest

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
from daybreak.logic.scoring.indicators import Frequency, Gap, Measurement, Reason, measure_all
from daybreak.logic.scoring.model import AGGREGATES, DAY, Indicator, Metric
from daybreak.logic.scoring.stability import (
    RecoveryFacts,
    ReworkFacts,
    measure_recovery_time,
    measure_rework_rate,
)

FULL = Coverage(28 * DAY)
DEPLOYMENTS = DeploymentFacts(FULL, finished_versions=28, live_applications=2, settled=40, failed=4)
FACTS = Facts(
    deployments=DEPLOYMENTS,
    lead_times=LeadTimeFacts(FULL, changes=9, median=Fraction(DAY)),
    impact=ImpactFacts(FULL, events=3, mean_impact=Fraction(50)),
    experimentation=ExperimentationFacts(FULL, events=8, events_with_experiment=2, has_experiment=True),
    flag_health=FlagHealthFacts(FULL, temporary=30, stale=10),
    creation=CreationFacts(FULL, created=5, retired=2),
)
MEASURED = [metric for metric in Metric if metric not in AGGREGATES]


def facts_covered(coverage: Coverage) -> Facts:
    """The same facts of a source that watched for another time."""
    return Facts(
        deployments=FACTS.deployments and replace(FACTS.deployments, coverage=coverage),
        lead_times=FACTS.lead_times and replace(FACTS.lead_times, coverage=coverage),
        impact=FACTS.impact and replace(FACTS.impact, coverage=coverage),
        experimentation=FACTS.experimentation and replace(FACTS.experimentation, coverage=coverage),
        flag_health=FACTS.flag_health and replace(FACTS.flag_health, coverage=coverage),
        creation=FACTS.creation and replace(FACTS.creation, coverage=coverage),
    )


def test_measure_all__everything_known__gives_the_values_of_the_definitions() -> None:
    found = measure_all(FACTS)
    assert {metric: (each.value, each.sample_size) for metric, each in found.items()} == {
        Metric.DEPLOYMENT_FREQUENCY: (Fraction(1, 2), 28),
        Metric.LEAD_TIME: (Fraction(DAY), 9),
        Metric.DEPLOYMENT_FAILURE_RATE: (Fraction(10), 40),
        Metric.IMPACT_SIZE: (Fraction(50), 3),
        Metric.EXPERIMENTATION_COVERAGE: (Fraction(25), 8),
        Metric.FLAG_HEALTH: (Fraction(100, 3), 30),
        Metric.CREATION_RATIO: (Fraction(2), 7),
    }
    assert {each.reason for each in found.values()} == {None}


def test_measure_all__summed_frequency__does_not_divide_by_applications() -> None:
    found = measure_all(FACTS, Frequency.SUM)
    assert found[Metric.DEPLOYMENT_FREQUENCY].value == 1


def test_measure_all__nothing_records_facts__is_not_calculated() -> None:
    gap = Gap(Indicator.NOT_CALCULATED, Reason.NO_SOURCE)
    assert measure_all(Facts()) == {metric: Measurement(gap, 0, None) for metric in MEASURED}


@pytest.mark.parametrize(
    ("coverage", "indicator", "reason"),
    [
        (Coverage(0), Indicator.NOT_CALCULATED, Reason.NO_EVENT),
        (Coverage(1), Indicator.UNKNOWN, Reason.TOO_SHORT),
        (Coverage(7 * DAY - 1), Indicator.UNKNOWN, Reason.TOO_SHORT),
        (Coverage(0, is_backfill_running=True), Indicator.UNKNOWN, Reason.BACKFILL_RUNNING),
        (Coverage(28 * DAY, is_backfill_running=True), Indicator.UNKNOWN, Reason.BACKFILL_RUNNING),
    ],
)
@pytest.mark.parametrize("metric", MEASURED)
def test_measure_all__too_little_covered__has_no_value(
    metric: Metric, coverage: Coverage, indicator: Indicator, reason: Reason
) -> None:
    found = measure_all(facts_covered(coverage))[metric]
    assert isinstance(found.value, Gap)
    assert (found.value.indicator, found.reason, found.raw) == (indicator, reason, None)
    assert found.coverage == coverage


@pytest.mark.parametrize(("days", "per_day"), [(7, 2), (14, 1), (27, Fraction(14, 27)), (28, Fraction(1, 2))])
def test_measure_all__seven_days_or_more_covered__divides_rates_by_them(days: int, per_day: Fraction) -> None:
    found = measure_all(facts_covered(Coverage(days * DAY)))
    assert found[Metric.DEPLOYMENT_FREQUENCY].value == per_day
    others = [metric for metric in MEASURED if metric is not Metric.DEPLOYMENT_FREQUENCY]
    full = measure_all(FACTS)
    assert [found[metric].value for metric in others] == [full[metric].value for metric in others]


@pytest.mark.parametrize(
    ("metric", "facts", "indicator", "reason"),
    [
        (
            Metric.DEPLOYMENT_FREQUENCY,
            Facts(deployments=replace(DEPLOYMENTS, live_applications=0, finished_versions=0)),
            Indicator.NOT_CALCULATED,
            Reason.NO_LIVE_APPLICATION,
        ),
        (
            Metric.LEAD_TIME,
            Facts(lead_times=LeadTimeFacts(FULL, changes=0, median=None)),
            Indicator.NOT_CALCULATED,
            Reason.NO_CHANGE,
        ),
        (
            Metric.DEPLOYMENT_FAILURE_RATE,
            Facts(deployments=replace(DEPLOYMENTS, settled=0, failed=0)),
            Indicator.NOT_CALCULATED,
            Reason.NO_SETTLED_DEPLOYMENT,
        ),
        (
            Metric.IMPACT_SIZE,
            Facts(impact=ImpactFacts(FULL, events=0, mean_impact=None)),
            Indicator.NOT_CALCULATED,
            Reason.NO_IMPACT,
        ),
        (
            Metric.IMPACT_SIZE,
            Facts(impact=ImpactFacts(FULL, events=0, mean_impact=None, events_without_evaluations=1)),
            Indicator.UNKNOWN,
            Reason.NO_EVALUATIONS,
        ),
        (
            Metric.EXPERIMENTATION_COVERAGE,
            Facts(experimentation=ExperimentationFacts(FULL, 0, 0, has_experiment=True)),
            Indicator.NOT_CALCULATED,
            Reason.NO_FLAG_EVENT,
        ),
        (
            Metric.EXPERIMENTATION_COVERAGE,
            Facts(experimentation=ExperimentationFacts(FULL, 5, 0, has_experiment=False)),
            Indicator.NOT_CALCULATED,
            Reason.NO_EXPERIMENT,
        ),
        (
            Metric.FLAG_HEALTH,
            Facts(flag_health=FlagHealthFacts(FULL, temporary=0, stale=0)),
            Indicator.NOT_CALCULATED,
            Reason.NO_TEMPORARY_FLAG,
        ),
        (
            Metric.CREATION_RATIO,
            Facts(creation=CreationFacts(FULL, created=0, retired=0)),
            Indicator.NOT_CALCULATED,
            Reason.NO_FLAG_CAME_OR_WENT,
        ),
    ],
)
@pytest.mark.parametrize("frequency", list(Frequency))
def test_measure_all__nothing_to_work_on__says_why(
    metric: Metric, facts: Facts, indicator: Indicator, reason: Reason, frequency: Frequency
) -> None:
    found = measure_all(facts, frequency)[metric]
    assert isinstance(found.value, Gap)
    assert (found.value.indicator, found.value.reason) == (indicator, reason)


@pytest.mark.parametrize(
    ("facts", "metric", "value"),
    [
        # Live, but silent for four weeks: that is known, and it is bad.
        (
            Facts(deployments=replace(DEPLOYMENTS, finished_versions=0)),
            Metric.DEPLOYMENT_FREQUENCY,
            0,
        ),
        (
            Facts(impact=ImpactFacts(FULL, 1, Fraction(100), events_without_evaluations=9)),
            Metric.IMPACT_SIZE,
            100,
        ),
        (
            Facts(experimentation=ExperimentationFacts(FULL, 5, 0, has_experiment=True)),
            Metric.EXPERIMENTATION_COVERAGE,
            0,
        ),
        (Facts(creation=CreationFacts(FULL, created=0, retired=3)), Metric.CREATION_RATIO, Fraction(1, 4)),
        (Facts(creation=CreationFacts(FULL, created=3, retired=0)), Metric.CREATION_RATIO, 4),
    ],
)
def test_measure_all__little_to_work_on__has_a_value(facts: Facts, metric: Metric, value: Fraction) -> None:
    assert measure_all(facts)[metric].value == value


@pytest.mark.parametrize(
    ("durations", "expected"), [((5,), 5), ((10, 20, 90), 20), ((10, 21), Fraction(31, 2))]
)
def test_measure_recovery_time__recovered_failures__is_their_median(
    durations: tuple[int, ...], expected: Fraction
) -> None:
    found = measure_recovery_time(RecoveryFacts(FULL, durations, {"notRecovered": 2}))
    assert found == Measurement(expected, len(durations), FULL, {"notRecovered": 2})


def test_measure_recovery_time__no_failure_recovered__is_not_calculated() -> None:
    found = measure_recovery_time(RecoveryFacts(FULL, ()))
    assert found.value == Gap(Indicator.NOT_CALCULATED, Reason.NO_FAILED_DEPLOYMENT)


def test_measure_rework_rate__settled_deployments__is_the_share_of_repairs() -> None:
    assert measure_rework_rate(ReworkFacts(FULL, settled=8, rework=3)).value == Fraction("37.5")


def test_measure_rework_rate__nothing_settled__is_not_calculated() -> None:
    found = measure_rework_rate(ReworkFacts(FULL, settled=0, rework=0))
    assert found.value == Gap(Indicator.NOT_CALCULATED, Reason.NO_SETTLED_DEPLOYMENT)


def test_measure_stability__a_few_days_covered__is_unknown() -> None:
    short = Coverage(DAY)
    gap = Gap(Indicator.UNKNOWN, Reason.TOO_SHORT)
    assert measure_recovery_time(RecoveryFacts(short, (5,))).value == gap
    assert measure_rework_rate(ReworkFacts(short, 8, 3)).value == gap
