"""Charts about flags: what they were changed to do, and how they fare."""

from collections import Counter
from collections.abc import Mapping

from daybreak.areas.flags.queries import (
    ChangesAsked,
    Extent,
    TemporaryFlag,
    count_statuses,
    list_temporary_in,
    tally_changes,
)
from daybreak.areas.insights.access import require_environment
from daybreak.areas.insights.charts.buckets import cut_buckets
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
from daybreak.areas.insights.scores.model import Scope
from daybreak.areas.insights.scores.store import read_facts, require_applications
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.logic.scoring.grades import DAYBREAK_1
from daybreak.logic.scoring.indicators import measure_all
from daybreak.logic.scoring.model import DAY, Metric, Period
from daybreak.rest.call import Call
from daybreak.rest.cursors import Window
from daybreak.rest.expansion import parse_expand

NOBODY = "unassigned"

# The health of flags is that at the end of a period as scores have it.
SPAN = 28 * DAY


def read_release_frequency(call: Call, query: ReleaseFrequencyQuery) -> ChartShape:
    """Changes of flags along time. Raises NotFound, Forbidden or InvalidRequest."""
    expand = parse_expand(query.expand, ("metrics",))
    buckets = cut_buckets(query, call.now)
    place = _require_place(call, query)
    asked = ChangesAsked(
        place.home,
        # Both ends of a window belong to it.
        Window(buckets.period.start, buckets.period.end - 1),
        query.application_key,
        with_global=query.global_ == "include",
        has_experiments=query.has_experiments,
    )
    found = tally_changes(call.db, asked, buckets.number)
    if query.group_by is None:
        counts: Counter[int] = Counter()
        for _, bucket, count in found:
            counts[bucket] += count
        tallies = [Tally(ALL, bucket, count) for bucket, count in counts.items()]
    else:
        tallies = [Tally(*each) for each in found]
    series = count_series(tallies, buckets, [] if query.group_by else [ALL])
    chart = represent_chart(
        "Release frequency", "releases", series, summary={"total": sum(s.metadata.count for s in series)}
    )
    if "metrics" in expand:
        period = Period(buckets.period.start, min(buckets.period.end, call.now))
        _add_metric(call, chart, place, query, period, Metric.IMPACT_SIZE)
    return chart


def read_flag_status(call: Call, query: FlagStatusQuery) -> ChartShape:
    """Flags by status, as of now. Raises NotFound or Forbidden."""
    place = _require_place(call, query)
    counted = count_statuses(call.db, place, query.application_key, call.now)
    summary = {"total": sum(counted.values())}
    return represent_chart("Flag status", "flags", _bars(call, counted), summary=summary, x_unit="status")


def read_stale_flags(call: Call, query: StaleFlagsQuery) -> ChartShape:
    """Stale flags as of now, or by maintainer. Raises NotFound, Forbidden or InvalidRequest."""
    expand = parse_expand(query.expand, ("metrics",))
    place = _require_place(call, query)
    extent = Extent(place.home, query.application_key, 0, call.now)
    stale = [flag for flag in list_temporary_in(call.db, extent, call.now) if flag.is_stale]
    stale = [flag for flag in stale if _is_asked(flag, query)]
    counted = Counter(map(_maintainer, stale)) if query.group_by else {ALL: len(stale)}
    chart = represent_chart(
        "Stale flags", "flags", _bars(call, counted), summary={"total": len(stale)}, x_unit="group"
    )
    if "metrics" in expand:
        period = Period(max(0, call.now - SPAN), call.now)
        _add_metric(call, chart, place, query, period, Metric.FLAG_HEALTH)
    return chart


def _is_asked(flag: TemporaryFlag, query: StaleFlagsQuery) -> bool:
    if not query.maintainer_id and not query.maintainer_team_key:
        return True
    return flag.maintainer_id in query.maintainer_id or flag.maintainer_team_key in query.maintainer_team_key


def _maintainer(flag: TemporaryFlag) -> str:
    return flag.maintainer_id or flag.maintainer_team_key or NOBODY


def _add_metric(
    call: Call,
    chart: ChartShape,
    place: EnvironmentFact,
    query: ReleaseFrequencyQuery | StaleFlagsQuery,
    period: Period,
    metric: Metric,
) -> None:
    scope = Scope(place.home, query.application_key)
    facts = read_facts(call.db, [scope], [period], call.now)[scope, period]
    chart.metadata.metrics = {str(metric): represent_metric(metric, measure_all(facts)[metric], DAYBREAK_1)}


def _require_place(call: Call, query: ReleaseFrequencyQuery | FlagStatusQuery) -> EnvironmentFact:
    """Raises NotFound, also for an application that is unknown there, or Forbidden."""
    place = require_environment(call, query.project_key, query.environment_key)
    require_applications(call.db, [place.id], query.application_key)
    return place


def _bars(call: Call, counted: Mapping[str, int]) -> list[SeriesShape]:
    """One series of one point for each name, as of now."""
    return [
        SeriesShape(
            metadata=SeriesMetadataShape(name=name, count=count),
            data=[PointShape(x=call.now, y=count)],
        )
        for name, count in sorted(counted.items())
    ]
