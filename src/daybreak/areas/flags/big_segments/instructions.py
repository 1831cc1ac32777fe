"""What semantic patches can ask of the members of a big segment, beside its definition."""

from collections.abc import Mapping, Sequence

from daybreak.areas.flags.big_segments.operations import patch_members
from daybreak.areas.flags.big_segments.requests import Keys, ListChanges, MembersPatch
from daybreak.areas.flags.list_transfers.operations import IMPORT_ACTIONS, require, start_import
from daybreak.areas.flags.segments.model import Segment
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body, Call
from daybreak.rest.parsing import convert

PROCESS = "processBigSegmentImport"
ADD_INCLUDED, REMOVE_INCLUDED = "addBigSegmentIncludedTargets", "removeBigSegmentIncludedTargets"
ADD_EXCLUDED, REMOVE_EXCLUDED = "addBigSegmentExcludedTargets", "removeBigSegmentExcludedTargets"
KINDS = {ADD_INCLUDED, REMOVE_INCLUDED, ADD_EXCLUDED, REMOVE_EXCLUDED, PROCESS}


class _Values(Body):
    values: Keys


class _ImportId(Body):
    import_id: str


def follow_lists(
    call: Call, segment: Segment, items: Sequence[Mapping[str, Json]], comment: str, *, is_rehearsal: bool
) -> Segment:
    """Carries out instructions of these kinds; a rehearsal only reads them.

    Raises:
        InvalidRequest: the segment holds its members itself.
        Forbidden, NotFound, Conflict: an import that may not be started, or cannot.

    """
    if items and not segment.is_unbounded:
        raise InvalidRequest(f"{items[0]['kind']}: the segment is not unbounded")
    starting = [convert(dict(item), _ImportId).import_id for item in items if item["kind"] == PROCESS]
    lists = {kind: _keys(items, kind) for kind in KINDS - {PROCESS}}
    if is_rehearsal:
        return segment
    for import_id in starting:
        require(call, segment, IMPORT_ACTIONS)
        start_import(call.db, segment, import_id)
    if not any(lists.values()):
        return segment
    patch = MembersPatch(
        included=ListChanges(add=lists[ADD_INCLUDED], remove=lists[REMOVE_INCLUDED]),
        excluded=ListChanges(add=lists[ADD_EXCLUDED], remove=lists[REMOVE_EXCLUDED]),
    )
    return patch_members(call, segment, patch, comment)


def _keys(items: Sequence[Mapping[str, Json]], kind: str) -> list[str]:
    return [key for item in items if item["kind"] == kind for key in convert(dict(item), _Values).values]
