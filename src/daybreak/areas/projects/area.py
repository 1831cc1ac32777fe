"""What the projects area plugs in."""

from sqlalchemy import delete

from daybreak.areas.projects.environments.routes import ROUTES as ENVIRONMENT_ROUTES
from daybreak.areas.projects.environments.tables import expiring_sdk_keys
from daybreak.areas.projects.projects.routes import ROUTES as PROJECT_ROUTES
from daybreak.platform.clock import MINUTE
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job
from daybreak.rest.routing import Route


def routes() -> list[Route]:
    return [*PROJECT_ROUTES, *ENVIRONMENT_ROUTES]


def jobs() -> list[Job]:
    return [Job("forget expired SDK keys", MINUTE, forget_expired_sdk_keys)]


def forget_expired_sdk_keys(db: Transaction, now: int) -> None:
    db.execute(delete(expiring_sdk_keys).where(expiring_sdk_keys.c.expires_at <= now))
