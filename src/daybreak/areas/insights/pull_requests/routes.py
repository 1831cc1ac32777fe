"""Every URL of pull requests."""

from daybreak.areas.insights.pull_requests import operations
from daybreak.areas.insights.pull_requests.representation import PULL_REQUESTS_PATH, PullRequestShape
from daybreak.areas.insights.pull_requests.requests import PullRequestsQuery
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="GET",
        path=PULL_REQUESTS_PATH,
        run=operations.list_pull_requests,
        operation="getPullRequests",
        tag="Insights pull requests (beta)",
        summary="List pull requests",
        action="viewProject",
        specifier="proj/*",
        query=PullRequestsQuery,
        answer=list[PullRequestShape],
        beta=True,
    )
]
