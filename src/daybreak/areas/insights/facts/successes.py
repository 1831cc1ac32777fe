"""When versions and commits had succeeded before: for the first time, and last."""

from collections.abc import Iterable

from sqlalchemy import Column, Executable, and_, bindparam, case, func, select

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.scope import FINISHED, IN_SCOPE, Scope
from daybreak.areas.insights.facts.tables import deployments
from daybreak.platform.database import Transaction

# Counted inside the extremes: as conditions they would lead the planner away from the index of the names.
_AT = case(
    (
        and_(
            deployments.c.at < bindparam("before"),
            deployments.c.is_counted.is_(True),
            deployments.c.status == FINISHED,
        ),
        deployments.c.at,
    )
)


def _first_and_last(column: Column[str]) -> Executable:
    return (
        select(column.label("name"), func.min(_AT).label("first"), func.max(_AT).label("last"))
        .where(IN_SCOPE, column.in_(bindparam("names", expanding=True)))
        .group_by(column)
    )


OF_VERSIONS = _first_and_last(deployments.c.application_version)
OF_COMMITS = _first_and_last(deployments.c.commit_sha)


def read_successes(
    db: Transaction, scope: Scope, statement: Executable, names: Iterable[str], before: int
) -> dict[str, tuple[int, int]]:
    """The first and the last instant at which the scope succeeded with each of the names: OF_VERSIONS,
    OF_COMMITS.
    """
    found: dict[str, tuple[int, int]] = {}
    for part in chunks(set(names)):
        parameters = {**scope.parameters, "names": part, "before": before}
        for row in db.execute(statement, parameters):
            if row.first is not None:
                found[row.name] = (row.first, row.last)
    return found
