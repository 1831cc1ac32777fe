"""The URL of evaluation usage."""

from daybreak.areas.flags.evaluation_usage.operations import read_evaluation_usage
from daybreak.areas.flags.evaluation_usage.representation import EvaluationUsageShape
from daybreak.areas.flags.evaluation_usage.requests import EvaluationUsageQuery
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.platform.clock import SECOND
from daybreak.rest.routing import Route

# Counts are written without a new revision: what is remembered of them is old after so long.
REMEMBERED = 10 * SECOND

ROUTES = [
    Route(
        method="GET",
        path="/api/v2/usage/evaluations/{projectKey}/{environmentKey}/{featureFlagKey}",
        run=read_evaluation_usage,
        operation="getEvaluationsUsage",
        tag="Account usage (beta)",
        summary="Get evaluations usage",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        query=EvaluationUsageQuery,
        answer=EvaluationUsageShape,
        beta=True,
        remembered=REMEMBERED,
    )
]
