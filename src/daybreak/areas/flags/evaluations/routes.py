"""Every URL of evaluations."""

from daybreak.areas.flags.evaluations.operations import evaluate_flags
from daybreak.areas.flags.evaluations.representation import EvaluationShape
from daybreak.areas.flags.evaluations.requests import EvaluationsQuery
from daybreak.areas.flags.evaluations.resource import EVALUATED_FLAG
from daybreak.platform.columns import Json
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="POST",
        path="/api/v2/projects/{projectKey}/environments/{environmentKey}/flags/evaluate",
        run=evaluate_flags,
        operation="evaluateContextInstance",
        tag="Contexts",
        summary="Evaluate all feature flags for a context",
        action=EVALUATED_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        query=EvaluationsQuery,
        body=dict[str, Json],
        answer=list[EvaluationShape],
        writes=False,
    ),
]
