"""What the insights area plugs in."""

from collections.abc import Collection

from daybreak.areas.insights.charts.routes import ROUTES as CHART_ROUTES
from daybreak.areas.insights.deployments.routes import ROUTES as DEPLOYMENT_ROUTES
from daybreak.areas.insights.facts.adding_up import adding_up
from daybreak.areas.insights.flag_events.routes import ROUTES as FLAG_EVENT_ROUTES
from daybreak.areas.insights.groups.routes import ROUTES as GROUP_ROUTES
from daybreak.areas.insights.pull_requests.routes import ROUTES as PULL_REQUEST_ROUTES
from daybreak.areas.insights.repositories.routes import ROUTES as REPOSITORY_ROUTES
from daybreak.areas.insights.scores.routes import ROUTES as SCORE_ROUTES
from daybreak.areas.insights.webhooks.routes import routes as webhook_routes
from daybreak.areas.insights.webhooks.store import forget_old_deliveries
from daybreak.platform.clock import HOUR
from daybreak.platform.jobs import Job
from daybreak.rest.routing import Route


def routes(
    *,
    github_secret: str,
    gitlab_token: str,
    bot_names: Collection[str] = (),
) -> list[Route]:
    """`bot_names` are bots that are not called so."""
    return [
        *DEPLOYMENT_ROUTES,
        *PULL_REQUEST_ROUTES,
        *REPOSITORY_ROUTES,
        *CHART_ROUTES,
        *SCORE_ROUTES,
        *GROUP_ROUTES,
        *FLAG_EVENT_ROUTES,
        *webhook_routes(github_secret=github_secret, gitlab_token=gitlab_token, bot_names=bot_names),
    ]


def jobs(*, keep_deployments: int = 0) -> list[Job]:
    """`keep_deployments` is after how many days deployments are added up; 0: never."""
    return [
        Job("forget old webhook deliveries", HOUR, forget_old_deliveries),
        *adding_up(keep_deployments),
    ]
