"""Deployments in the database, as lists and representations need them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from daybreak.areas.insights.deployments.model import Deployment
from daybreak.areas.insights.facts.changes import PULL_REQUEST
from daybreak.areas.insights.facts.placing import SEEN
from daybreak.areas.insights.facts.tables import (
    changes,
    deployment_changes,
    deployments,
    environment_applications,
)
from daybreak.areas.projects.queries import Home, in_homes
from daybreak.logic.linking.deployments import TIMED_OUT_AFTER
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore
from daybreak.rest.cursors import Order, Turn, Turned, Window, read_turn

deployment_store = TableStore(Deployment, deployments)

_NEWEST_FIRST = Order(deployments.c.at, deployments.c.id)


def find_deployment(db: Transaction, id: str) -> Deployment:
    """Raises NotFound."""
    found = deployment_store.find(db, deployments.c.id == id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no deployment {id!r}")
    return found


def list_by_id(db: Transaction, ids: Iterable[str]) -> list[Deployment]:
    return deployment_store.list_where(db, deployments.c.id.in_(list(ids)))


def of_environment(home: Home) -> ColumnElement[bool]:
    return home.holds(deployments)


def of_applications(keys: Sequence[str]) -> ColumnElement[bool]:
    return deployments.c.application_key.in_(keys)


def predicates(
    window: Window, now: int, *, application_keys: Sequence[str], kind: str | None, status: str | None
) -> list[ColumnElement[bool]]:
    """What filters and bounds ask for; an empty list of applications means all of them."""
    where = [window.holds(deployments.c.at)]
    if application_keys:
        where.append(of_applications(application_keys))
    if kind is not None:
        where.append(deployments.c.kind == kind)
    if status is not None:
        where.append(_has_status(status, now))
    return where


def _has_status(status: str, now: int) -> ColumnElement[bool]:
    # The same rule as the model's `status_at`.
    began_at = func.coalesce(deployments.c.started_at, deployments.c.at)
    if status == "timedOut":
        return and_(deployments.c.status == "started", began_at < now - TIMED_OUT_AFTER)
    if status == "started":
        return and_(deployments.c.status == "started", began_at >= now - TIMED_OUT_AFTER)
    return deployments.c.status == status


def read_deployments(db: Transaction, where: Sequence[ColumnElement[bool]], turn: Turn) -> tuple[Turned, int]:
    """One page, newest first, and the number on all pages."""
    total = db.value(select(func.count()).select_from(deployments).where(*where))
    return read_turn(db, select(deployments).where(*where), _NEWEST_FIRST, turn), int(total)


def hold_scope(db: Transaction, environment_id: str, application_key: str) -> str | None:
    """Keeps other writers of the application's deployments there waiting; the kind its latest event told.

    What follows from one deployment depends on the others, so they are changed one at a time.
    """
    table = environment_applications.c
    mine = (table.environment_id == environment_id, table.application_key == application_key)
    kind: str | None = db.value(select(table.kind).where(*mine).with_for_update())
    return kind


def list_deployed(
    db: Transaction, homes: Collection[Home], application_keys: Iterable[str], versions: Iterable[str]
) -> set[tuple[str, str, str]]:
    """Which of these versions of these applications were ever deployed to these environments."""
    table = deployments.c
    columns = (table.environment_id, table.application_key, table.application_version)
    found = db.rows(
        select(*columns)
        .distinct()
        .where(
            in_homes(deployments, homes),
            table.application_key.in_(list(application_keys)),
            table.application_version.in_(list(versions)),
        )
    )
    return {(row.environment_id, row.application_key, row.application_version) for row in found}


def count_seen(db: Transaction, homes: Collection[Home], since: int) -> dict[str, int]:
    """How many deployments since then nobody told of, by environment; without any: missing."""
    table = deployments.c
    found = (
        select(table.environment_id, func.count().label("number"))
        .where(in_homes(deployments, homes), table.at >= since, table.external_id == SEEN)
        .group_by(table.environment_id)
    )
    return {row.environment_id: row.number for row in db.rows(found)}


def list_active(db: Transaction, found: Collection[Deployment]) -> set[str]:
    """The ids of what is running now where these were deployed: each application's latest success."""
    scopes = sorted({(deployment.environment_id, deployment.application_key) for deployment in found})
    if not scopes:
        return set()
    latest = (
        select(deployments.c.id)
        .where(
            deployments.c.project_id.in_({deployment.project_id for deployment in found}),
            deployments.c.environment_id == environment_applications.c.environment_id,
            deployments.c.application_key == environment_applications.c.application_key,
            deployments.c.status == "finished",
            deployments.c.is_archived.is_(False),
        )
        .order_by(deployments.c.at.desc(), deployments.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    asked = or_(
        *(
            and_(
                environment_applications.c.environment_id == environment_id,
                environment_applications.c.application_key == application_key,
            )
            for environment_id, application_key in scopes
        )
    )
    return {row.id for row in db.rows(select(latest.label("id")).where(asked)) if row.id is not None}


def read_stages(db: Transaction, found: Collection[Deployment]) -> dict[str, Row[Any]]:
    """Sums over the lead-time stages of each deployment's pull requests, bots left out, by deployment id."""
    stage = deployment_changes.c
    rows = db.rows(
        select(
            stage.deployment_id,
            func.count().label("number"),
            func.sum(stage.lead_ms).label("lead"),
            func.sum(stage.review_ms).label("review"),
            func.sum(stage.wait_ms).label("wait"),
            func.sum(stage.deploy_ms).label("deploy"),
        )
        .join(changes, changes.c.id == stage.change_id)
        .where(
            stage.project_id.in_({deployment.project_id for deployment in found}),
            stage.deployment_id.in_([deployment.id for deployment in found]),
            changes.c.kind == PULL_REQUEST,
            stage.is_bot.is_(False),
        )
        .group_by(stage.deployment_id)
    )
    return {row.deployment_id: row for row in rows}
