"""Charts about deployments and changes."""

from collections.abc import Mapping

from daybreak.areas.insights.access import VIEW_INSIGHTS
from daybreak.areas.insights.charts.buckets import Buckets, cut_buckets
from daybreak.areas.insights.charts.representation import (
    ChartMetricShape,
    ChartShape,
    represent_chart,
    represent_metric,
)
from daybreak.areas.insights.charts.requests import ChartQuery, DeploymentFrequencyQuery, LeadTimeQuery
from daybreak.areas.insights.charts.series import count_series, mean_series, percentile_series
from daybreak.areas.insights.charts.store import (
    ALL,
    STAGES,
    Selection,
    count_finished,
    list_lead_times,
    sum_applications,
    sum_lead_times,
    sum_stages,
)
from daybreak.areas.insights.scores.model import Scope
from daybreak.areas.insights.scores.store import read_facts, require_applications
from daybreak.areas.projects.queries import EnvironmentFact, environment, environments_of
from daybreak.logic.scoring.facts import Facts
from daybreak.logic.scoring.grades import DAYBREAK_1
from daybreak.logic.scoring.indicators import measure_all
from daybreak.logic.scoring.model import Metric, Period
from daybreak.platform.errors import Forbidden, InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.expansion import parse_expand


def read_deployment_frequency(call: Call, query: DeploymentFrequencyQuery) -> ChartShape:
    """Finished deployments along time. Raises NotFound, Forbidden or InvalidRequest."""
    expand = parse_expand(query.expand, ("metrics",))
    buckets = cut_buckets(query, call.now)
    selection = _select(call, query, query.project_key, query.environment_key)
    found = count_finished(call.db, selection, buckets, query.group_by)
    series = count_series(found, buckets, [] if query.group_by else [ALL])
    total = sum(each.metadata.count for each in series)
    chart = represent_chart("Deployment frequency", "deployments", series, summary={"total": total})
    if "metrics" in expand:
        names = {"deploymentFrequency": Metric.DEPLOYMENT_FREQUENCY}
        chart.metadata.metrics = _measure(call, selection, buckets, names)
    return chart


def read_lead_time(call: Call, query: LeadTimeQuery) -> ChartShape:
    """Mean lead times along time, by stage or by application, and percentiles where they were asked for.

    Raises:
        NotFound: no such project or environment.
        Forbidden: the caller may see none of it.
        InvalidRequest: bounds or expansions that make no sense.

    """
    expand = parse_expand(query.expand, ("metrics", "percentiles"))
    buckets = cut_buckets(query, call.now)
    selection = _select(call, query, query.project_key, query.environment_key)
    if query.group_by == "stage":
        series = mean_series(sum_stages(call.db, selection, buckets), buckets, STAGES)
    else:
        series = mean_series(sum_applications(call.db, selection, buckets), buckets)
    changes, total = sum_lead_times(call.db, selection, buckets)
    chart = represent_chart(
        "Lead time",
        "milliseconds",
        series,
        summary={"changes": changes, "meanLeadTimeMs": total // changes if changes else None},
    )
    if "percentiles" in expand:
        chart.series += percentile_series(list_lead_times(call.db, selection, buckets), buckets)
    if "metrics" in expand:
        chart.metadata.metrics = _measure(call, selection, buckets, {"leadTime": Metric.LEAD_TIME})
    return chart


def _select(call: Call, query: ChartQuery, project_key: str | None, environment_key: str | None) -> Selection:
    places = _places(call, project_key, environment_key)
    seen = [place for place in places if call.actor.may(VIEW_INSIGHTS, place.address)]
    if places and not seen:
        raise Forbidden(f"{call.actor.name} may not {VIEW_INSIGHTS} here")
    require_applications(call.db, [place.id for place in seen], query.application_key)
    return Selection(tuple(place.home for place in seen), query.application_key)


def _places(call: Call, project_key: str | None, environment_key: str | None) -> list[EnvironmentFact]:
    if environment_key is None:
        return environments_of(call.db, project_key)
    if project_key is None:
        raise InvalidRequest("environmentKey: names an environment of a project: projectKey is missing")
    return [environment(call.db, project_key, environment_key)]


def _measure(
    call: Call, selection: Selection, buckets: Buckets, names: Mapping[str, Metric]
) -> dict[str, ChartMetricShape]:
    """The metrics over the chart's whole time, which are those of one environment: several have none."""
    facts = Facts()
    if len(selection.homes) == 1:
        scope = Scope(selection.homes[0], selection.application_keys)
        # The last bucket may reach beyond today: what is to come has been watched by nobody.
        period = Period(buckets.period.start, min(buckets.period.end, call.now))
        facts = read_facts(call.db, [scope], [period], call.now)[scope, period]
    measured = measure_all(facts)
    return {name: represent_metric(metric, measured[metric], DAYBREAK_1) for name, metric in names.items()}
