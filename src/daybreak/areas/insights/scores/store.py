"""The facts of scopes in periods, read from the fact tables: each is a range of one covering index.

Every scope in every period is a branch of one UNION, so that twenty groups cost as many queries as one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from daybreak.areas.insights.facts.tables import (
    deployment_changes,
    deployments,
    environment_applications,
)
from daybreak.areas.insights.scores.model import Scope
from daybreak.logic.scoring.facts import DeploymentFacts, Facts, LeadTimeFacts, coverage_of
from daybreak.logic.scoring.model import DAY, Period
from daybreak.platform.database import Transaction
from daybreak.platform.dialect import counts_and_medians

# An application that nobody deployed for half a year is no longer alive.
LIVE_FOR = 182 * DAY

# A statement binds a bounded number of values, and a scope may name 200 applications.
SCOPES_AT_ONCE = 20

Place = tuple[Scope, Period]


def read_facts(db: Transaction, scopes: Sequence[Scope], periods: Sequence[Period]) -> Mapping[Place, Facts]:
    """What is known of the deployments and changes of each scope in each period. Three queries for a page."""
    found: dict[Place, Facts] = {}
    for start in range(0, len(scopes), SCOPES_AT_ONCE):
        part = scopes[start : start + SCOPES_AT_ONCE]
        found |= _read_facts(db, [(scope, period) for scope in part for period in periods])
    return found


def _read_facts(db: Transaction, places: Sequence[Place]) -> dict[Place, Facts]:
    alive = _read_applications(db, places)
    coverages = {place: coverage_of(place[1], first_at) for place, (_, first_at) in alive.items()}
    watched = [place for place in places if coverages[place].covered]
    counts = _count_deployments(db, watched)
    medians = dict(
        zip(watched, counts_and_medians(db.connection, [_lead_times(*p) for p in watched]), strict=True)
    )
    found = {}
    for place in places:
        coverage, live = coverages[place], alive[place][0]
        row, (changes, median) = counts.get(place), medians.get(place, (0, None))
        found[place] = Facts(
            DeploymentFacts(
                coverage=coverage,
                finished_versions=int(row.versions or 0) if row else 0,
                live_applications=live,
                settled=row.settled if row else 0,
                failed=int(row.failed or 0) if row else 0,
            ),
            LeadTimeFacts(coverage, changes, median),
        )
    return found


def _read_applications(db: Transaction, places: Sequence[Place]) -> dict[Place, tuple[int, int | None]]:
    """How many applications were alive at the period's end, and when the first of all was first deployed."""
    table = environment_applications.c

    def branch(scope: Scope, period: Period) -> Select[Any]:
        is_live = exists(
            select(deployments.c.id).where(
                deployments.c.environment_id == table.environment_id,
                deployments.c.application_key == table.application_key,
                deployments.c.is_counted.is_(True),
                deployments.c.ended_at >= period.end - LIVE_FOR,
                deployments.c.ended_at < period.end,
            )
        )
        live = func.sum(case((is_live, 1), else_=0)).label("live")
        mine = of_scope(scope, table.environment_id, table.application_key)
        return select(live, func.min(table.first_at).label("first_at")).where(mine)

    rows = _read_branches(db, {place: branch(*place) for place in places})
    return {place: (int(row.live or 0), row.first_at) for place, row in rows.items()}


def _count_deployments(db: Transaction, places: Sequence[Place]) -> dict[Place, Row[Any]]:
    def branch(scope: Scope, period: Period) -> Select[Any, Any, Any]:
        return select(
            func.count().label("settled"),
            func.sum(case((is_new_version(period), 1), else_=0)).label("versions"),
            func.sum(case((has_failed(period), 1), else_=0)).label("failed"),
        ).where(settled_in(scope, period))

    return _read_branches(db, {place: branch(*place) for place in places})


def _read_branches(db: Transaction, branches: Mapping[Place, Select[Any]]) -> dict[Place, Row[Any]]:
    """The one row of each, in one query."""
    if not branches:
        return {}
    numbered = [
        each.add_columns(literal(number).label("branch")) for number, each in enumerate(branches.values())
    ]
    rows = {row.branch: row for row in db.rows(union_all(*numbered))}
    return {place: rows[number] for number, place in enumerate(branches)}


def settled_in(scope: Scope, period: Period) -> ColumnElement[bool]:
    """Whether a deployment ended in the period and counts."""
    table = deployments.c
    mine = of_scope(scope, table.environment_id, table.application_key)
    return and_(mine, table.is_counted.is_(True), within(table.ended_at, period))


def is_new_version(period: Period) -> ColumnElement[bool]:
    """Whether a deployment finished whose version did not finish earlier in the same period."""
    before = deployments.c.previous_same_version_at
    return and_(deployments.c.status == "finished", or_(before.is_(None), before < period.start))


def has_failed(period: Period) -> ColumnElement[bool]:
    """Whether a deployment had failed as far as anybody knew by the period's end."""
    return deployments.c.failed_at < period.end


def arrived_in(scope: Scope, period: Period) -> ColumnElement[bool]:
    """Whether a delivery is the first of its change to the scope, and happened in the period."""
    table = deployment_changes.c
    mine = of_scope(scope, table.environment_id, table.application_key)
    return and_(mine, is_arrival(scope.application_keys), within(table.ended_at, period))


def is_arrival(application_keys: Sequence[str]) -> ColumnElement[bool]:
    """Whether a delivery was the first of its change to its environment, or to these applications there."""
    table, earlier = deployment_changes.c, deployment_changes.alias("earlier").c
    if not application_keys:
        return table.is_first.is_(True)
    if len(application_keys) == 1:
        return true()
    is_later = exists(
        select(earlier.change_id).where(
            earlier.change_id == table.change_id,
            earlier.environment_id == table.environment_id,
            earlier.application_key.in_(application_keys),
            or_(
                earlier.ended_at < table.ended_at,
                and_(earlier.ended_at == table.ended_at, earlier.deployment_id < table.deployment_id),
            ),
        )
    )
    # The first to the environment is the first to any of its applications: mostly that settles it.
    return or_(table.is_first.is_(True), ~is_later)


def _lead_times(scope: Scope, period: Period) -> Select[tuple[int]]:
    table = deployment_changes.c
    return select(table.lead_ms).where(arrived_in(scope, period), table.is_bot.is_(False))


def of_scope(
    scope: Scope, environment: ColumnElement[str], application: ColumnElement[str]
) -> ColumnElement[bool]:
    keys = scope.application_keys
    if not keys:
        return environment == scope.environment_id
    return and_(
        environment == scope.environment_id,
        application == keys[0] if len(keys) == 1 else application.in_(keys),
    )


def within(column: ColumnElement[int], period: Period) -> ColumnElement[bool]:
    return and_(column >= period.start, column < period.end)


def known_applications(db: Transaction, environment_id: str) -> Mapping[str, str]:
    """The kinds of the applications ever deployed to an environment, by key."""
    table = environment_applications.c
    rows = db.rows(select(table.application_key, table.kind).where(table.environment_id == environment_id))
    return {row.application_key: row.kind for row in rows}
