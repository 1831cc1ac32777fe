"""The outbox is written by `database.py` with each commit. Here it is read, and kept short: a week is more
than any reader needs.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select

from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.database import Transaction, outbox
from daybreak.platform.jobs import Job

KEPT = 7 * DAY


class Told(NamedTuple):
    """What was changed, with which commit, and when whoever did it asked for it (Unix milliseconds)."""

    revision: int
    kind: str
    resource_id: str
    at: int


def list_told(db: Transaction, since: int, kinds: Collection[str], most: int | None = None) -> Sequence[Told]:
    """What of these kinds was committed after a revision, in that order.

    With `most`, no more than so many and what else was committed together with the last of them.
    """
    wanted = (
        select(outbox.c.revision, outbox.c.kind, outbox.c.resource_id, outbox.c.at)
        .where(outbox.c.revision > since, outbox.c.kind.in_(kinds))
        .order_by(outbox.c.revision, outbox.c.position)
    )
    last = None if most is None else db.first(wanted.offset(most - 1).limit(1))
    if last is not None:
        wanted = wanted.where(outbox.c.revision <= last.revision)
    return [Told(row.revision, row.kind, row.resource_id, row.at) for row in db.rows(wanted)]


def is_told_since(db: Transaction, since: int, kinds: Collection[str]) -> bool:
    """Whether something of these kinds was committed after a revision."""
    wanted = select(outbox.c.revision).where(outbox.c.revision > since, outbox.c.kind.in_(kinds))
    return db.value(wanted.limit(1)) is not None


def read_last_told(db: Transaction, kinds: Collection[str]) -> int | None:
    """The last revision that changed something of these kinds; None where the outbox holds none."""
    revision: int | None = db.value(
        select(outbox.c.revision).where(outbox.c.kind.in_(kinds)).order_by(outbox.c.revision.desc()).limit(1)
    )
    return revision


class Extent(NamedTuple):
    """From when to when the outbox reaches, in Unix milliseconds, and to which commit."""

    # None where it is empty.
    oldest_at: int | None
    newest_at: int | None
    newest_revision: int | None


def read_extent(db: Transaction) -> Extent:
    oldest_at, newest_at = func.min(outbox.c.at), func.max(outbox.c.at)
    return Extent(
        db.value(select(oldest_at)),
        db.value(select(newest_at)),
        db.value(select(func.max(outbox.c.revision))),
    )


def trim_outbox(db: Transaction, now: int) -> None:
    db.execute(delete(outbox).where(outbox.c.at < now - KEPT))


TRIM_OUTBOX = Job("trim the outbox", HOUR, trim_outbox)
