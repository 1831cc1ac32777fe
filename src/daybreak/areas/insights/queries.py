"""What others may ask about insights: scores as values, and what is wrong with the facts behind them."""

from dataclasses import dataclass

from sqlalchemy import func, select

from daybreak.areas.insights.facts.tables import deployments
from daybreak.areas.insights.scores.model import Scope, Scored
from daybreak.areas.insights.scores.operations import score_all
from daybreak.areas.projects.queries import environment, environments_by_id
from daybreak.logic.linking.deployments import TIMED_OUT_AFTER
from daybreak.platform.database import Transaction


@dataclass(frozen=True, slots=True)
class UnresolvedVersions:
    """Deployments of one application in one environment whose version belongs to no known commit.

    `example` is the version of the latest one, `reason` why its commit is not known.
    """

    project_key: str
    environment_key: str
    application_key: str
    count: int
    example: str
    reason: str


def environment_scores(db: Transaction, project_key: str, environment_key: str, at: int) -> Scored:
    """The scores of an environment as of `at` (Unix ms). Raises NotFound."""
    scope = Scope(environment(db, project_key, environment_key).home)
    return score_all(db, [scope], at, at)[scope]


def unresolved_versions(db: Transaction) -> list[UnresolvedVersions]:
    """By environment and application, the most frequent first. One query, and one for the environments."""
    table = deployments.c
    scope = (table.environment_id, table.application_key)
    found = (
        select(
            *scope,
            table.application_version,
            table.unresolved_reason,
            func.count().over(partition_by=scope).label("number"),
            func.row_number().over(partition_by=scope, order_by=(table.at.desc(), table.id)).label("place"),
        )
        .where(table.unresolved_reason.is_not(None), table.is_archived.is_(False))
        .subquery()
    )
    rows = db.rows(
        select(found)
        .where(found.c.place == 1)
        .order_by(found.c.number.desc(), found.c.application_key, found.c.environment_id)
    )
    places = environments_by_id(db, {row.environment_id for row in rows})
    return [
        UnresolvedVersions(
            places[row.environment_id].project.key,
            places[row.environment_id].key,
            row.application_key,
            row.number,
            row.application_version,
            row.unresolved_reason,
        )
        for row in rows
    ]


def count_timed_out(db: Transaction, now: int) -> int:
    """Deployments that started more than a day ago and were never said to end."""
    table = deployments.c
    late = select(func.count()).where(
        table.status == "started", table.is_archived.is_(False), table.at < now - TIMED_OUT_AFTER
    )
    return int(db.value(late))


def newest_fact(db: Transaction) -> int | None:
    """When the latest deployment happened, in Unix ms."""
    newest: int | None = db.value(select(func.max(deployments.c.at)))
    return newest
