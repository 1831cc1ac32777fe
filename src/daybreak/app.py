"""Builds everything once, by hand, top to bottom: the only place where the parts meet."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter

import daybreak.areas.account.area as account
import daybreak.areas.flags.area as flags
import daybreak.areas.insights.area as insights
import daybreak.areas.integrations.area as integrations
import daybreak.areas.people.area as people
import daybreak.areas.projects.area as projects
from daybreak.areas.flags.intake import copy_flags
from daybreak.areas.flags.queries import memberships, payload_changes, payloads
from daybreak.areas.integrations.queries import relay_keys
from daybreak.areas.people.intake import Authorizing, LinkSender, OwnAccount, SigningIn, Welcoming
from daybreak.areas.people.queries import actor_for_grant, actor_for_session, actor_for_token
from daybreak.areas.projects.queries import (
    environment_for_credential,
    environments_by_id,
    environments_with_keys,
    projects_changeable,
)
from daybreak.delivery.changefeed import Changefeed
from daybreak.delivery.door import Delivery
from daybreak.delivery.hub import Hub
from daybreak.delivery.relay_hub import RelayHub
from daybreak.delivery.relay_reading import RelayReader
from daybreak.ingestion.buffer import Buffer
from daybreak.ingestion.door import Ingestion
from daybreak.ingestion.versions import RunningVersions
from daybreak.ingestion.writing import write_events, write_versions
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database
from daybreak.platform.jobs import Job, JobLoop
from daybreak.platform.mail import Mail
from daybreak.platform.outbox import TRIM_OUTBOX
from daybreak.platform.schema import is_up_to_date
from daybreak.rest.authentication import Authentication
from daybreak.rest.endpoint import Endpoint, Receive, Scope, watch_revision
from daybreak.rest.rate_limits import RateLimits
from daybreak.rest.response import Send
from daybreak.rest.routing import Route, Router
from daybreak.sdk.credentials import Credentials
from daybreak.settings import Settings
from daybreak.ui.application import DIST, Interface, read_files
from daybreak.ui.door import Pages
from daybreak.ui.oauth import OAuthPages
from daybreak.ui.provider import Provider
from daybreak.ui.threads import Threads
from daybreak.ui.visitors import Visitors

# As many as the database lends connections; more threads would only wait for one.
THREADS = 16


@dataclass(frozen=True, slots=True)
class Daybreak:
    """The whole program as one ASGI application."""

    endpoint: Endpoint
    credentials: Credentials
    interface: Interface
    pages: Pages
    oauth: OAuthPages
    delivery: Delivery
    ingestion: Ingestion
    changefeeds: Sequence[Changefeed]
    database: Database
    jobs: JobLoop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            doors = (self.delivery, self.ingestion, self.interface, self.pages, self.oauth)
            door = next((each for each in doors if each.handles(scope["path"])), self.endpoint)
            await door(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1003})

    def _advance(self, revision: int) -> None:
        self.endpoint.advance(revision)
        self.credentials.advance(revision)
        for changefeed in self.changefeeds:
            changefeed.advance(revision)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        current_default_thread_limiter().total_tokens = THREADS
        stop = asyncio.Event()
        watching = asyncio.create_task(watch_revision(self._advance, self.database, stop))
        following = [asyncio.create_task(changefeed.run()) for changefeed in self.changefeeds]
        self.jobs.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        stop.set()
        for changefeed in self.changefeeds:
            changefeed.stop()
        await asyncio.gather(watching, *following)
        await asyncio.to_thread(self.jobs.stop)
        await send({"type": "lifespan.shutdown.complete"})


def build(settings: Settings, database: Database, clock: Clock, *, dist: Path = DIST) -> Daybreak:
    """`dist` is the folder of the built interface."""
    sightings = people.Sightings()
    mail = Mail(settings.smtp_url, settings.mail_sender)
    authentication = Authentication(
        database,
        clock,
        sightings,
        token=actor_for_token,
        grant=actor_for_grant,
        session=actor_for_session,
    )
    limits = RateLimits(settings.account_rate_limit, settings.route_rate_limit)
    endpoint = Endpoint(
        Router(list_routes(settings, database, mail)),
        database,
        clock,
        authentication,
        limits,
        largest_body=settings.largest_body,
        address=settings.address,
    )
    visitors = Visitors(authentication, settings.address, Threads())
    pages = _build_pages(settings, database, clock, visitors, mail)
    interface = Interface(read_files(dist), visitors)
    oauth = OAuthPages(Authorizing(database, clock, settings.address), visitors)
    hub = Hub(database, payloads, payload_changes, memberships)
    credentials = Credentials(database, clock, environment_for_credential, environments_by_id)
    buffer, versions = Buffer(), RunningVersions()
    ingestion = Ingestion(buffer, versions, credentials, clock)
    relays = RelayHub(RelayReader(database, clock, environments_with_keys, relay_keys), clock)
    delivery = Delivery(hub, relays, credentials, clock, ingestion.count_evaluation)
    # One for each: neither waits for what the other reads.
    changefeeds = Changefeed(hub), Changefeed(relays)
    database.on_commit(credentials.advance)
    for changefeed in changefeeds:
        database.on_commit(changefeed.advance)
    recurring = [
        *list_jobs(settings, database, clock, sightings),
        mail.job(),
        write_events(buffer),
        write_versions(versions),
    ]
    jobs = JobLoop(database, clock, recurring)
    return Daybreak(
        endpoint, credentials, interface, pages, oauth, delivery, ingestion, changefeeds, database, jobs
    )


def _build_pages(
    settings: Settings, database: Database, clock: Clock, visitors: Visitors, mail: Mail
) -> Pages:
    provider = None
    if settings.openid_issuer:
        provider = Provider(
            issuer=settings.openid_issuer,
            client_id=settings.openid_client_id,
            client_secret=settings.openid_client_secret,
            name=settings.openid_name,
            address=settings.address,
            welcoming=Welcoming(database, clock, settings.openid_role),
            clock=clock,
        )
    signing_in = SigningIn(database, clock, LinkSender(settings.address, mail))
    return Pages(signing_in, OwnAccount(database, clock), visitors, provider)


def list_routes(settings: Settings, database: Database, mail: Mail) -> Sequence[Route]:
    """Every route of the program. The account's come last: its OpenAPI document describes the others."""
    others = [
        *people.routes(public_url=settings.address, mail=mail, projects_of_teams=projects_changeable),
        *projects.routes(copy_configuration=copy_flags),
        *flags.routes(public_url=settings.address),
        *insights.routes(
            github_secret=settings.github_webhook_secret,
            gitlab_token=settings.gitlab_webhook_token,
            bot_names=settings.bot_names,
        ),
        *integrations.routes(webhook_networks=settings.webhook_networks),
    ]
    return account.routes(
        others,
        token=actor_for_token,
        credential=environment_for_credential,
        is_ready=lambda: is_up_to_date(database),
    )


def list_jobs(
    settings: Settings, database: Database, clock: Clock, sightings: people.Sightings
) -> Sequence[Job]:
    return [
        TRIM_OUTBOX,
        *people.jobs(sightings),
        *projects.jobs(),
        *flags.jobs(),
        *insights.jobs(),
        *integrations.jobs(database, clock, webhook_networks=settings.webhook_networks),
    ]
