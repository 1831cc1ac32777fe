"""Deployments that are older than they are to be kept: added up by the day, so that the scores and charts of
their time stay, and removed. The newest of them stay, for the next one is told apart from them; what they all
delivered stays as well. That time is final: see `keeping.py`.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, select, update

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.earlier_tips import LATEST
from daybreak.areas.insights.facts.scope import FINISHED
from daybreak.areas.insights.facts.tables import (
    NEVER,
    deployment_days,
    deployments,
    environment_applications,
)
from daybreak.platform.clock import DAY, start_of_day
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job, for_what_is_older

# As many rows are removed, and of as many applications, before other writers have had their turn.
MOST_AT_ONCE = 2_000
MOST_APPLICATIONS = 200

_APPLICATIONS = environment_applications.c
_TABLE = deployments.c


def adding_up(days: int) -> list[Job]:
    """The job that adds up what is older; none where all is kept for ever, for 0 days."""
    return for_what_is_older(
        "add up old deployments",
        days,
        lambda db, before, now: add_up(db, start_of_day(before), now),
        lambda db, before: db.first(_applications_with(start_of_day(before)).limit(1)) is not None,
    )


def add_up(db: Transaction, before: int, now: int) -> None:
    """Adds up deployments that ended before that day began: so many, and the rest with the next runs."""
    found = db.rows(_applications_with(before).limit(MOST_APPLICATIONS))
    # In the order in which others, too, take several.
    places = sorted((row.environment_id, row.application_key) for row in found)
    left = MOST_AT_ONCE
    for environment_id, application_key in places:
        if left > 0:
            left -= _add_up_application(db, environment_id, application_key, before, left)
    for environment_id in sorted({environment_id for environment_id, _ in places}):
        # Pages of lists that are remembered hold for one revision.
        db.tell("deployment", environment_id, at=now)


def _applications_with(before: int) -> Select[Any]:
    """The applications that have deployments older than the newest of the old ones, which stay."""
    here = and_(
        _TABLE.environment_id == _APPLICATIONS.environment_id,
        _TABLE.application_key == _APPLICATIONS.application_key,
    )
    older = deployments.alias("older").c
    is_older = and_(
        older.environment_id == _APPLICATIONS.environment_id,
        older.application_key == _APPLICATIONS.application_key,
        older.at < _oldest_that_stays(here, before).correlate(environment_applications).scalar_subquery(),
    )
    return select(_APPLICATIONS.environment_id, _APPLICATIONS.application_key).where(
        select(older.at).where(is_older).exists()
    )


def _oldest_that_stays(here: ColumnElement[bool], before: int) -> Select[Any]:
    """When the last ended of the old successes that the next deployment is told apart from."""
    is_old = and_(here, _TABLE.is_counted.is_(True), _TABLE.status == FINISHED, _TABLE.ended_at < before)
    newest_first = _TABLE.ended_at.desc()
    return select(_TABLE.ended_at).where(is_old).order_by(newest_first).limit(1).offset(LATEST - 1)


def _add_up_application(
    db: Transaction, environment_id: str, application_key: str, before: int, most: int
) -> int:
    """How many rows are gone. Whoever tells of the application's deployments meanwhile waits."""
    mine = (
        _APPLICATIONS.environment_id == environment_id,
        _APPLICATIONS.application_key == application_key,
    )
    known = db.value(select(_APPLICATIONS.kept_since).where(*mine).with_for_update()) or 0
    here = and_(_TABLE.environment_id == environment_id, _TABLE.application_key == application_key)
    oldest = db.value(_oldest_that_stays(here, before))
    if oldest is None:
        return 0
    # Not all until `before`: a clock that was wrong for a moment must not make the time to come final.
    newest = int(db.value(select(func.max(_TABLE.at)).where(here, _TABLE.at < before)))
    kept_since = max(known, min(before, start_of_day(newest) + DAY))
    db.execute(update(environment_applications).where(*mine).values(kept_since=kept_since))
    gone = select(deployments).where(here, _TABLE.at < oldest).order_by(_TABLE.at, _TABLE.id)
    rows = db.rows(gone.limit(most).with_for_update())
    db.insert_or_add(deployment_days, _sums(rows), ["number"])
    for ids in chunks(row.id for row in rows):
        db.execute(delete(deployments).where(_TABLE.id.in_(ids), _TABLE.project_id == rows[0].project_id))
    return len(rows)


def _sums(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Rows of `deployment_days`. What counts nowhere is in no sum."""
    numbers = Counter(
        (
            row.project_id,
            row.environment_id,
            row.application_key,
            start_of_day(row.ended_at),
            row.kind,
            row.status,
            _day_of(row.previous_same_version_at),
            _day_of(row.failed_at),
        )
        for row in rows
        if row.is_counted
    )
    names = (
        "project_id",
        "environment_id",
        "application_key",
        "at",
        "kind",
        "status",
        "previous_day",
        "failed_day",
    )
    return [dict(zip(names, key, strict=True)) | {"number": number} for key, number in numbers.items()]


def _day_of(at: int | None) -> int:
    return NEVER if at is None else start_of_day(at)
