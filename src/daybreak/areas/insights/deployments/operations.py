"""Deployments: events in, lists out, and what a patch of one means for everything derived from it."""

import msgspec

from daybreak.areas.insights.deployments.representation import (
    DEPLOYMENTS_PATH,
    DeploymentEventShape,
    deployment_path,
    represent_event,
)
from daybreak.areas.insights.deployments.requests import DeploymentEvent, DeploymentsQuery
from daybreak.areas.insights.deployments.resource import DEPLOYMENT, deployment_address
from daybreak.areas.insights.deployments.store import (
    deployment_store,
    hold_scope,
    of_environment,
    predicates,
    read_deployments,
)
from daybreak.areas.insights.facts.deployments import record_deployment_event, watch_from_first
from daybreak.areas.insights.facts.keeping import read_kept_since, require_kept
from daybreak.areas.insights.facts.linking import relink
from daybreak.areas.insights.facts.placing import DeploymentEvent as Event
from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.projects.queries import environment
from daybreak.platform import audit
from daybreak.platform.clock import DAY, YEAR_2000
from daybreak.platform.columns import Json
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.rest.call import Call, Page, Shape
from daybreak.rest.cursors import parse_turn, parse_window, turn_links
from daybreak.rest.expansion import load_expansions
from daybreak.rest.operations import patch, read_one, represent_one, visible

LATEST_AHEAD = DAY
LARGEST_METADATA = 64 * 1024


def create_deployment_event(call: Call, body: DeploymentEvent) -> DeploymentEventShape:
    """Accepts one step of a deployment, and adds its application and version where they are new."""
    parent = environment(call.db, body.project_key, body.environment_key)
    address = deployment_address(parent, body.application_key)
    call.actor.require(("createDeploymentEvent",), address)
    _require_plausible(body, call.now)
    known_kind = hold_scope(call.db, parent.id, body.application_key)
    event = Event(
        application_key=body.application_key,
        version=body.version,
        type=body.event_type,
        at=body.event_time,
        application_name=body.application_name or "",
        application_kind=body.application_kind or known_kind or "server",
        version_name=body.version_name or "",
        deployment_metadata=body.deployment_metadata or {},
        event_metadata=body.event_metadata or {},
    )
    id = record_deployment_event(call.db, parent, event, call.now)
    entry = audit.AuditEntry(
        kind=DEPLOYMENT.kind,
        resource_id=id,
        address=str(address),
        name=f"{body.application_key} {body.version}",
        title_verb=f"sent a {body.event_type} event of the deployment",
        actions=("createDeploymentEvent",),
        path=deployment_path(id),
        parent_name=parent.name,
        after=msgspec.to_builtins(body),
    )
    audit.record(call.db, call.actor, call.now, entry)
    return represent_event(id)


def _require_plausible(body: DeploymentEvent, now: int) -> None:
    if body.event_time is not None and not YEAR_2000 <= body.event_time <= now + LATEST_AHEAD:
        reason = "lies between the year 2000 and tomorrow, in Unix milliseconds"
        raise ValidationFailed(FieldFault("eventTime", reason))
    _require_small("eventMetadata", body.event_metadata)
    _require_small("deploymentMetadata", body.deployment_metadata)


def _require_small(attribute: str, metadata: Json) -> None:
    if len(msgspec.json.encode(metadata)) > LARGEST_METADATA:
        raise ValidationFailed(FieldFault(attribute, f"has more than {LARGEST_METADATA} bytes as JSON"))


def list_deployments(call: Call, query: DeploymentsQuery) -> Page:
    """A page of an environment's deployments, newest first. Raises NotFound or InvalidRequest."""
    window, turn = parse_window(query, call.now), parse_turn(query)
    parent = environment(call.db, query.project_key, query.environment_key)
    where = [
        of_environment(parent.home),
        *visible(call, DEPLOYMENT),
        *predicates(
            window,
            call.now,
            application_keys=query.application_key,
            kind=query.kind,
            status=query.status,
        ),
    ]
    turned, total = read_deployments(call.db, where, turn)
    found = [deployment_store.from_row(row) for row in turned.rows]
    expanded = load_expansions(call, query.expand, DEPLOYMENT.expansions, found)
    return Page(
        DEPLOYMENT.represent(call, found, expanded),
        total,
        links=turn_links(DEPLOYMENTS_PATH, query, window, turned.earlier, turned.later),
    )


def change_deployment(call: Call, body: Json, deployment_id: str) -> Shape:
    """Archives a deployment, brings it back, or replaces its metadata.

    All of these can change what counts, what failed and what followed, so it is derived anew.
    """
    found = DEPLOYMENT.find(call, deployment_id=deployment_id)
    hold_scope(call.db, found.environment_id, found.application_key)
    before = read_one(call, DEPLOYMENT, deployment_id=deployment_id)
    after = patch(call, DEPLOYMENT, before, body)
    _require_small("metadata", dict(after.metadata))
    if after != before:
        scope = Scope(after.project_id, after.environment_id, after.application_key)
        require_kept(after.application_key, read_kept_since(call.db, scope), after.at)
        relink(call.db, scope, after.at)
        watch_from_first(call.db, scope)
    return represent_one(call, DEPLOYMENT, read_one(call, DEPLOYMENT, deployment_id=deployment_id))
