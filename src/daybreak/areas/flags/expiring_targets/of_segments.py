"""The expiring targets of segments: what they belong to, and what an instruction about them is about."""

from collections.abc import Collection

from daybreak.areas.flags.expiring_targets.carrying_out import Subject
from daybreak.areas.flags.expiring_targets.representation import segment_targets_path
from daybreak.areas.flags.expiring_targets.resource import Owner, expiring_targets_of
from daybreak.areas.flags.segments.conditions import KIND
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.resource import SEGMENT, segment_address
from daybreak.areas.flags.segments.store import segments_by_id
from daybreak.platform.database import Transaction


def _owners(db: Transaction, ids: Collection[str]) -> dict[str, Owner]:
    return {id: _owner(segment) for id, segment in segments_by_id(db, ids).items()}


def _owner(segment: Segment) -> Owner:
    return Owner(
        segment.key,
        segment.name,
        lambda place: segment_address(place, segment.key, segment.tags),
        lambda place: segment_targets_path(place.project.key, segment.key, place.key),
    )


EXPIRING_SEGMENT_TARGET = expiring_targets_of(SEGMENT, _owners)


def subject_of(segment: Segment) -> Subject:
    return Subject(KIND, segment.id, segment.home, segment.listings)
