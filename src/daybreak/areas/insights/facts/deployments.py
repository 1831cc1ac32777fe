"""Deployment events: each is put where it belongs among the runs of its version, then all is derived anew."""

from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update

from daybreak.areas.insights.facts.keeping import require_kept
from daybreak.areas.insights.facts.linking import relink
from daybreak.areas.insights.facts.placing import DeploymentEvent, StoredRun, place_event
from daybreak.areas.insights.facts.scope import IN_SCOPE, Scope
from daybreak.areas.insights.facts.tables import deployments, environment_applications
from daybreak.areas.projects.intake import ensure_application
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.database import Transaction
from daybreak.platform.identifiers import stable_uuid

# An event concerns the latest runs of its version: "latest" may be deployed every day for years.
RUNS_CONSIDERED = 64

_OF_VERSION = and_(IN_SCOPE, deployments.c.application_version == bindparam("of_version"))
_RUNS = (
    select(*(deployments.c[field.name] for field in fields(StoredRun)))
    .where(
        _OF_VERSION,
        or_(
            deployments.c.ordinal
            > select(func.max(deployments.c.ordinal)).where(_OF_VERSION).scalar_subquery() - RUNS_CONSIDERED,
            # However long ago: the same event twice changes nothing.
            deployments.c.started_at == bindparam("instant"),
            deployments.c.ended_at == bindparam("instant"),
        ),
    )
    .order_by(deployments.c.ordinal)
)

_HERE = and_(
    environment_applications.c.environment_id == bindparam("environment_id"),
    environment_applications.c.application_key == bindparam("application_key"),
)
_REGISTERED = (
    select(
        environment_applications.c.first_at,
        environment_applications.c.kind,
        environment_applications.c.kept_since,
    )
    .where(_HERE)
    .with_for_update()
)


def record_deployment_event(
    db: Transaction, environment: EnvironmentFact, event: DeploymentEvent, now: int
) -> str:
    """Stores the event and everything that follows from it; the id of the deployment that it belongs to.

    Events may come late, twice, or without those that should have come before: any order leads to the same.

    Raises:
        InvalidRequest: what happened then is final.

    """
    at = now if event.at is None else event.at
    scope = Scope(environment.project.id, environment.id, event.application_key)
    name, version_name = event.application_name or event.application_key, event.version_name or event.version
    ensure_application(
        db, event.application_key, name, event.application_kind, event.version, version_name, at, now
    )
    kept_since = register_in_environment(db, scope, event.application_kind, at)
    require_kept(event.application_key, kept_since, at)
    known = _list_runs(db, scope, event.version, at)
    placement = place_event(known, event, at, partial(deployment_id, scope, event.version, kept_since))
    if not placement.changed:
        return placement.id
    before = {run.id: run for run in known}
    for run in placement.changed:
        if run.id in before:
            _save(db, scope, run, event.application_kind)
        else:
            db.insert(deployments, [new_deployment(environment, event, run)])
    touched = [before.get(run.id, run).at for run in placement.changed]
    relink(db, scope, min(*touched, *(r.at for r in placement.changed)))
    return placement.id


def deployment_id(scope: Scope, version: str, kept_since: int, ordinal: int) -> str:
    """Where the rows of a version are gone its ordinals begin anew: they are told apart by since when."""
    place = (scope.environment_id, scope.application_key, version, str(ordinal))
    return stable_uuid("deployment", *place, *([str(kept_since)] if kept_since else []))


def register_in_environment(db: Transaction, scope: Scope, kind: str, at: int) -> int:
    """Notes that the application is deployed there, and keeps other writers of this scope waiting. Since when
    its deployments are kept; 0: all are.

    What follows from an event depends on the others of its scope, so they are taken one at a time.
    """
    place = {"environment_id": scope.environment_id, "application_key": scope.application_key}
    known = db.execute(_REGISTERED, place).first()
    if known is None:
        row = {**place, "kind": kind, "first_at": at}
        key = (environment_applications.c.environment_id, environment_applications.c.application_key)
        db.insert_or_update(environment_applications, [row], ["kind"], key=key)
        known = db.execute(_REGISTERED, place).one()
    if at < known.first_at or kind != known.kind:
        columns = environment_applications.c
        here = (
            columns.environment_id == scope.environment_id,
            columns.application_key == scope.application_key,
        )
        first_at = min(at, known.first_at)
        db.execute(update(environment_applications).where(*here).values(first_at=first_at, kind=kind))
    return known.kept_since or 0


def watch_from_first(db: Transaction, scope: Scope) -> None:
    """Notes anew since when the application is known there: an archived deployment tells nothing any more.
    Where the first ones are gone, that stays.
    """
    table, here = deployments.c, environment_applications.c
    first = select(func.min(table.at), func.min(table.started_at))
    found = db.execute(first.where(IN_SCOPE, table.is_archived.is_(False)), scope.parameters).one()
    known = [at for at in found if at is not None]
    if known:
        mine = (
            here.environment_id == scope.environment_id,
            here.application_key == scope.application_key,
            here.kept_since.is_(None),
        )
        db.execute(update(environment_applications).where(*mine).values(first_at=min(known)))


def new_deployment(environment: EnvironmentFact, event: DeploymentEvent, run: StoredRun) -> dict[str, Any]:
    """The row of a deployment of which nothing was derived yet."""
    return {
        **{field.name: getattr(run, field.name) for field in fields(StoredRun)},
        "project_id": environment.project.id,
        "environment_id": environment.id,
        "application_key": event.application_key,
        "kind": event.application_kind,
        "application_version": event.version,
        "is_archived": False,
        "is_counted": False,
        "repository_id": None,
        "commit_sha": None,
        "unresolved_reason": None,
        "failed_at": None,
        "failure_reason": None,
        "undone_by": None,
        "recovered_at": None,
        "is_rework": False,
        "previous_same_version_at": None,
        "pull_requests": 0,
        "contributors": 0,
        "lines_added": 0,
        "lines_deleted": 0,
        "lead_time": None,
        "version": 1,
    }


def _list_runs(db: Transaction, scope: Scope, version: str, at: int) -> Sequence[StoredRun]:
    rows: Sequence[Any] = db.execute(_RUNS, {**scope.parameters, "of_version": version, "instant": at}).all()
    return [StoredRun(*row) for row in rows]


def _save(db: Transaction, scope: Scope, run: StoredRun, kind: str) -> None:
    values = {field.name: getattr(run, field.name) for field in fields(StoredRun)} | {"kind": kind}
    next_version = deployments.c.version + 1
    mine = deployments.c.id == run.id, deployments.c.project_id == scope.project_id
    db.execute(update(deployments).where(*mine).values(**values, version=next_version))
