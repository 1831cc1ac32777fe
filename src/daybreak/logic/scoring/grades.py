"""From a raw value to a score: straight lines between five marks, rounded down.

Fractions, not floats, and rounding down make tier edges exact: a lead time of a day scores 90, and
anything above a day scores less.
"""

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from daybreak.logic.scoring.model import DAY, HOUR, Indicator, IndicatorRange, Metric

FORMULA_VERSION = "daybreak-1"

# Best first; 90, 70 and 40 open the upper three tiers.
MARKED_SCORES = (100, 90, 70, 40, 0)

_RANGES = {
    Indicator.EXCELLENT: IndicatorRange(90, 100),
    Indicator.GOOD: IndicatorRange(70, 89),
    Indicator.FAIR: IndicatorRange(40, 69),
    Indicator.NEEDS_ATTENTION: IndicatorRange(0, 39),
}
_NO_RANGE = IndicatorRange(0, 0)


class Unit(enum.StrEnum):
    PER_DAY = "perDay"
    MILLISECONDS = "milliseconds"
    PERCENT = "percent"
    RATIO = "ratio"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Anchor:
    raw: Fraction
    score: int


@dataclass(frozen=True, slots=True)
class Scale:
    """`marks` are the raw values of MARKED_SCORES."""

    unit: Unit
    marks: tuple[Fraction, Fraction, Fraction, Fraction, Fraction]

    def __post_init__(self) -> None:
        better_first = self.marks if self.is_rising else self.marks[::-1]
        if any(higher <= lower for higher, lower in pairwise(better_first)):
            raise ValueError("the marks of a scale run in one direction and differ from each other")

    @property
    def is_rising(self) -> bool:
        """Whether more is better."""
        return self.marks[0] > self.marks[-1]

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(Anchor(raw, score) for raw, score in zip(self.marks, MARKED_SCORES, strict=True))


@dataclass(frozen=True, slots=True)
class Profile:
    """A scale for each metric that is measured."""

    name: str
    scales: Mapping[Metric, Scale]


@dataclass(frozen=True, slots=True)
class NextTier:
    """The raw value that is enough, and what reaching it adds to the score."""

    raw: Fraction
    points_gained: int


def _scale(unit: Unit, *marks: int | Fraction) -> Scale:
    best, excellent, good, fair, worst = map(Fraction, marks)
    return Scale(unit, (best, excellent, good, fair, worst))


# Where the marks come from. Speed and stability: the bands of the DORA reports of 2019 to 2024; five percent
# of failures is the centre of the elite cluster in 2023 and 2024, fifteen the edge of the best band before,
# thirty the end of the middle one, sixty-four the worst cluster printed. The middle mark of impact, and
# those of experimentation and of the creation ratio, are judgement: nobody has published any.
DAYBREAK_1 = Profile(
    "daybreak-1",
    MappingProxyType(
        {
            Metric.DEPLOYMENT_FREQUENCY: _scale(Unit.PER_DAY, 4, 1, Fraction(1, 7), Fraction(1, 28), 0),
            Metric.LEAD_TIME: _scale(Unit.MILLISECONDS, HOUR, DAY, 7 * DAY, 28 * DAY, 182 * DAY),
            Metric.DEPLOYMENT_FAILURE_RATE: _scale(Unit.PERCENT, 0, 5, 15, 30, 64),
            Metric.IMPACT_SIZE: _scale(Unit.PERCENT, 0, 20, 50, 80, 100),
            Metric.EXPERIMENTATION_COVERAGE: _scale(Unit.PERCENT, 100, 50, 25, 10, 0),
            Metric.FLAG_HEALTH: _scale(Unit.PERCENT, 0, 10, 30, 60, 100),
            Metric.CREATION_RATIO: _scale(Unit.RATIO, Fraction(1, 2), 1, 2, 4, 8),
        }
    ),
)

# Failures as DORA clustered them in 2023, where the average team would be in the lowest tier.
STRICT_2023 = Profile(
    "strict-2023",
    MappingProxyType(
        {**DAYBREAK_1.scales, Metric.DEPLOYMENT_FAILURE_RATE: _scale(Unit.PERCENT, 0, 5, 10, 15, 64)}
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {profile.name: profile for profile in (DAYBREAK_1, STRICT_2023)}
)


def grade(scale: Scale, raw: Fraction) -> int:
    """The score of a raw value; beyond the outer marks it stays 100 or 0."""
    for better, worse in pairwise(scale.anchors):
        share = (raw - worse.raw) / (better.raw - worse.raw)
        if share > 0:
            return math.floor(worse.score + min(share, Fraction(1)) * (better.score - worse.score))
    return 0


def indicator_of(score: int) -> Indicator:
    return next(indicator for indicator, range_ in _RANGES.items() if score >= range_.min)


def range_of(indicator: Indicator) -> IndicatorRange:
    """0 to 0 where there is no score."""
    return _RANGES.get(indicator, _NO_RANGE)


def next_tier(scale: Scale, raw: Fraction) -> NextTier | None:
    """What reaches the next tier, or 100 from the highest; None when there is nothing left to gain."""
    score = grade(scale, raw)
    above = [anchor for anchor in scale.anchors if anchor.score > score]
    return NextTier(above[-1].raw, above[-1].score - score) if above else None
