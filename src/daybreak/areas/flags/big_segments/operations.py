"""The lists of big segments, key by key: changed, and asked about."""

from dataclasses import dataclass, replace

from daybreak.areas.flags.big_segments.representation import MembershipShape
from daybreak.areas.flags.big_segments.requests import ListChanges, MembersPatch
from daybreak.areas.flags.big_segments.store import (
    Members,
    add_members,
    count_listed,
    lists_of,
    remove_members,
)
from daybreak.areas.flags.segments.changing import change_segment
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import read_one


@dataclass(frozen=True, slots=True)
class BigSegment:
    """Where to find an unbounded segment, as the path of an operation says."""

    project_key: str
    environment_key: str
    segment_key: str

    def read(self, call: Call) -> Segment:
        """Raises NotFound, Forbidden, or InvalidRequest where the segment holds its members itself."""
        segment = read_one(
            call,
            SEGMENT,
            project_key=self.project_key,
            environment_key=self.environment_key,
            segment_key=self.segment_key,
        )
        if not segment.is_unbounded:
            raise InvalidRequest("The segment is not unbounded: change its targets by a patch")
        return segment


def change_members(
    call: Call, body: MembersPatch, project_key: str, environment_key: str, segment_key: str
) -> None:
    """Puts keys on the lists and takes keys from them. SDKs hear of it as of any change of the segment."""
    patch_members(call, BigSegment(project_key, environment_key, segment_key).read(call), body)


def patch_members(call: Call, before: Segment, patch: MembersPatch, comment: str = "") -> Segment:
    """Raises Forbidden, or InvalidRequest where nothing is to be done."""
    included, excluded = _is_some(patch.included), _is_some(patch.excluded)
    if not (included or excluded):
        raise InvalidRequest("Nothing to add or remove: give included or excluded, with add or remove")
    after = replace(before, modified_at=call.now)
    actions = []
    if included and patch.included:
        actions.append("updateIncluded")
        more = _apply(call.db, before, patch.included, is_included=True)
        after = replace(after, included_count=before.included_count + more)
    if excluded and patch.excluded:
        actions.append("updateExcluded")
        more = _apply(call.db, before, patch.excluded, is_included=False)
        after = replace(after, excluded_count=before.excluded_count + more)
    return change_segment(call, before, Edit(after, tuple(actions), comment))


def _is_some(changes: ListChanges | None) -> bool:
    return changes is not None and bool(changes.add or changes.remove)


def _apply(db: Transaction, segment: Segment, changes: ListChanges, *, is_included: bool) -> int:
    """By how many the list has grown. What is both added and removed is removed."""
    removed = set(changes.remove or ())
    added = set(changes.add or ()) - removed
    members = members_of(segment)
    new = len(added) - count_listed(db, members, added, is_included=is_included)
    gone = count_listed(db, members, removed, is_included=is_included)
    add_members(db, members, added, is_included=is_included)
    remove_members(db, members, removed, is_included=is_included)
    return new - gone


def members_of(segment: Segment) -> Members:
    """Those that count now."""
    return Members(segment.project_id, segment.id, segment.generation)


def read_membership(
    call: Call, project_key: str, environment_key: str, segment_key: str, context_key: str
) -> MembershipShape:
    segment = BigSegment(project_key, environment_key, segment_key).read(call)
    included, excluded = lists_of(call.db, members_of(segment), context_key)
    return MembershipShape(user_key=context_key, included=included, excluded=excluded)


def read_membership_of_user(
    call: Call, project_key: str, environment_key: str, segment_key: str, user_key: str
) -> MembershipShape:
    return read_membership(call, project_key, environment_key, segment_key, user_key)
