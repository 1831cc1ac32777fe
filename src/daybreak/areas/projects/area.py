"""What the projects area plugs in."""

from daybreak.areas.projects.applications.expansions import EvaluatedFlags, no_flags
from daybreak.areas.projects.applications.routes import application_routes
from daybreak.areas.projects.environments.operations import CopyConfiguration, copy_nothing
from daybreak.areas.projects.environments.routes import environment_routes
from daybreak.areas.projects.environments.store import forget_expired_sdk_keys
from daybreak.areas.projects.projects.routes import ROUTES as PROJECT_ROUTES
from daybreak.areas.projects.tags.routes import ROUTES as TAG_ROUTES
from daybreak.platform.clock import MINUTE
from daybreak.platform.jobs import Job
from daybreak.rest.routing import Route


def routes(
    evaluated_flags: EvaluatedFlags = no_flags, copy_configuration: CopyConfiguration = copy_nothing
) -> list[Route]:
    """Whoever keeps flags answers which of them applications evaluated, and copies those of environments."""
    return [
        *PROJECT_ROUTES,
        *environment_routes(copy_configuration),
        *application_routes(evaluated_flags),
        *TAG_ROUTES,
    ]


def jobs() -> list[Job]:
    return [Job("forget expired SDK keys", MINUTE, forget_expired_sdk_keys)]
