"""Segments in the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from daybreak.areas.flags.big_segments.store import make_all_obsolete
from daybreak.areas.flags.expiring_targets.store import remove_all_of, remove_unlisted
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.tables import deleted_segments, segments
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

_rows = TableStore(Segment, segments)


@dataclass(frozen=True)
class SegmentStore:
    """A row for each. What depends on a segment's targets follows them."""

    table: Table = segments

    def to_row(self, segment: Segment) -> dict[str, Any]:
        return _rows.to_row(segment)

    def find(self, db: Transaction, *where: ColumnElement[bool]) -> Segment | None:
        return _rows.find(db, *where)

    def list_where(
        self, db: Transaction, *where: ColumnElement[bool], order_by: Sequence[ColumnElement[Any]] = ()
    ) -> list[Segment]:
        return _rows.list_where(db, *where, order_by=order_by)

    def list_page(
        self,
        db: Transaction,
        where: Sequence[ColumnElement[bool]],
        order_by: Sequence[ColumnElement[Any]],
        limit: int,
        offset: int,
    ) -> tuple[list[Segment], int]:
        return _rows.list_page(db, where, order_by, limit, offset)

    def insert(self, db: Transaction, segment: Segment) -> None:
        _rows.insert(db, segment)

    def save(self, db: Transaction, segment: Segment, *, expecting: int | None) -> None:
        """Raises OptimisticLockingError where the segment has been changed or deleted since it was read."""
        _rows.save(db, segment, expecting=expecting)
        remove_unlisted(db, segment.project_id, segment.id, lambda: segment.listings)

    def delete(self, db: Transaction, id: str) -> None:
        """Remembers under which version SDKs forget it. Raises OptimisticLockingError where it is gone."""
        segment = self.find(db, segments.c.id == id)
        _rows.delete(db, id)
        remove_all_of(db, id)
        make_all_obsolete(db, id)
        if segment is not None:
            row = {
                "environment_id": segment.environment_id,
                "key": segment.key,
                "version": segment.version + 1,
                "generation": segment.generation,
            }
            db.insert_or_update(deleted_segments, [row], ["version", "generation"])


segment_store = SegmentStore()


def first_counts(db: Transaction, environment_id: str, key: str) -> tuple[int, int]:
    """The version and the generation that a new segment begins with: above those of a deleted one."""
    row = db.first(
        select(deleted_segments).where(
            deleted_segments.c.environment_id == environment_id, deleted_segments.c.key == key
        )
    )
    return (1, 1) if row is None else (row.version + 1, row.generation + 1)


def find_segment(db: Transaction, environment_id: str, key: str) -> Segment:
    """Raises NotFound."""
    found = segment_store.find(db, segments.c.environment_id == environment_id, segments.c.key == key)
    if found is None:
        raise NotFound(f"Invalid resource identifier: the environment has no segment {key!r}")
    return found


def list_segments(db: Transaction, environment_ids: Collection[str]) -> list[Segment]:
    """By their keys."""
    wanted = segments.c.environment_id.in_(environment_ids)
    return segment_store.list_where(db, wanted, order_by=[segments.c.key])


def segments_by_id(db: Transaction, ids: Collection[str]) -> dict[str, Segment]:
    return {segment.id: segment for segment in segment_store.list_where(db, segments.c.id.in_(ids))}
