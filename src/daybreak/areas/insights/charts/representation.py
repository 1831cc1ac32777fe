"""Charts as the API shows them: a summary, two axes, and series of points."""

from collections.abc import Sequence
from typing import Any

import msgspec

from daybreak.areas.insights.explanations.representation import represent_number
from daybreak.logic.scoring.grades import Profile, grade, indicator_of
from daybreak.logic.scoring.indicators import Gap, Measurement
from daybreak.logic.scoring.model import Metric
from daybreak.logic.scoring.tiers import describe_tiers
from daybreak.rest.call import Shape


class AxisShape(Shape):
    """What an axis counts in."""

    unit: str


class BoundsShape(Shape):
    """A named value over all of the chart's time, such as a percentile."""

    name: str
    value: int


class PointShape(Shape):
    """`x` is where a bucket starts, in Unix milliseconds. A bucket of which nothing is known has no point."""

    x: int
    y: int
    values: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET


class SeriesMetadataShape(Shape):
    """What a series is of, and how many things went into it."""

    name: str
    count: int
    bounds: list[BoundsShape] | msgspec.UnsetType = msgspec.UNSET


class SeriesShape(Shape):
    """One line or set of bars."""

    metadata: SeriesMetadataShape
    data: list[PointShape]


class TierShape(Shape):
    """What it takes to have an indicator."""

    indicator: str
    description: str


class ChartMetricShape(Shape):
    """The chart's metric over all of its time, on the scale of the scores."""

    indicator: str
    value: float
    unit: str
    modifier: str
    tiers: list[TierShape]


class ChartMetadataShape(Shape):
    """What a chart shows."""

    summary: dict[str, Any]
    name: str
    x_axis: AxisShape
    y_axis: AxisShape
    metrics: dict[str, ChartMetricShape] | msgspec.UnsetType = msgspec.UNSET


class ChartShape(Shape):
    """A chart."""

    metadata: ChartMetadataShape
    series: list[SeriesShape]


def represent_chart(
    name: str,
    unit: str,
    series: Sequence[SeriesShape],
    *,
    summary: dict[str, Any],
    x_unit: str = "time",
) -> ChartShape:
    metadata = ChartMetadataShape(
        summary=summary,
        name=name,
        x_axis=AxisShape(unit=x_unit),
        y_axis=AxisShape(unit=unit),
    )
    return ChartShape(metadata=metadata, series=list(series))


def represent_metric(metric: Metric, measurement: Measurement, profile: Profile) -> ChartMetricShape:
    scale = profile.scales[metric]
    value = measurement.value
    return ChartMetricShape(
        indicator=value.indicator if isinstance(value, Gap) else indicator_of(grade(scale, value)),
        value=0 if isinstance(value, Gap) else represent_number(value),
        unit=scale.unit,
        modifier="median" if metric is Metric.LEAD_TIME else "mean",
        tiers=[
            TierShape(indicator=tier.indicator, description=tier.description)
            for tier in describe_tiers(scale)
        ],
    )
