"""Deployments that are older than they are to be kept: added up by the day, so that the scores and charts of
their time stay, and removed. What they delivered stays as it is, one small row a change.

The newest of them stay as rows, for the next deployment is told apart from them. Both are final: what lies
before the instant until which was added up takes no event, and nothing is derived anew from it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, or_, select, update

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.earlier_tips import LATEST
from daybreak.areas.insights.facts.tables import deployment_days, deployments, environment_applications
from daybreak.platform.clock import DAY, MINUTE, start_of_day
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job

# As many rows as are removed before other writers have had their turn.
MOST_AT_ONCE = 2_000

NEVER = 0

_APPLICATIONS = environment_applications.c
_TABLE = deployments.c


def adding_up(days: int) -> list[Job]:
    """The job that adds up what is older; none where all is kept for ever, for 0 days."""
    if not days:
        return []

    def before(now: int) -> int:
        return start_of_day(now - days * DAY)

    return [
        Job(
            "add up old deployments",
            MINUTE,
            lambda db, now: add_up(db, before(now), now),
            is_needed=lambda db, now: db.first(_applications_with(before(now)).limit(1)) is not None,
        )
    ]


def add_up(db: Transaction, before: int, now: int) -> None:
    """Adds up deployments that ended before that day began: so many, and the rest with the next runs."""
    left = MOST_AT_ONCE
    for place in db.rows(_applications_with(before).order_by("environment_id", "application_key")):
        left -= _add_up_application(db, place.environment_id, place.application_key, before, left)
        # Pages of lists that are remembered hold for one revision.
        db.tell("deployment", place.environment_id, at=now)
        if left <= 0:
            return


def _applications_with(before: int) -> Select[Any]:
    """The applications that have more old deployments than the newest ones, which stay."""
    here = and_(
        _TABLE.environment_id == _APPLICATIONS.environment_id,
        _TABLE.application_key == _APPLICATIONS.application_key,
    )
    one_too_many = _newest_that_goes(_TABLE.at, here, before).exists()
    return select(_APPLICATIONS.environment_id, _APPLICATIONS.application_key).where(one_too_many)


def _newest_that_goes(column: ColumnElement[Any], here: ColumnElement[bool], before: int) -> Select[Any]:
    newest_first = (_TABLE.at.desc(), _TABLE.id.desc())
    return select(column).where(here, _TABLE.at < before).order_by(*newest_first).limit(1).offset(LATEST)


def _add_up_application(
    db: Transaction, environment_id: str, application_key: str, before: int, most: int
) -> int:
    """How many rows are gone. Whoever tells of the application's deployments meanwhile waits."""
    mine = (
        _APPLICATIONS.environment_id == environment_id,
        _APPLICATIONS.application_key == application_key,
    )
    db.rows(select(_APPLICATIONS.kept_since).where(*mine).with_for_update())
    db.execute(update(environment_applications).where(*mine).values(kept_since=before))
    here = and_(_TABLE.environment_id == environment_id, _TABLE.application_key == application_key)
    last = _newest_that_goes(_TABLE.id, here, before).add_columns(_TABLE.at)
    found = db.first(last)
    if found is None:
        return 0
    is_no_newer = or_(_TABLE.at < found.at, and_(_TABLE.at == found.at, _TABLE.id <= found.id))
    oldest_first = select(deployments).where(here, is_no_newer).order_by(_TABLE.at, _TABLE.id).limit(most)
    rows = db.rows(oldest_first)
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
