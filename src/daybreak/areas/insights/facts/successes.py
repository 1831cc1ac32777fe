"""When versions and commits had succeeded before: for the first time, and last."""

from collections.abc import Iterable

from sqlalchemy import Column, and_, case, func, select

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.scope import FINISHED, Scope
from daybreak.areas.insights.facts.tables import deployments
from daybreak.platform.database import Transaction


def read_successes(
    db: Transaction, scope: Scope, column: Column[str], names: Iterable[str], before: int
) -> dict[str, tuple[int, int]]:
    """The first and the last instant at which the scope succeeded with each of the names that `column` may hold."""
    # Counted inside the extremes: as conditions they would lead the planner away from the index of `column`.
    is_meant = and_(
        deployments.c.at < before, deployments.c.is_counted.is_(True), deployments.c.status == FINISHED
    )
    at = case((is_meant, deployments.c.at))
    found: dict[str, tuple[int, int]] = {}
    for part in chunks(set(names)):
        statement = (
            select(column.label("name"), func.min(at).label("first"), func.max(at).label("last"))
            .where(scope.deployments, column.in_(part))
            .group_by(column)
        )
        found |= {row.name: (row.first, row.last) for row in db.rows(statement) if row.first is not None}
    return found
