"""A server of widgets: an endpoint with tokens known by heart, and requests that no library would send."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.access import Actor
from daybreak.platform.audit import audit_entries
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database, Transaction, outbox, revisions
from daybreak.platform.identifiers import digest
from daybreak.platform.metrics.process import open_metrics
from daybreak.platform.tags import resource_tags
from daybreak.rest.authentication import Authentication
from daybreak.rest.endpoint import Endpoint
from daybreak.rest.rate_limits import RateLimits
from daybreak.rest.routing import Router
from rest.widgets import ROUTES, Widget, toy_metadata, widget_path, widget_store

LARGEST_BODY = 20_000


@dataclass
class FakeTokens:
    """Knows tokens by heart, and remembers how often it was asked and who was seen."""

    actors: dict[str, Actor] = field(default_factory=dict)
    asked: int = 0
    seen: list[Actor] = field(default_factory=list)

    def __call__(self, db: Transaction, secret_digest: str, now: int) -> Actor | None:  # noqa: ARG002 - ActorReader's words
        self.asked += 1
        return self.actors.get(secret_digest)

    def witness(self, actor: Actor, now: int) -> None:  # noqa: ARG002 - Witness's words
        self.seen.append(actor)

    def add(self, secret: str, *policies: Policy, role: str = "", **more: Any) -> None:
        self.actors[digest(secret)] = Actor("token", secret, f"the {secret}", policies, role=role, **more)


def a_policy(*statements: dict[str, Any]) -> Policy:
    return Policy("inline", parse_statements(list(statements)))


class Server:
    """An endpoint over widgets, with a token for each built-in role that is called like it."""

    def __init__(self, database: Database, clock: Clock, **limits: int) -> None:
        self.database = database
        self.tokens = FakeTokens()
        for name, policy in BUILT_IN_ROLES.items():
            self.tokens.add(name, policy, role=name)
        authentication = Authentication(database, clock, self.tokens.witness, token=self.tokens)
        self.endpoint = Endpoint(
            Router(ROUTES),
            database,
            clock,
            authentication,
            RateLimits(limits.get("account_limit", 10_000), limits.get("route_limit", 10_000)),
            open_metrics(clock).remembered,
            largest_body=LARGEST_BODY,
        )
        self._client = TestClient(self.endpoint, raise_server_exceptions=False)

    def request(self, method: str, where: str, token: str = "admin", **options: Any) -> Any:
        headers = {"Authorization": token} if token else {}
        return self._client.request(method, where, headers=headers | options.pop("headers", {}), **options)

    def get(self, where: str, **options: Any) -> Any:
        return self.request("GET", where, **options)

    def patch(self, key: str, body: Any, **options: Any) -> Any:
        return self.request("PATCH", widget_path(key), json=body, **options)

    def keep(self, *kept: Widget) -> None:
        """Puts widgets on the shelf behind the API's back."""
        with self.database.writing() as db:
            for widget in kept:
                widget_store.insert(db, widget)
                db.insert(
                    resource_tags,
                    [
                        {"kind": "widget", "resource_id": widget.id, "tag": tag, "project_id": ""}
                        for tag in widget.tags
                    ],
                )
                db.tell("widget", widget.id, at=0)

    def audit(self) -> list[Any]:
        with self.database.reading() as db:
            return list(
                db.rows(select(audit_entries).order_by(audit_entries.c.at, audit_entries.c.title_verb))
            )


def make_tables(database: Database) -> None:
    """The toy's table, and those of the platform that it needs where they are not there yet."""
    audit_entries.metadata.create_all(
        database.engine, tables=[audit_entries, outbox, revisions, resource_tags]
    )
    toy_metadata.create_all(database.engine)


def ask(endpoint: Endpoint, method: str, raw_path: bytes | None, **more: Any) -> tuple[int, bytes]:
    """Status and body of a request that no well-behaved client would send. `messages` are what arrives."""
    messages = list(more.get("messages", [{"type": "http.request", "body": more.get("body", b"")}]))
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": more.get("path", "/"),
        "query_string": more.get("query", b""),
        "headers": [(b"authorization", b"admin"), *more.get("headers", [])],
    }
    if raw_path is not None:
        scope["raw_path"] = raw_path
    asyncio.run(endpoint(scope, receive, send))
    return sent[0]["status"], sent[1]["body"]
