"""The rows behind a score: which deployments and changes counted, which were left out, which failed and
why.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from daybreak.areas.insights.explanations.exposures import read_exposures
from daybreak.areas.insights.explanations.flags import MOST_LISTED, list_flag_contributors
from daybreak.areas.insights.explanations.model import Contributors, Deployed, Evidence, FailedDeployment
from daybreak.areas.insights.facts.changes import PULL_REQUEST
from daybreak.areas.insights.facts.tables import changes, deployment_changes, deployment_days, deployments
from daybreak.areas.insights.scores.conditions import (
    Marks,
    added_up_in,
    arrived_in,
    has_failed,
    is_new_version,
    marks_of,
    of_scope,
    settled_in,
    within,
)
from daybreak.areas.insights.scores.model import Scope
from daybreak.logic.linking.deployments import TIMED_OUT_AFTER
from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.model import Period
from daybreak.logic.scoring.stability import RecoveryFacts, ReworkFacts
from daybreak.platform.database import Transaction


def read_evidence(db: Transaction, scope: Scope, period: Period, coverage: Coverage, now: int) -> Evidence:
    """As many queries for one row as for any number."""
    marks = marks_of(scope, period)
    settled = settled_in(marks)
    deployed = _list_deployed(db, and_(settled, is_new_version(marks)))
    moving, stale, turned = list_flag_contributors(db, scope, period, now)
    gone = {"addedUp": _count_added_up(db, marks)}
    recovery, rework = _read_stability(db, marks, period, coverage, gone)
    return Evidence(
        finished=_list_contributors([each.id for each in deployed]),
        settled=_list_deployments(db, settled),
        delivered=_list_changes(db, marks),
        failed=_list_failed(db, and_(settled, has_failed(marks))),
        left_out_deployments=_count_left_out_deployments(db, marks, period) | gone,
        left_out_changes=_count_left_out_changes(db, marks),
        exposures=read_exposures(db, scope.home.environment_id, deployed[:MOST_LISTED], period, coverage),
        moving=moving,
        stale=stale,
        turned=turned,
        recovery=recovery,
        rework=rework,
    )


def _list_deployments(db: Transaction, where: ColumnElement[bool]) -> Contributors:
    return _list_contributors([row.id for row in db.rows(_newest(deployments.c.id).where(where))])


def _list_contributors(ids: Sequence[str]) -> Contributors:
    return Contributors(deployments=ids[:MOST_LISTED], is_truncated=len(ids) > MOST_LISTED)


def _list_deployed(db: Transaction, where: ColumnElement[bool]) -> list[Deployed]:
    table = deployments.c
    columns = (table.id, table.application_key, table.application_version, table.ended_at)
    rows = db.rows(_newest(*columns).where(where))
    return [Deployed(row.id, row.application_key, row.application_version, row.ended_at) for row in rows]


def _list_failed(db: Transaction, where: ColumnElement[bool]) -> list[FailedDeployment]:
    table = deployments.c
    rows = db.rows(_newest(table.id, table.failure_reason, table.undone_by).where(where))
    return [FailedDeployment(row.id, row.failure_reason, row.undone_by) for row in rows[:MOST_LISTED]]


def _newest(*columns: ColumnElement[Any]) -> Select[Any]:
    """One more than are listed, to know whether there are more."""
    newest_first = (deployments.c.ended_at.desc(), deployments.c.id)
    return select(*columns).order_by(*newest_first).limit(MOST_LISTED + 1)


def _list_changes(db: Transaction, marks: Marks) -> Contributors:
    delivery = deployment_changes.c
    found = db.rows(
        select(changes.c.id, changes.c.kind, changes.c.external_id)
        .join(deployment_changes, delivery.change_id == changes.c.id)
        .where(arrived_in(marks), delivery.is_bot.is_(False))
        .order_by(delivery.ended_at.desc(), changes.c.id)
        .limit(MOST_LISTED + 1)
    )
    listed = found[:MOST_LISTED]
    return Contributors(
        pull_requests=[row.id for row in listed if row.kind == PULL_REQUEST],
        commits=[row.external_id for row in listed if row.kind != PULL_REQUEST],
        is_truncated=len(found) > MOST_LISTED,
    )


def _count_left_out_deployments(db: Transaction, marks: Marks, period: Period) -> dict[str, int]:
    table = deployments.c
    is_open = and_(table.is_archived.is_(False), table.status == "started")
    is_late = table.at < period.end - TIMED_OUT_AFTER
    cases = {
        "archived": table.is_archived.is_(True),
        "timedOut": and_(is_open, is_late),
        "inProgress": and_(is_open, ~is_late),
        "cancelled": and_(table.is_archived.is_(False), table.status == "failed"),
    }
    mine = of_scope(marks, deployments)
    uncounted = and_(mine, table.is_counted.is_(False), within(table.at, period.start, period.end))
    return _count(db, cases, select().select_from(deployments).where(uncounted))


def _count_added_up(db: Transaction, marks: Marks) -> int:
    return int(db.value(select(func.sum(deployment_days.c.number)).where(added_up_in(marks))) or 0)


def _count_left_out_changes(db: Transaction, marks: Marks) -> dict[str, int]:
    table = deployment_changes.c
    by_people = table.is_bot.is_(False)
    cases = {
        "bots": table.is_bot.is_(True),
        "partial": and_(by_people, table.is_partial.is_(True)),
        "clipped": and_(by_people, table.is_clipped.is_(True)),
    }
    return _count(db, cases, select().select_from(deployment_changes).where(arrived_in(marks)))


def _count(db: Transaction, cases: dict[str, ColumnElement[bool]], rows: Select[Any]) -> dict[str, int]:
    """How many of the rows each case holds for."""
    sums = [func.sum(case((holds, 1), else_=0)).label(name) for name, holds in cases.items()]
    row = db.first(rows.add_columns(*sums))
    assert row is not None
    return {name: int(getattr(row, name) or 0) for name in cases}


def _read_stability(
    db: Transaction, marks: Marks, period: Period, coverage: Coverage, gone: Mapping[str, int]
) -> tuple[RecoveryFacts, ReworkFacts]:
    table = deployments.c
    settled = settled_in(marks)
    everything = select(func.count().label("settled")).select_from(deployments).where(settled)
    number = int(db.value(everything))
    rework = int(db.value(everything.where(table.is_rework.is_(True))))
    failures = db.rows(select(table.ended_at, table.recovered_at).where(settled, has_failed(marks)))
    durations = sorted(
        row.recovered_at - row.ended_at
        for row in failures
        if row.recovered_at is not None and row.recovered_at < period.end
    )
    waiting = {"notRecovered": len(failures) - len(durations)}
    return RecoveryFacts(coverage, tuple(durations), {**waiting, **gone}), ReworkFacts(
        coverage, number, rework, gone
    )
