"""What of segments is not the same as of every resource: three kinds of patches, and who uses them."""

from collections.abc import Mapping
from dataclasses import replace

from daybreak.areas.flags.big_segments.following import KINDS as LIST_KINDS
from daybreak.areas.flags.big_segments.following import follow_lists
from daybreak.areas.flags.list_transfers.store import is_importing
from daybreak.areas.flags.segments.changing import change_segment
from daybreak.areas.flags.segments.fields import editing_in
from daybreak.areas.flags.segments.instructions import INSTRUCTIONS, SegmentScene
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.peace import flags_using, require_unused
from daybreak.areas.flags.segments.representation import (
    SegmentShape,
    represent_using_flags,
)
from daybreak.areas.flags.segments.requests import NewSegment, PatchQuery
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.flags.segments.store import first_counts
from daybreak.areas.flags.targeting import USER
from daybreak.areas.projects.queries import EnvironmentFact, environment
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.platform.identifiers import object_id, stable_id, unique_id
from daybreak.rest.call import Call, SemanticPatch
from daybreak.rest.editing import parse_edit
from daybreak.rest.operations import create, read_one, remove, represent_one, represent_plainly
from daybreak.rest.semantic_patch import Instructions, follow, parse_instructions

CREATE = "createSegment"
DELETE = "deleteSegment"


def create_segment(call: Call, body: NewSegment, project_key: str, environment_key: str) -> SegmentShape:
    place = environment(call.db, project_key, environment_key)
    version, generation = first_counts(call.db, place.id, body.key)
    id = object_id()
    segment = Segment(
        id=id,
        project_id=place.project.id,
        environment_id=place.id,
        key=body.key,
        name=body.name,
        salt=stable_id(id, "salt"),
        created_at=call.now,
        modified_at=call.now,
        description=body.description or "",
        tags=tuple(body.tags),
        is_unbounded=body.unbounded is True,
        unbounded_context_kind=body.unbounded_context_kind or USER,
        generation=generation,
        version=version,
    )
    return _represent(call, create(call, SEGMENT, segment, CREATE))


def read_segment(call: Call, project_key: str, environment_key: str, segment_key: str) -> SegmentShape:
    """With the flags that use it."""
    place = environment(call.db, project_key, environment_key)
    segment = read_one(
        call, SEGMENT, project_key=project_key, environment_key=environment_key, segment_key=segment_key
    )
    shape = _represent(call, segment)
    if segment.is_unbounded:
        shape.import_in_progress_ = is_importing(call.db, segment.id)
    shape.flags_ = represent_using_flags(place, flags_using(call.db, place, segment.key))
    return shape


def patch_segment(
    call: Call, body: Json, query: PatchQuery, project_key: str, environment_key: str, segment_key: str
) -> SegmentShape:
    """Instructions, a JSON patch or a merge patch: all of it or nothing, and nothing of a dry run."""
    place = environment(call.db, project_key, environment_key)
    before = read_one(
        call, SEGMENT, project_key=project_key, environment_key=environment_key, segment_key=segment_key
    )
    if isinstance(body, SemanticPatch):
        after = _follow(call, place, before, parse_instructions(body), is_rehearsal=query.dry_run)
    else:
        represented = represent_plainly(call, SEGMENT, before)
        edit = parse_edit(editing_in(place), before, represented, body)
        after = change_segment(call, before, edit, is_rehearsal=query.dry_run)
    return _represent(call, after)


def _represent(call: Call, segment: Segment) -> SegmentShape:
    shape = represent_one(call, SEGMENT, segment)
    assert isinstance(shape, SegmentShape)
    return shape


def _follow(
    call: Call, place: EnvironmentFact, before: Segment, asked: Instructions, *, is_rehearsal: bool
) -> Segment:
    """What the instructions come to: of the segment itself, and of the lists that are kept apart."""
    if asked.environment_key not in {None, place.key}:
        raise InvalidRequest(f"environmentKey: the segment is one of {place.key!r}, as the path says")
    apart = [item for item in asked.items if _is_of_lists(item)]
    own = tuple(item for item in asked.items if not _is_of_lists(item))
    edit = follow(replace(asked, items=own), before, SegmentScene(unique_id), INSTRUCTIONS)
    after = change_segment(call, before, edit, is_rehearsal=is_rehearsal)
    return follow_lists(call, after, apart, asked.comment, is_rehearsal=is_rehearsal)


def _is_of_lists(instruction: Mapping[str, Json]) -> bool:
    kind = instruction.get("kind")
    return isinstance(kind, str) and kind in LIST_KINDS


def delete_segment(call: Call, project_key: str, environment_key: str, segment_key: str) -> None:
    """Raises Conflict while a flag or another segment uses it."""
    place = environment(call.db, project_key, environment_key)
    segment = read_one(
        call, SEGMENT, project_key=project_key, environment_key=environment_key, segment_key=segment_key
    )
    require_unused(call.db, place, segment)
    remove(call, SEGMENT, segment, DELETE)
