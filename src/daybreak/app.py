"""Builds everything once, by hand, top to bottom: the only place where the parts meet."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
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
from daybreak.areas.integrations.queries import deliveries_waiting, relay_keys
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
from daybreak.ingestion.payloads import SeenPayloads
from daybreak.ingestion.receiving import Receiver
from daybreak.ingestion.versions import RunningVersions
from daybreak.ingestion.writing import write_events, write_versions
from daybreak.platform.audit import forgetting_entries
from daybreak.platform.clock import Clock
from daybreak.platform.commits import CommitWatch
from daybreak.platform.database import Database
from daybreak.platform.jobs import Job, JobLoop
from daybreak.platform.journal import FORGET_JOURNALS, open_journal
from daybreak.platform.mail import Mail
from daybreak.platform.metrics.exposition import Sharing
from daybreak.platform.metrics.standing import Question
from daybreak.platform.observing import TellOutcome, ignore_outcome
from daybreak.platform.outbox import TRIM_OUTBOX
from daybreak.platform.partitions import making_partitions
from daybreak.platform.progress import TRIM_PROGRESS
from daybreak.platform.schema import is_up_to_date
from daybreak.rest.authentication import Authentication
from daybreak.rest.endpoint import Endpoint, Receive, Scope
from daybreak.rest.metrics_door import MetricsDoor
from daybreak.rest.observation import Observation
from daybreak.rest.rate_limits import RateLimits, share_limits
from daybreak.rest.response import Send
from daybreak.rest.routing import Route, Router
from daybreak.sdk.answers import refuse
from daybreak.sdk.credentials import Credentials
from daybreak.settings import Settings
from daybreak.ui.application import DIST, Interface, read_files
from daybreak.ui.door import Pages
from daybreak.ui.oauth import OAuthPages
from daybreak.ui.threads import Threads
from daybreak.ui.visitors import Visitors

# As many as the database lends connections; more threads would only wait for one.
THREADS = 16

Door = Callable[[Scope, Receive, Send], Awaitable[None]]

# What is watched in every process, whatever else it does.
WATCHED = {"/healthz", "/readyz"}


# What operators know the doors by.
DOORS = {
    Endpoint: "api",
    Delivery: "sdk",
    Ingestion: "events",
    Interface: "interface",
    Pages: "pages",
    OAuthPages: "oauth",
    MetricsDoor: "metrics",
}


class Duty(StrEnum):
    """What a process can be for: the API and its pages, SDKs and Relay Proxies, recurring work for all."""

    API = "api"
    DELIVERY = "delivery"
    JOBS = "jobs"


@dataclass(frozen=True, slots=True)
class Daybreak:
    """The whole program as one ASGI application, or what of it the `duties` of its process are."""

    duties: Collection[Duty]
    observation: Observation
    metrics: MetricsDoor
    endpoint: Endpoint
    interface: Interface
    pages: Pages
    oauth: OAuthPages
    delivery: Delivery
    ingestion: Ingestion
    changefeeds: Sequence[Changefeed]
    commits: CommitWatch
    database: Database
    jobs: JobLoop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.database.catch_up()
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1003})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path in WATCHED:
            await self._let_in(self.endpoint, scope, receive, send)
            return
        if self.metrics.handles(path):
            await self._let_in(self.metrics, scope, receive, send)
            return
        sdk_doors, page_doors = (self.delivery, self.ingestion), (self.interface, self.pages, self.oauth)
        door: Door | None = next((each for each in sdk_doors if each.handles(path)), None)
        duty = Duty.API if door is None else Duty.DELIVERY
        if door is None:
            door = next((each for each in page_doors if each.handles(path)), self.endpoint)
        await self._on_duty(duty, door, scope, receive, send)

    async def _let_in(self, door: Door, scope: Scope, receive: Receive, send: Send) -> None:
        await self.observation.watch(DOORS[type(door)], door, scope, receive, send)

    async def _on_duty(self, duty: Duty, door: Door, scope: Scope, receive: Receive, send: Send) -> None:
        if duty in self.duties:
            await self._let_in(door, scope, receive, send)
        else:
            # No refusal for good: whoever sends requests to the right process may be about to learn of it.
            own = ", ".join(sorted(self.duties))
            message = f"This process is for {own} only: another one is for {duty}"

            async def elsewhere(_scope: Scope, _receive: Receive, send: Send) -> None:
                await refuse(send, 503, message)

            await self.observation.watch(DOORS[type(door)], elsewhere, scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        current_default_thread_limiter().total_tokens = THREADS
        following = [asyncio.create_task(changefeed.run()) for changefeed in self.changefeeds]
        self.observation.start()
        self.commits.start()
        self.jobs.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.to_thread(self.commits.stop)
        for changefeed in self.changefeeds:
            changefeed.stop()
        await asyncio.gather(*following)
        await asyncio.to_thread(self.jobs.stop)
        await asyncio.to_thread(self.observation.stop)
        await send({"type": "lifespan.shutdown.complete"})


def build(
    settings: Settings,
    database: Database,
    clock: Clock,
    *,
    dist: Path = DIST,
    duties: Collection[Duty] = frozenset(Duty),
    sharing: Sharing | None = None,
) -> Daybreak:
    """`dist` is the folder of the built interface, `duties` what this process is for. With `sharing`, its
    metrics are shown with those of the other processes at the port.
    """
    observation = Observation(settings, database, clock, sharing)
    metrics = observation.metrics
    sightings = people.Sightings()
    mail = Mail(settings.smtp_url, settings.mail_sender, metrics.sent.mail)
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
        metrics.remembered,
        largest_body=settings.largest_body,
        address=settings.address,
    )
    visitors = Visitors(authentication, settings.address, Threads())
    pages = _build_pages(settings, database, clock, visitors, mail)
    interface = Interface(read_files(dist), visitors)
    oauth = OAuthPages(Authorizing(database, clock, settings.address), visitors)
    hub = Hub(database, payloads, payload_changes, memberships, metrics.streams)
    credentials = Credentials(database, clock, environment_for_credential, environments_by_id)
    buffer, versions = Buffer(open_journal(database, settings.data_directory)), RunningVersions()
    receiver = Receiver(buffer, versions, SeenPayloads(database.board))
    ingestion = Ingestion(receiver, buffer, credentials, clock)
    relays = RelayHub(
        RelayReader(database, clock, environments_with_keys, relay_keys), clock, metrics.streams
    )
    delivery = Delivery(hub, relays, credentials, clock, ingestion.count_evaluation)
    # One for each: neither waits for what the other reads.
    changefeeds = Changefeed(hub), Changefeed(relays)
    database.on_commit(credentials.advance)
    for changefeed in changefeeds:
        database.on_commit(changefeed.advance)
    recurring = [
        *list_jobs(settings, database, clock, sightings, metrics.sent.webhook),
        mail.job(),
        share_limits(limits),
        write_events(buffer, receiver, metrics.events),
        write_versions(versions),
    ]
    own = [job for job in recurring if job.runs_everywhere or Duty.JOBS in duties]
    jobs = JobLoop(database, clock, own, observation.observer)
    questions = [
        Question("daybreak_mails_waiting", "Mails that are still to be sent.", mail.count_waiting),
        Question(
            "daybreak_webhook_deliveries_waiting",
            "Deliveries to webhooks still to be made.",
            deliveries_waiting,
        ),
    ]
    return Daybreak(
        duties,
        observation,
        observation.open_door(questions),
        endpoint,
        interface,
        pages,
        oauth,
        delivery,
        ingestion,
        changefeeds,
        CommitWatch(database),
        database,
        jobs,
    )


def _build_pages(
    settings: Settings, database: Database, clock: Clock, visitors: Visitors, mail: Mail
) -> Pages:
    provider = None
    if settings.openid_issuer:
        from daybreak.ui.provider import Provider  # noqa: PLC0415 - it takes 10 MB of servers that ask none

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
    settings: Settings,
    database: Database,
    clock: Clock,
    sightings: people.Sightings,
    tell_of_webhook: TellOutcome,
) -> Sequence[Job]:
    return [
        TRIM_OUTBOX,
        TRIM_PROGRESS,
        FORGET_JOURNALS,
        *making_partitions(),
        *forgetting_entries(settings.keep_audit_days),
        *people.jobs(sightings),
        *projects.jobs(),
        *flags.jobs(
            keep_changes=settings.keep_flag_changes_days, keep_evaluations=settings.keep_evaluations_days
        ),
        *insights.jobs(keep_deployments=settings.keep_deployments_days),
        *integrations.jobs(
            database, clock, webhook_networks=settings.webhook_networks, tell_outcome=tell_of_webhook
        ),
    ]


def list_shared_jobs(settings: Settings, database: Database, clock: Clock) -> Sequence[Job]:
    """What one process does for all."""
    jobs = list_jobs(settings, database, clock, people.Sightings(), ignore_outcome)
    return [job for job in jobs if not job.runs_everywhere]
