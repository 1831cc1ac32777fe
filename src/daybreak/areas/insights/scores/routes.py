"""The URL of scores."""

from daybreak.areas.insights.access import VIEW_INSIGHTS
from daybreak.areas.insights.scores.operations import read_scores
from daybreak.areas.insights.scores.representation import SCORES_PATH, InsightScoresShape
from daybreak.areas.insights.scores.requests import ScoresQuery
from daybreak.platform.clock import HOUR
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="GET",
        path=SCORES_PATH,
        run=read_scores,
        operation="getInsightsScores",
        tag="Insights scores (beta)",
        summary="Read how well a team delivers, as scores that explain themselves",
        action=VIEW_INSIGHTS,
        specifier="proj/*:env/*",
        query=ScoresQuery,
        answer=InsightScoresShape,
        beta=True,
        remembered=HOUR,
    )
]
