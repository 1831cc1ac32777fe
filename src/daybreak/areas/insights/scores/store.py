"""The facts of a period, read from the fact tables: each is a range of one covering index."""

from collections.abc import Mapping

from sqlalchemy import Select, and_, case, exists, func, or_, select

from daybreak.areas.insights.facts.tables import (
    deployment_changes,
    deployments,
    environment_applications,
)
from daybreak.areas.insights.scores.scope import Scope, within
from daybreak.logic.scoring.facts import Coverage, DeploymentFacts, Facts, LeadTimeFacts, coverage_of
from daybreak.logic.scoring.model import DAY, Period
from daybreak.platform.database import Transaction
from daybreak.platform.dialect import count_and_median

# An application that nobody deployed for half a year is no longer alive.
LIVE_FOR = 182 * DAY


def read_facts(db: Transaction, scope: Scope, period: Period) -> Facts:
    """What is known of the scope's deployments and changes in the period."""
    live, first_event_at = _read_applications(db, scope, period)
    coverage = coverage_of(period, first_event_at)
    if not coverage.covered:
        return Facts(
            DeploymentFacts(coverage, 0, live, 0, 0), LeadTimeFacts(coverage, changes=0, median=None)
        )
    return Facts(
        deployments=_read_deployments(db, scope, period, coverage, live),
        lead_times=_read_lead_times(db, scope, period, coverage),
    )


def _read_applications(db: Transaction, scope: Scope, period: Period) -> tuple[int, int | None]:
    """How many applications were alive at the period's end, and when the first of all was first deployed."""
    table = environment_applications.c
    is_live = exists(
        select(deployments.c.id).where(
            deployments.c.environment_id == table.environment_id,
            deployments.c.application_key == table.application_key,
            deployments.c.is_counted.is_(True),
            deployments.c.ended_at >= period.end - LIVE_FOR,
            deployments.c.ended_at < period.end,
        )
    )
    row = db.first(
        select(
            func.sum(case((is_live, 1), else_=0)).label("live"), func.min(table.first_at).label("first_at")
        )
        .select_from(environment_applications)
        .where(scope.applications)
    )
    assert row is not None
    return int(row.live or 0), row.first_at


def _read_deployments(
    db: Transaction, scope: Scope, period: Period, coverage: Coverage, live: int
) -> DeploymentFacts:
    before = deployments.c.previous_same_version_at
    # A version that finished earlier in the same period was counted then.
    is_new = and_(deployments.c.status == "finished", or_(before.is_(None), before < period.start))
    row = db.first(
        select(
            func.count().label("settled"),
            func.sum(case((is_new, 1), else_=0)).label("versions"),
            # What was undone only after the period's end had not failed as far as anybody knew then.
            func.sum(case((deployments.c.failed_at < period.end, 1), else_=0)).label("failed"),
        ).where(scope.deployments, deployments.c.is_counted.is_(True), within(deployments.c.ended_at, period))
    )
    assert row is not None
    return DeploymentFacts(coverage, int(row.versions or 0), live, row.settled, int(row.failed or 0))


def _read_lead_times(db: Transaction, scope: Scope, period: Period, coverage: Coverage) -> LeadTimeFacts:
    count, median = count_and_median(db.connection, lead_times(scope, period))
    return LeadTimeFacts(coverage, count, median)


def lead_times(scope: Scope, period: Period) -> Select[tuple[int]]:
    """The lead times of the changes that people made and that first arrived in the period, in ms.

    Several applications may share a change: it counts where it arrived first.
    """
    table = deployment_changes.c
    arrived = and_(scope.deliveries, table.is_bot.is_(False), within(table.ended_at, period))
    if len(scope.application_keys) < 2:
        return select(table.lead_ms).where(arrived)
    place = func.row_number().over(
        partition_by=table.change_id, order_by=(table.ended_at, table.deployment_id)
    )
    # Ranked over all time: what another of them brought before the period is not new in it.
    every = and_(scope.deliveries, table.is_bot.is_(False), table.ended_at < period.end)
    ranked = select(table.lead_ms, table.ended_at, place.label("place")).where(every).subquery()
    return select(ranked.c.lead_ms).where(ranked.c.place == 1, ranked.c.ended_at >= period.start)


def known_applications(db: Transaction, environment_id: str) -> Mapping[str, str]:
    """The kinds of the applications ever deployed to an environment, by key."""
    table = environment_applications.c
    rows = db.rows(select(table.application_key, table.kind).where(table.environment_id == environment_id))
    return {row.application_key: row.kind for row in rows}
