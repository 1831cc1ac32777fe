"""Why a score is what it is: the value behind it, the scale, what was counted and what was not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from daybreak.logic.scoring.grades import (
    FORMULA_VERSION,
    Anchor,
    NextTier,
    Profile,
    Unit,
    next_tier,
)
from daybreak.logic.scoring.indicators import Measurement, Reason
from daybreak.logic.scoring.model import Metric

LOW_SAMPLE_BELOW = 5


@dataclass(frozen=True, slots=True)
class Explanation:
    """`raw` and `reason` exclude each other: a reason tells why there is no value.

    `excluded` counts what was left out or taken with a doubt, by name. With a low sample the score stands,
    but one deployment more or less would move it far.
    """

    metric: Metric
    raw: Fraction | None
    unit: Unit
    sample_size: int
    profile: str
    anchors: tuple[Anchor, ...] = ()
    covered_days: Fraction | None = None
    excluded: Mapping[str, int] = field(default_factory=dict)
    next_tier: NextTier | None = None
    is_low_sample: bool = False
    reason: Reason | None = None
    formula_version: str = FORMULA_VERSION


def explain(metric: Metric, measurement: Measurement, profile: Profile) -> Explanation:
    """Of a metric that is measured."""
    scale = profile.scales[metric]
    raw = measurement.raw
    is_sparse = metric is Metric.DEPLOYMENT_FAILURE_RATE and measurement.sample_size < LOW_SAMPLE_BELOW
    return Explanation(
        metric=metric,
        raw=raw,
        unit=scale.unit,
        sample_size=measurement.sample_size,
        profile=profile.name,
        anchors=scale.anchors,
        covered_days=measurement.coverage.days if measurement.coverage else None,
        excluded=measurement.excluded,
        next_tier=None if raw is None else next_tier(scale, raw),
        is_low_sample=is_sparse and raw is not None,
        reason=measurement.reason,
    )


def explain_aggregate(metric: Metric, measurement: Measurement, profile: Profile) -> Explanation:
    """Of a mean of scores: its sample are the parts that have one."""
    return Explanation(
        metric=metric,
        raw=measurement.raw,
        unit=Unit.POINTS,
        sample_size=measurement.sample_size,
        profile=profile.name,
        reason=measurement.reason,
    )
