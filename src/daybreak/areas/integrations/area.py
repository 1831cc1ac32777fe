"""What the integrations area plugs in."""

from daybreak.areas.integrations.relay_configurations.routes import ROUTES as RELAY_ROUTES
from daybreak.areas.integrations.relay_configurations.store import forget_expired_relay_keys
from daybreak.areas.integrations.webhooks.destinations import Destinations, Network
from daybreak.areas.integrations.webhooks.queueing import QUEUE
from daybreak.areas.integrations.webhooks.routes import webhook_routes
from daybreak.areas.integrations.webhooks.sending import Sender
from daybreak.platform.clock import MINUTE, Clock
from daybreak.platform.database import Database
from daybreak.platform.jobs import Job
from daybreak.platform.observing import TellOutcome, ignore_outcome
from daybreak.rest.routing import Route


def routes(*, webhook_networks: tuple[Network, ...]) -> list[Route]:
    """Webhooks may post to public addresses and to those networks."""
    return [*RELAY_ROUTES, *webhook_routes(Destinations(webhook_networks))]


def jobs(
    database: Database,
    clock: Clock,
    *,
    webhook_networks: tuple[Network, ...],
    tell_outcome: TellOutcome = ignore_outcome,
) -> list[Job]:
    """Webhooks are sent to by threads of their own, which use the database and the clock, and tell of each
    attempt whether it was delivered.
    """
    destinations = Destinations(webhook_networks)
    return [
        Job("forget expired relay keys", MINUTE, forget_expired_relay_keys),
        QUEUE,
        Sender(database, clock, destinations, tell_outcome).job(),
    ]
