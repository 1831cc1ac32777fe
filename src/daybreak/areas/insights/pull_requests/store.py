"""Pull requests and their deliveries in the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select

from daybreak.areas.insights.facts.changes import PULL_REQUEST
from daybreak.areas.insights.facts.tables import (
    changes,
    deployment_changes,
    environment_applications,
    repository_projects,
)
from daybreak.areas.insights.pull_requests.model import Delivery, PullRequest
from daybreak.areas.projects.queries import Home
from daybreak.platform.database import Transaction
from daybreak.platform.expressions import contains_text
from daybreak.platform.store import TableStore
from daybreak.rest.cursors import Order, Turn, Turned, Window, read_turn

pull_request_store = TableStore(PullRequest, changes)
delivery_store = TableStore(Delivery, deployment_changes)

LONGER_THAN_ANY = 2**62

# The environment of a delivery has not been deleted.
_IS_THERE = and_(
    environment_applications.c.environment_id == deployment_changes.c.environment_id,
    environment_applications.c.application_key == deployment_changes.c.application_key,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose deliveries count: those to one environment of a project, or to any. They outlive the rows of the
    deployments that brought them (see `facts/adding_up.py`), though not their environment.
    """

    project_id: str
    environment_id: str | None
    application_keys: Sequence[str] = ()

    def holds(self, *, of_applications: bool) -> ColumnElement[bool]:
        """Whether a row of deployment_changes, joined with its application, lies within."""
        within = [deployment_changes.c.project_id == self.project_id]
        if self.environment_id is not None:
            within.append(deployment_changes.c.environment_id == self.environment_id)
        if of_applications and self.application_keys:
            within.append(deployment_changes.c.application_key.in_(self.application_keys))
        return and_(*within)


def predicates(scope: Scope, *, status: str | None, text: str | None) -> list[ColumnElement[bool]]:
    """What filters ask for, beside bounds of time."""
    mine = select(repository_projects.c.repository_id).where(
        repository_projects.c.project_id == scope.project_id
    )
    where = [changes.c.repository_id.in_(mine), changes.c.kind == PULL_REQUEST]
    if scope.application_keys:
        where.append(_is_delivered(scope, of_applications=True))
    if text:
        where.append(or_(contains_text(changes.c.title, text), contains_text(changes.c.author, text)))
    if status == "deployed":
        where.append(_is_delivered(scope, of_applications=False))
    elif status is not None:
        where += [changes.c.status == status, not_(_is_delivered(scope, of_applications=False))]
    return where


def listed_within(window: Window) -> ColumnElement[bool]:
    return window.holds(changes.c.listed_at)


def _is_delivered(scope: Scope, *, of_applications: bool) -> ColumnElement[bool]:
    return exists(
        select(deployment_changes.c.change_id)
        .join(environment_applications, _IS_THERE)
        .where(deployment_changes.c.change_id == changes.c.id, scope.holds(of_applications=of_applications))
    )


@dataclass(frozen=True, slots=True)
class Sorted:
    """Pull requests in an order: the statement that has the columns it needs."""

    statement: Select[Any]
    order: Order


def by_date() -> Sorted:
    return Sorted(select(changes), Order(changes.c.listed_at, changes.c.id))


def by_lead_time(home: Home, *, is_descending: bool) -> Sorted:
    """By the lead time to the first delivery, which is the one that scores count."""
    first = deployment_changes.alias("first_delivery")
    # What has no lead time comes last, on both engines alike.
    value = func.coalesce(first.c.lead_ms, -1 if is_descending else LONGER_THAN_ANY)
    is_it = and_(
        first.c.change_id == changes.c.id,
        home.holds(first),
        first.c.is_first.is_(True),
    )
    statement = select(changes).select_from(changes.outerjoin(first, is_it))
    return Sorted(statement, Order(value, changes.c.id, is_descending=is_descending))


def read_pull_requests(
    db: Transaction, where: Sequence[ColumnElement[bool]], wanted: Sorted, turn: Turn
) -> tuple[Turned, int]:
    """One page and the number on all pages."""
    total = db.value(select(func.count()).select_from(changes).where(*where))
    return read_turn(db, wanted.statement.where(*where), wanted.order, turn), int(total)


def list_deliveries(db: Transaction, scope: Scope, ids: Iterable[str]) -> dict[str, list[Delivery]]:
    """Within the scope, applications aside, by pull request; the earliest first. One query."""
    rows = db.rows(
        select(deployment_changes)
        .join(environment_applications, _IS_THERE)
        .where(deployment_changes.c.change_id.in_(list(ids)), scope.holds(of_applications=False))
        .order_by(deployment_changes.c.ended_at, deployment_changes.c.deployment_id)
    )
    found: dict[str, list[Delivery]] = defaultdict(list)
    for row in rows:
        found[row.change_id].append(delivery_store.from_row(row))
    return found
