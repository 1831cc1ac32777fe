"""The URL of scores."""

from daybreak.areas.insights.scores.operations import VIEW_ACTION, read_scores
from daybreak.areas.insights.scores.representation import InsightScoresShape
from daybreak.areas.insights.scores.requests import ScoresQuery
from daybreak.platform.clock import HOUR
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="GET",
        path="/api/v2/engineering-insights/insights/scores",
        run=read_scores,
        operation="getInsightsScores",
        tag="Insights scores (beta)",
        summary="Read how well a team delivers, as scores that explain themselves",
        action=VIEW_ACTION,
        query=ScoresQuery,
        answer=InsightScoresShape,
        beta=True,
        remembered=HOUR,
    )
]
