"""Charts about flags. Who keeps flags supplies what is counted; what is asked is checked here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from daybreak.areas.insights.access import require_environment
from daybreak.areas.insights.charts.buckets import Buckets, cut_buckets
from daybreak.areas.insights.charts.representation import (
    ChartShape,
    PointShape,
    SeriesMetadataShape,
    SeriesShape,
    represent_chart,
    represent_metric,
)
from daybreak.areas.insights.charts.requests import FlagStatusQuery, ReleaseFrequencyQuery, StaleFlagsQuery
from daybreak.areas.insights.charts.series import count_series
from daybreak.areas.insights.charts.store import ALL, Tally
from daybreak.areas.insights.scores.store import require_applications
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.logic.scoring.facts import Facts, FlagHealthFacts, ImpactFacts
from daybreak.logic.scoring.grades import DAYBREAK_1
from daybreak.logic.scoring.indicators import measure_all
from daybreak.logic.scoring.model import Metric
from daybreak.rest.call import Call
from daybreak.rest.expansion import parse_expand


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things have a name: flags with a status, stale flags of a maintainer."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class StaleFlags:
    """Stale flags by maintainer, or all under one name; `health` is None while there are no flags."""

    counted: Sequence[Counted] = ()
    health: FlagHealthFacts | None = None


@dataclass(frozen=True, slots=True)
class Releases:
    """Flag events by bucket, or by bucket and size of impact; `impact` is None while there are no flags."""

    tallies: Sequence[Tally] = ()
    impact: ImpactFacts | None = None


class FlagCounts(Protocol):
    """What charts about flags need of whoever keeps flags."""

    def releases(
        self, call: Call, place: EnvironmentFact, buckets: Buckets, query: ReleaseFrequencyQuery
    ) -> Releases: ...

    def statuses(self, call: Call, place: EnvironmentFact, query: FlagStatusQuery) -> Sequence[Counted]: ...

    def stale(self, call: Call, place: EnvironmentFact, query: StaleFlagsQuery) -> StaleFlags: ...


class NoFlags:
    """What a server without flags knows."""

    def releases(
        self,
        call: Call,  # noqa: ARG002 - the protocol's signature
        place: EnvironmentFact,  # noqa: ARG002 - as above
        buckets: Buckets,  # noqa: ARG002 - as above
        query: ReleaseFrequencyQuery,  # noqa: ARG002 - as above
    ) -> Releases:
        return Releases()

    def statuses(self, call: Call, place: EnvironmentFact, query: FlagStatusQuery) -> Sequence[Counted]:  # noqa: ARG002 - the protocol's signature
        return ()

    def stale(self, call: Call, place: EnvironmentFact, query: StaleFlagsQuery) -> StaleFlags:  # noqa: ARG002 - the protocol's signature
        return StaleFlags()


def read_release_frequency(call: Call, query: ReleaseFrequencyQuery, *, flags: FlagCounts) -> ChartShape:
    expand = parse_expand(query.expand, ("metrics",))
    buckets = cut_buckets(query, call.now)
    place = _require_place(call, query)
    found = flags.releases(call, place, buckets, query)
    series = count_series(found.tallies, buckets, [] if query.group_by else [ALL])
    chart = represent_chart(
        "Release frequency", "releases", series, summary={"total": sum(s.metadata.count for s in series)}
    )
    if "metrics" in expand:
        measured = measure_all(Facts(impact=found.impact))[Metric.IMPACT_SIZE]
        metric = represent_metric(Metric.IMPACT_SIZE, measured, DAYBREAK_1)
        chart.metadata.metrics = {"impactSize": metric}
    return chart


def read_flag_status(call: Call, query: FlagStatusQuery, *, flags: FlagCounts) -> ChartShape:
    place = _require_place(call, query)
    counted = flags.statuses(call, place, query)
    total = sum(each.count for each in counted)
    return represent_chart(
        "Flag status", "flags", _bars(call, counted), summary={"total": total}, x_unit="status"
    )


def read_stale_flags(call: Call, query: StaleFlagsQuery, *, flags: FlagCounts) -> ChartShape:
    expand = parse_expand(query.expand, ("metrics",))
    place = _require_place(call, query)
    found = flags.stale(call, place, query)
    total = sum(each.count for each in found.counted)
    chart = represent_chart(
        "Stale flags", "flags", _bars(call, found.counted), summary={"total": total}, x_unit="group"
    )
    if "metrics" in expand:
        measured = measure_all(Facts(flag_health=found.health))[Metric.FLAG_HEALTH]
        chart.metadata.metrics = {"flagHealth": represent_metric(Metric.FLAG_HEALTH, measured, DAYBREAK_1)}
    return chart


def _require_place(call: Call, query: ReleaseFrequencyQuery | FlagStatusQuery) -> EnvironmentFact:
    """Raises NotFound, also for an application that is unknown there, or Forbidden."""
    place = require_environment(call, query.project_key, query.environment_key)
    require_applications(call.db, [place.id], query.application_key)
    return place


def _bars(call: Call, counted: Sequence[Counted]) -> list[SeriesShape]:
    """One series of one point for each name, as of now."""
    return [
        SeriesShape(
            metadata=SeriesMetadataShape(name=each.name, count=each.count),
            data=[PointShape(x=call.now, y=each.count)],
        )
        for each in counted
    ]
