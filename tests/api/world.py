"""A small account with one of everything, and where it is: bad requests are made from good ones to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msgspec
from sqlalchemy import select

from api import context_world, people_world
from api.bodies import BODIES, DATED_USER, EXTINCTION, QUERY, UPLOADS
from api.context_world import seen_contexts
from api.integrations_world import a_relay_configuration, a_webhook_with_a_delivery
from api.segment_world import a_big_segment
from contract.coverage import all_routes
from daybreak.platform.audit import audit_entries
from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.database import Database, metadata
from daybreak.rest.routing import Route

OPERATIONS: Mapping[str, Route] = {route.operation: route for route in all_routes() if route.documented}
WITH_BODY = tuple(route for route in OPERATIONS.values() if route.operation in BODIES)


@dataclass(frozen=True)
class Sent:
    """A request, and what to call it when it is answered badly."""

    operation: str
    what: str
    method: str
    path: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """What is there: by the name that paths call it, and ids by the collection they are in."""

    database: Database
    names: Mapping[str, str]
    ids: Mapping[str, str]

    def names_in(self, route: Route) -> dict[str, str]:
        """The values of a path's parameters that lead to something."""
        return {
            name: self.ids[route.path.split("/")[3]] if name == "id" else self.names[name]
            for name in route.parameters
        }

    def path(self, route: Route, **other: str) -> str:
        """The path of what is there, but for the parameters given."""
        path = route.path
        for name, value in (self.names_in(route) | other).items():
            path = path.replace(f"{{{name}}}", value)
        return path

    def sent(self, route: Route, what: str, query: Mapping[str, Any] | None = None, **options: Any) -> Sent:
        """A good request, but for what is given; a parameter that is None is left out."""
        required = {f.encode_name for f in msgspec.structs.fields(route.query) if f.required}
        pairs = {name: QUERY[name] for name in sorted(required)} | dict(query or {})
        pairs = {name: value for name, value in pairs.items() if value is not None}
        path = options.pop("path", None) or self.path(route)
        if route.operation in BODIES and "content" not in options:
            body = options.pop("json", BODIES[route.operation])
            options["content"] = json.dumps(body).encode()
        if route.operation in UPLOADS and "content" not in options:
            options["content"], kind = UPLOADS[route.operation]
            options["headers"] = {"Content-Type": kind} | options.get("headers", {})
        return Sent(
            route.operation, what, route.method, f"{path}?{urlencode(pairs)}" if pairs else path, options
        )

    def contents(self) -> dict[str, list[Any]]:
        """Everything that is stored, but for what the audit log says of writes that were refused."""
        with self.database.reading() as db:
            return {
                table.name: sorted(
                    repr(tuple(row))
                    for row in db.rows(select(table))
                    if table is not audit_entries or row.actions
                )
                for table in metadata.sorted_tables
            }


def a_world(api: Any, database: Database, now: int) -> World:
    """Everything through the API, as people would make it."""
    token = api.post("/api/v2/tokens", json={"name": "first", "role": "reader", "serviceToken": True}).json()
    for key in ("web", "elsewhere"):
        made = api.post("/api/v2/projects", json={"key": key, "name": key.title(), "tags": [f"{key}-tag"]})
        assert made.status_code == 201
    event = {**BODIES["createDeploymentEvent"], "version": "1.0", "eventTime": now - HOUR}
    insights = "/api/v2/engineering-insights"
    told = api.post(f"{insights}/deployment-events", json=event).json()
    mapping = {"mappings": [{"repositoryKey": "acme", "projectKey": "web"}]}
    assert api.put(f"{insights}/repositories/projects", json=mapping).status_code == 200
    group = {"key": "core", "name": "Core", "projectKey": "web", "environmentKey": "production"}
    assert api.post(f"{insights}/insights/group", json=group).status_code == 201
    assert api.post("/api/v2/flags/web", json={"key": "checkout-v2", "name": "Checkout"}).status_code == 201
    scanned_code(api)
    a_jump_of_a_migration(api)
    a_target_with_a_date(api, now)
    of_segment = a_big_segment(api, database, now)
    instance = seen_contexts(database, now)
    member_id = people_world.people(api)
    around_a_flag = a_follower_a_link_and_a_trigger(api, member_id)
    webhook, delivery = a_webhook_with_a_delivery(api, database, now)
    entry = api.get("/api/v2/auditlog").json()["items"][0]
    names = (
        of_segment
        | context_world.NAMES
        | people_world.NAMES
        | {
            "projectKey": "web",
            "environmentKey": "production",
            "applicationKey": "checkout",
            "versionKey": "1.0",
            "deploymentID": told["_links"]["self"]["href"].rpartition("/")[2],
            "repositoryKey": "acme",
            "insightGroupKey": "core",
            "featureFlagKey": "checkout-v2",
            "repo": "storefront",
            "branch": "main",
            "flagKey": "move",
            "userKey": "cy",
            "contextKind": "user",
            "contextKey": "cy",
            "memberId": member_id,
            "deliveryId": delivery,
            "clientId": people_world.an_oauth_client(api),
        }
    )
    ids = {
        "tokens": token["_id"],
        "auditlog": entry["_id"],
        "projects": instance,
        "members": member_id,
        "webhooks": webhook,
    }
    return World(database, names, ids | around_a_flag | a_relay_configuration(api))


def scanned_code(api: Any) -> None:
    """A repository whose default branch mentions one flag, and no longer another."""
    repositories = "/api/v2/code-refs/repositories"
    assert api.post(repositories, json={"name": "storefront"}).status_code == 200
    branch = f"{repositories}/storefront/branches/main"
    scan = {**BODIES["putBranch"], "updateSequenceId": 1, "head": "dead"}
    assert api.put(branch, json=scan).status_code == 200
    told = [{**EXTINCTION, "revision": "decade", "flagKey": "older-till"}]
    assert api.post(f"{branch}/extinction-events", json=told).status_code == 200


def a_jump_of_a_migration(api: Any) -> None:
    """A flag that would serve another stage than the next one if it were turned on."""
    flag = {"key": "move", "name": "Move", "purpose": "migration", "migrationSettings": {"stageCount": 4}}
    assert api.post("/api/v2/flags/web", json=flag).status_code == 201
    last = [{"op": "replace", "path": "/environments/production/fallthrough/variation", "value": 3}]
    assert api.patch("/api/v2/flags/web/move", json=last).status_code == 200


def a_target_with_a_date(api: Any, now: int) -> None:
    """The user `cy` is targeted until tomorrow."""
    flag = api.get("/api/v2/flags/web/checkout-v2").json()
    settings = "/api/v2/users/web/production/cy/flags/checkout-v2"
    assert api.put(settings, {"setting": True}).status_code == 204
    dated = DATED_USER | {"userKey": "cy", "variationId": flag["variations"][0]["_id"], "value": now + DAY}
    path = "/api/v2/flags/web/checkout-v2/expiring-user-targets/production"
    answer = api.patch(path, json={"instructions": [dated]}).json()
    assert answer["successfulInstructions"] == 1


def a_follower_a_link_and_a_trigger(api: Any, member_id: str) -> dict[str, str]:
    """The ids of the link and the trigger, by where they are."""
    flag = "projects/web/flags/checkout-v2"
    assert api.put(f"/api/v2/{flag}/environments/production/followers/{member_id}").status_code == 204
    linked = api.post(f"/api/v2/flag-links/{flag}", json={"deepLink": "https://tickets.example/7"})
    trigger = api.post(
        "/api/v2/flags/web/checkout-v2/triggers/production", json=BODIES["createTriggerWorkflow"]
    )
    return {"flag-links": linked.json()["_id"], "flags": trigger.json()["_id"]}


def complaints(api: Any, sent: list[Sent], allowed: frozenset[int] = frozenset()) -> list[str]:
    """What is wrong with the answers: each must be a 4xx, one of those allowed, that says why."""
    found = []
    for request in sent:
        response = api.request(request.method, request.path, **request.options)
        is_right = response.status_code in allowed if allowed else 400 <= response.status_code < 500
        body = response.json() if is_right else {}
        if not all(body.get(name) for name in ("code", "message", "id")):
            found.append(f"{request.operation}, {request.what}: {response.status_code} {response.text[:300]}")
    return found
