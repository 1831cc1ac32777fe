"""The words of scoring: periods, metrics, indicators and scores. Read `scorecard` next."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

HOUR = 60 * 60 * 1000
DAY = 24 * HOUR

# Four weeks always hold twenty weekdays; a month of thirty days holds twenty to twenty-two.
PERIOD_DAYS = 28


class Metric(enum.StrEnum):
    DEPLOYMENT_FREQUENCY = "deploymentFrequency"
    LEAD_TIME = "leadTime"
    DEPLOYMENT_FAILURE_RATE = "deploymentFailureRate"
    IMPACT_SIZE = "impactSize"
    EXPERIMENTATION_COVERAGE = "experimentationCoverage"
    FLAG_HEALTH = "flagHealth"
    CREATION_RATIO = "creationRatio"
    VELOCITY = "velocity"
    RISK = "risk"
    EFFICIENCY = "efficiency"
    OVERALL = "overall"


# A mean of means comes after what it is made of.
AGGREGATES: Mapping[Metric, tuple[Metric, ...]] = MappingProxyType(
    {
        Metric.VELOCITY: (Metric.DEPLOYMENT_FREQUENCY, Metric.LEAD_TIME),
        Metric.RISK: (Metric.DEPLOYMENT_FAILURE_RATE, Metric.IMPACT_SIZE),
        Metric.EFFICIENCY: (Metric.FLAG_HEALTH, Metric.EXPERIMENTATION_COVERAGE),
        Metric.OVERALL: (Metric.VELOCITY, Metric.RISK, Metric.EFFICIENCY),
    }
)


class Indicator(enum.StrEnum):
    """The first four are tiers of a score. Without one there was nothing to work on, or no trust in it."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    NEEDS_ATTENTION = "needsAttention"
    NOT_CALCULATED = "notCalculated"
    UNKNOWN = "unknown"

    @property
    def has_score(self) -> bool:
        return self not in {Indicator.NOT_CALCULATED, Indicator.UNKNOWN}


@dataclass(frozen=True, slots=True)
class IndicatorRange:
    """The scores that share an indicator, both ends included."""

    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Score:
    """`aggregate_of` names the parts that were used, of a mean of others; it is None of any other score."""

    score: int
    indicator: Indicator
    indicator_range: IndicatorRange
    aggregate_of: tuple[Metric, ...] | None = None
    diff_vs_last_period: int | None = None
    last_period: "Score | None" = None


@dataclass(frozen=True, slots=True)
class Period:
    """Milliseconds; `end` is the first instant after it."""

    start: int
    end: int


def period_ending(now: int, days: int = PERIOD_DAYS) -> Period:
    """The period up to the last full UTC hour."""
    end = now - now % HOUR
    return Period(end - days * DAY, end)


def previous(period: Period) -> Period:
    """The equally long period just before."""
    return Period(2 * period.start - period.end, period.start)


def periods_ending(now: int, count: int) -> tuple[Period, ...]:
    """So many periods, each just before the next; the last is the one up to the last full UTC hour."""
    periods = [period_ending(now)]
    while len(periods) < count:
        periods.append(previous(periods[-1]))
    return tuple(reversed(periods))
