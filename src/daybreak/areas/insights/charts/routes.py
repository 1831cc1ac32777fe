"""The URLs of the five charts."""

from collections.abc import Callable
from typing import Any

from daybreak.areas.insights.access import VIEW_INSIGHTS
from daybreak.areas.insights.charts.flags import (
    read_flag_status,
    read_release_frequency,
    read_stale_flags,
)
from daybreak.areas.insights.charts.operations import (
    read_deployment_frequency,
    read_lead_time,
)
from daybreak.areas.insights.charts.representation import ChartShape
from daybreak.areas.insights.charts.requests import (
    DeploymentFrequencyQuery,
    FlagStatusQuery,
    LeadTimeQuery,
    ReleaseFrequencyQuery,
    StaleFlagsQuery,
)
from daybreak.platform.clock import MINUTE
from daybreak.rest.call import Query
from daybreak.rest.routing import Route

CHARTS = "/api/v2/engineering-insights/charts"


def _chart(path: str, operation: str, summary: str, query: type[Query], run: Callable[..., Any]) -> Route:
    return Route(
        method="GET",
        path=f"{CHARTS}/{path}",
        run=run,
        operation=operation,
        tag="Insights charts (beta)",
        summary=summary,
        action=VIEW_INSIGHTS,
        specifier="proj/*:env/*",
        query=query,
        answer=ChartShape,
        beta=True,
        remembered=MINUTE,
    )


ROUTES = [
    _chart(
        "deployments/frequency",
        "getDeploymentFrequencyChart",
        "Chart how often deployments finish",
        DeploymentFrequencyQuery,
        read_deployment_frequency,
    ),
    _chart(
        "lead-time",
        "getLeadTimeChart",
        "Chart how long changes take, stage by stage",
        LeadTimeQuery,
        read_lead_time,
    ),
    _chart(
        "releases/frequency",
        "getReleaseFrequencyChart",
        "Chart how often flags change what people are served",
        ReleaseFrequencyQuery,
        read_release_frequency,
    ),
    _chart(
        "flags/status",
        "getFlagStatusChart",
        "Chart how many flags have which status",
        FlagStatusQuery,
        read_flag_status,
    ),
    _chart(
        "flags/stale",
        "getStaleFlagsChart",
        "Chart how many temporary flags are stale",
        StaleFlagsQuery,
        read_stale_flags,
    ),
]
