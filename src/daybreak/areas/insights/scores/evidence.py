"""The rows behind a score: which deployments and changes counted, which were left out, which failed and
why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from daybreak.areas.insights.facts.tables import deployment_changes, deployments
from daybreak.areas.insights.scores.scope import Scope, within
from daybreak.logic.linking.deployments import TIMED_OUT_AFTER
from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.model import Period
from daybreak.logic.scoring.stability import RecoveryFacts, ReworkFacts
from daybreak.platform.database import Transaction

# As many ids as are worth sending; lists of deployments and pull requests page through all of them.
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class FailedDeployment:
    """Why a deployment counts as failed, and which later one undid it, if one did."""

    id: str
    reason: str
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of one period. The lists hold the newest; `is_truncated` where there were more."""

    deployments: Sequence[str]
    failed: Sequence[FailedDeployment]
    changes: Sequence[str]
    is_truncated: bool
    left_out_deployments: dict[str, int]
    left_out_changes: dict[str, int]
    recovery: RecoveryFacts
    rework: ReworkFacts


def read_evidence(db: Transaction, scope: Scope, period: Period, coverage: Coverage) -> Evidence:
    """Six queries, however many rows."""
    counted = _list_counted(db, scope, period)
    failed = _list_failed(db, scope, period)
    changes = _list_changes(db, scope, period)
    recovery, rework = _read_stability(db, scope, period, coverage)
    return Evidence(
        deployments=counted[:MOST_LISTED],
        failed=failed[:MOST_LISTED],
        changes=changes[:MOST_LISTED],
        is_truncated=max(len(counted), len(failed), len(changes)) > MOST_LISTED,
        left_out_deployments=_count_left_out_deployments(db, scope, period),
        left_out_changes=_count_left_out_changes(db, scope, period),
        recovery=recovery,
        rework=rework,
    )


def _list_counted(db: Transaction, scope: Scope, period: Period) -> list[str]:
    table = deployments.c
    statement = (
        select(table.id)
        .where(scope.deployments, table.is_counted.is_(True), within(table.ended_at, period))
        .order_by(table.ended_at.desc(), table.id)
        .limit(MOST_LISTED + 1)
    )
    return [row.id for row in db.rows(statement)]


def _list_failed(db: Transaction, scope: Scope, period: Period) -> list[FailedDeployment]:
    table = deployments.c
    statement = (
        select(table.id, table.failure_reason, table.undone_by)
        .where(
            scope.deployments,
            table.is_counted.is_(True),
            within(table.ended_at, period),
            table.failed_at < period.end,
        )
        .order_by(table.ended_at.desc(), table.id)
        .limit(MOST_LISTED + 1)
    )
    return [FailedDeployment(row.id, row.failure_reason or "", row.undone_by) for row in db.rows(statement)]


def _list_changes(db: Transaction, scope: Scope, period: Period) -> list[str]:
    table = deployment_changes.c
    statement = (
        select(table.change_id, func.min(table.ended_at).label("arrived_at"))
        .where(scope.deliveries, table.is_bot.is_(False), within(table.ended_at, period))
        .group_by(table.change_id)
        .order_by(func.min(table.ended_at).desc(), table.change_id)
        .limit(MOST_LISTED + 1)
    )
    return [row.change_id for row in db.rows(statement)]


def _count_left_out_deployments(db: Transaction, scope: Scope, period: Period) -> dict[str, int]:
    table = deployments.c
    is_open = and_(table.is_archived.is_(False), table.status == "started")
    is_late = table.at < period.end - TIMED_OUT_AFTER
    ended_uncounted = and_(
        table.is_archived.is_(False), table.is_counted.is_(False), table.status == "failed"
    )
    cases = {
        "archived": table.is_archived.is_(True),
        "timedOut": and_(is_open, is_late),
        "inProgress": and_(is_open, ~is_late),
        "cancelled": ended_uncounted,
    }
    row = db.first(
        select(*(func.sum(case((test, 1), else_=0)).label(name) for name, test in cases.items())).where(
            scope.deployments, table.is_counted.is_(False), within(table.at, period)
        )
    )
    assert row is not None
    return {name: int(getattr(row, name) or 0) for name in cases}


def _count_left_out_changes(db: Transaction, scope: Scope, period: Period) -> dict[str, int]:
    table = deployment_changes.c
    by_people = table.is_bot.is_(False)
    cases = {
        "bots": table.is_bot.is_(True),
        "partial": and_(by_people, table.is_partial.is_(True)),
        "clipped": and_(by_people, table.is_clipped.is_(True)),
    }
    row = db.first(
        select(*(func.sum(case((test, 1), else_=0)).label(name) for name, test in cases.items())).where(
            scope.deliveries, within(table.ended_at, period)
        )
    )
    assert row is not None
    return {name: int(getattr(row, name) or 0) for name in cases}


def _read_stability(
    db: Transaction, scope: Scope, period: Period, coverage: Coverage
) -> tuple[RecoveryFacts, ReworkFacts]:
    table = deployments.c
    counted = and_(scope.deployments, table.is_counted.is_(True), within(table.ended_at, period))
    sums = db.first(
        select(
            func.count().label("settled"),
            func.sum(case((table.is_rework.is_(True), 1), else_=0)).label("rework"),
        )
        .select_from(deployments)
        .where(counted)
    )
    assert sums is not None
    failures = db.rows(
        select(table.ended_at, table.recovered_at).where(counted, table.failed_at < period.end)
    )
    durations = sorted(
        row.recovered_at - row.ended_at
        for row in failures
        if row.recovered_at is not None and row.recovered_at < period.end
    )
    waiting = {"notRecovered": len(failures) - len(durations)}
    return (
        RecoveryFacts(coverage, tuple(durations), waiting),
        ReworkFacts(coverage, sums.settled, int(sums.rework or 0)),
    )
