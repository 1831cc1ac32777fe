"""What the insights area plugs in."""

from daybreak.areas.insights.deployments.routes import ROUTES as DEPLOYMENT_ROUTES
from daybreak.areas.insights.flag_events.operations import FlagEvents, no_flag_events
from daybreak.areas.insights.flag_events.routes import routes as flag_event_routes
from daybreak.areas.insights.pull_requests.routes import ROUTES as PULL_REQUEST_ROUTES
from daybreak.areas.insights.repositories.routes import ROUTES as REPOSITORY_ROUTES
from daybreak.areas.insights.webhooks.routes import routes as webhook_routes
from daybreak.areas.insights.webhooks.store import forget_old_deliveries
from daybreak.platform.clock import HOUR
from daybreak.platform.jobs import Job
from daybreak.rest.routing import Route


def routes(*, github_secret: str, gitlab_token: str, flag_events: FlagEvents = no_flag_events) -> list[Route]:
    """`flag_events` answers for whoever keeps flags."""
    return [
        *DEPLOYMENT_ROUTES,
        *PULL_REQUEST_ROUTES,
        *REPOSITORY_ROUTES,
        *flag_event_routes(flag_events),
        *webhook_routes(github_secret=github_secret, gitlab_token=gitlab_token),
    ]


def jobs() -> list[Job]:
    return [Job("forget old webhook deliveries", HOUR, forget_old_deliveries)]
