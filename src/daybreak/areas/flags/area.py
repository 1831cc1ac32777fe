"""What the flags area plugs in."""

from daybreak.areas.flags.expiring_targets.expiry import REMOVE_EXPIRED
from daybreak.areas.flags.expiring_targets.routes import ROUTES as EXPIRING_TARGET_ROUTES
from daybreak.areas.flags.feature_flags.routes import ROUTES as FLAG_ROUTES
from daybreak.platform.jobs import Job
from daybreak.rest.routing import Route


def routes() -> list[Route]:
    return [*FLAG_ROUTES, *EXPIRING_TARGET_ROUTES]


def jobs() -> list[Job]:
    return [REMOVE_EXPIRED]
