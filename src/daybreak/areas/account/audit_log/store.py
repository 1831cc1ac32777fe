"""The audit log in the database: read in batches from the newest entry on, never as a whole."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from daybreak.areas.account.audit_log.addresses import fragments
from daybreak.areas.account.audit_log.model import TOKEN_KINDS, Choice, Occurrence, Range
from daybreak.platform.audit import audit_entries
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.expressions import any_of, contains_text, starts_with

BATCH = 500

entry = audit_entries.c


def list_wanted(db: Transaction, range_: Range, choice: Choice, most: int) -> list[Occurrence]:
    """The newest entries that are wanted, newest first."""
    found: list[Occurrence] = []
    # Where everything is wanted, the first batch is the answer.
    for occurrence in _occurrences(db, range_, choice, most if choice.is_everything else BATCH):
        if choice.is_everything or choice.includes(occurrence):
            found.append(occurrence)
            if len(found) == most:
                break
    return found


def list_entries(db: Transaction, ids: Sequence[str]) -> list[Row[Any]]:
    """Everything but the versions of the resource, newest first."""
    columns = [c for c in entry if c.name not in {"previous_version", "current_version"}]
    return list(db.rows(select(*columns).where(entry.id.in_(ids)).order_by(entry.at.desc(), entry.id.desc())))


def find_entry(db: Transaction, id: str) -> Row[Any]:
    found = db.first(select(audit_entries).where(entry.id == id))
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no audit log entry {id!r}")
    return found


def count_wanted(db: Transaction, range_: Range, choice: Choice, interval: int) -> dict[int, int]:
    """The number of entries by bucket; buckets of `interval` milliseconds are numbered from the start."""
    counts: dict[int, int] = {}
    if choice.is_everything:
        bucket = ((entry.at - range_.after) // interval).label("bucket")
        rows = select(bucket).where(*_within(range_)).subquery()
        counted = select(rows.c.bucket, func.count().label("entries")).group_by(rows.c.bucket)
        return {int(row.bucket): row.entries for row in db.rows(counted)}
    for occurrence in _occurrences(db, range_, choice, BATCH):
        if choice.includes(occurrence):
            number = (occurrence.at - range_.after) // interval
            counts[number] = counts.get(number, 0) + 1
    return counts


def _occurrences(db: Transaction, range_: Range, choice: Choice, batch: int) -> Iterator[Occurrence]:
    """Candidates from the newest on, a batch at a time, each batch by the index on time."""
    where = [*_within(range_), *_narrowed(choice)]
    page = (
        select(entry.id, entry.at, entry.address, entry.actions)
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(batch)
    )
    rows = db.rows(page.where(*where))
    while rows:
        for row in rows:
            yield Occurrence(row.id, row.at, row.address, tuple(row.actions))
        if len(rows) < batch:
            return
        rows = db.rows(page.where(*where, _earlier(rows[-1].at, rows[-1].id)))


def _within(range_: Range) -> list[ColumnElement[bool]]:
    where = [
        entry.at > range_.after,
        _earlier(range_.before, range_.before_id) if range_.before_id else entry.at < range_.before,
    ]
    if range_.text:
        where.append(contains_text(entry.name, range_.text))
    if range_.tokens:
        where.append(and_(entry.actor_kind.in_(TOKEN_KINDS), entry.actor_id.in_(range_.tokens)))
    if range_.members:
        where.append(entry.member_id.in_(range_.members))
    return where


def _earlier(at: int, id: str) -> ColumnElement[bool]:
    # The first condition is the second one's shadow: it is what the index on time can use.
    return and_(entry.at <= at, or_(entry.at < at, entry.id < id))


def _narrowed(choice: Choice) -> list[ColumnElement[bool]]:
    """What SQL can say of the specifiers; the rest is matched row by row."""
    alternatives = []
    for specifier in choice.specifiers:
        start, *inner = fragments(specifier)
        if not start and not inner:
            return []
        parts = [contains_text(entry.address, fragment) for fragment in inner]
        alternatives.append(and_(*parts, *([starts_with(entry.address, start)] if start else [])))
    return [any_of(alternatives)] if alternatives else []
