"""Builds everything once, by hand, top to bottom: the only place where the parts meet."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from anyio.to_thread import current_default_thread_limiter

import daybreak.areas.account.area as account
import daybreak.areas.flags.area as flags
import daybreak.areas.insights.area as insights
import daybreak.areas.people.area as people
import daybreak.areas.projects.area as projects
from daybreak.areas.flags.intake import copy_flags
from daybreak.areas.flags.queries import memberships, payload_changes, payloads
from daybreak.areas.people.queries import actor_for_token
from daybreak.areas.projects.queries import environment_for_credential, environments_by_id
from daybreak.delivery.changefeed import Changefeed
from daybreak.delivery.door import Delivery
from daybreak.delivery.hub import Hub
from daybreak.ingestion.buffer import Buffer
from daybreak.ingestion.door import Ingestion
from daybreak.ingestion.versions import RunningVersions
from daybreak.ingestion.writing import write_events, write_versions
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database
from daybreak.platform.jobs import Job, JobLoop
from daybreak.platform.outbox import TRIM_OUTBOX
from daybreak.platform.schema import is_up_to_date
from daybreak.rest.authentication import Authentication
from daybreak.rest.endpoint import Endpoint, Receive, Scope, watch_revision
from daybreak.rest.rate_limits import RateLimits
from daybreak.rest.response import Send
from daybreak.rest.routing import Route, Router
from daybreak.sdk.credentials import Credentials
from daybreak.settings import Settings

# As many as the database lends connections; more threads would only wait for one.
THREADS = 16


@dataclass(frozen=True, slots=True)
class Daybreak:
    """The whole program as one ASGI application."""

    endpoint: Endpoint
    credentials: Credentials
    delivery: Delivery
    ingestion: Ingestion
    changefeed: Changefeed
    database: Database
    jobs: JobLoop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if self.delivery.handles(scope["path"]):
                await self.delivery(scope, receive, send)
            elif self.ingestion.handles(scope["path"]):
                await self.ingestion(scope, receive, send)
            else:
                await self.endpoint(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1003})

    def _advance(self, revision: int) -> None:
        self.endpoint.advance(revision)
        self.credentials.advance(revision)
        self.changefeed.advance(revision)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        current_default_thread_limiter().total_tokens = THREADS
        stop = asyncio.Event()
        watching = asyncio.create_task(watch_revision(self._advance, self.database, stop))
        following = asyncio.create_task(self.changefeed.run())
        self.jobs.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        stop.set()
        self.changefeed.stop()
        await asyncio.gather(watching, following)
        await asyncio.to_thread(self.jobs.stop)
        await send({"type": "lifespan.shutdown.complete"})


def build(settings: Settings, database: Database, clock: Clock) -> Daybreak:
    use = people.TokenUse()
    authentication = Authentication(database, clock, actor_for_token, use)
    limits = RateLimits(settings.account_rate_limit, settings.route_rate_limit)
    endpoint = Endpoint(
        Router(list_routes(settings, database)),
        database,
        clock,
        authentication,
        limits,
        largest_body=settings.largest_body,
    )
    hub = Hub(database, payloads, payload_changes, memberships)
    credentials = Credentials(database, clock, environment_for_credential, environments_by_id)
    buffer, versions = Buffer(), RunningVersions()
    ingestion = Ingestion(buffer, versions, credentials, clock)
    delivery = Delivery(hub, credentials, clock, ingestion.count_evaluation)
    changefeed = Changefeed(hub)
    database.on_commit(credentials.advance)
    database.on_commit(changefeed.advance)
    jobs = JobLoop(database, clock, [*list_jobs(use), write_events(buffer), write_versions(versions)])
    return Daybreak(endpoint, credentials, delivery, ingestion, changefeed, database, jobs)


def list_routes(settings: Settings, database: Database) -> Sequence[Route]:
    """Every route of the program. The account's come last: its OpenAPI document describes the others."""
    others = [
        *people.routes(),
        *projects.routes(copy_configuration=copy_flags),
        *flags.routes(public_url=settings.address),
        *insights.routes(
            github_secret=settings.github_webhook_secret,
            gitlab_token=settings.gitlab_webhook_token,
            bot_names=settings.bot_names,
        ),
    ]
    return account.routes(
        others,
        token=actor_for_token,
        credential=environment_for_credential,
        is_ready=lambda: is_up_to_date(database),
    )


def list_jobs(use: people.TokenUse) -> Sequence[Job]:
    return [TRIM_OUTBOX, *people.jobs(use), *projects.jobs(), *flags.jobs(), *insights.jobs()]
