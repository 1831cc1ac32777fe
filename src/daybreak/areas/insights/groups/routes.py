"""Every URL of insight groups."""

from daybreak.areas.insights.groups.operations import list_insight_groups, make_group
from daybreak.areas.insights.groups.representation import InsightGroupShape
from daybreak.areas.insights.groups.requests import InsightGroupsQuery, NewInsightGroup
from daybreak.areas.insights.groups.resource import INSIGHT_GROUP
from daybreak.platform.clock import HOUR
from daybreak.rest.crud import change_route, create_route, read_route, remove_route
from daybreak.rest.routing import Route

ALL = "/api/v2/engineering-insights/insights/groups"
ONE = "/api/v2/engineering-insights/insights/groups/{insightGroupKey}"
TAG = "Insights scores (beta)"

ROUTES = [
    create_route(
        INSIGHT_GROUP,
        "/api/v2/engineering-insights/insights/group",
        "createInsightGroup",
        tag=TAG,
        answer=InsightGroupShape,
        body=NewInsightGroup,
        action="createInsightGroup",
        make=make_group,
        beta=True,
    ),
    Route(
        method="GET",
        path=ALL,
        run=list_insight_groups,
        operation="getInsightGroups",
        tag=TAG,
        summary="List insight groups, with their scores side by side",
        action=INSIGHT_GROUP.view_action,
        specifier="proj/*:env/*:insight-group/*",
        query=InsightGroupsQuery,
        answer=list[InsightGroupShape],
        beta=True,
        remembered=HOUR,
    ),
    read_route(INSIGHT_GROUP, ONE, "getInsightGroup", tag=TAG, answer=InsightGroupShape, beta=True),
    change_route(INSIGHT_GROUP, ONE, "patchInsightGroup", tag=TAG, answer=InsightGroupShape, beta=True),
    remove_route(INSIGHT_GROUP, ONE, "deleteInsightGroup", tag=TAG, action="deleteInsightGroup", beta=True),
]
