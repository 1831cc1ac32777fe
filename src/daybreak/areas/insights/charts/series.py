"""Tallies -> series. Counts of nothing are zero; means of nothing are left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from daybreak.areas.insights.charts.buckets import Buckets
from daybreak.areas.insights.charts.representation import (
    BoundsShape,
    PointShape,
    SeriesMetadataShape,
    SeriesShape,
)
from daybreak.areas.insights.charts.store import Tally
from daybreak.logic.statistics import percentiles


def count_series(tallies: Iterable[Tally], buckets: Buckets, names: Iterable[str] = ()) -> list[SeriesShape]:
    """One series for each name, with a point in every bucket; `names` have theirs in any case."""
    series = []
    by_series: dict[str, list[Tally]] = {name: [] for name in names}
    by_series |= _by_series(tallies)
    for name, found in sorted(by_series.items()):
        counts = {tally.bucket: tally.count for tally in found}
        points = [PointShape(x=x, y=counts.get(n, 0)) for n, x in enumerate(buckets.starts)]
        series.append(
            SeriesShape(metadata=SeriesMetadataShape(name=name, count=sum(counts.values())), data=points)
        )
    return series


def mean_series(
    tallies: Iterable[Tally], buckets: Buckets, order: Sequence[str] | None = None
) -> list[SeriesShape]:
    """One series for each name, with the mean in every bucket that has one; in `order`, or by name."""
    by_series = _by_series(tallies)
    series = []
    for name in order if order is not None else sorted(by_series):
        found = [tally for tally in by_series.get(name, []) if tally.count]
        points = [
            PointShape(x=buckets.starts[t.bucket], y=t.total // t.count, values={"count": t.count})
            for t in sorted(found, key=lambda tally: tally.bucket)
        ]
        count = sum(tally.count for tally in found)
        series.append(SeriesShape(metadata=SeriesMetadataShape(name=name, count=count), data=points))
    return series


def percentile_series(lead_times: Sequence[tuple[int, int]], buckets: Buckets) -> list[SeriesShape]:
    """A series for each percentile of ascending (bucket, duration) pairs; its bound is that of all time."""
    by_bucket: dict[int, list[int]] = defaultdict(list)
    for bucket, duration in lead_times:
        by_bucket[bucket].append(duration)
    found = {bucket: percentiles(durations) for bucket, durations in sorted(by_bucket.items())}
    return [
        SeriesShape(
            metadata=SeriesMetadataShape(
                name=f"p{rank}", count=len(lead_times), bounds=[BoundsShape(name=f"p{rank}", value=bound)]
            ),
            data=[PointShape(x=buckets.starts[bucket], y=ranks[rank]) for bucket, ranks in found.items()],
        )
        for rank, bound in percentiles([duration for _, duration in lead_times]).items()
    ]


def _by_series(tallies: Iterable[Tally]) -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        found[tally.series].append(tally)
    return found
