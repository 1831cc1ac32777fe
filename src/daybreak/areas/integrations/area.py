"""What the integrations area plugs in."""

from daybreak.areas.integrations.relay_configurations.routes import ROUTES as RELAY_ROUTES
from daybreak.areas.integrations.relay_configurations.store import forget_expired_relay_keys
from daybreak.platform.clock import MINUTE
from daybreak.platform.jobs import Job
from daybreak.rest.routing import Route


def routes() -> list[Route]:
    return RELAY_ROUTES


def jobs() -> list[Job]:
    return [Job("forget expired relay keys", MINUTE, forget_expired_relay_keys)]
