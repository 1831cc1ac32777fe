"""What of segments is not the same as of every resource: three kinds of patches, and who uses them."""

import msgspec

from daybreak.areas.flags.segments.changing import change_segment
from daybreak.areas.flags.segments.fields import editing_in
from daybreak.areas.flags.segments.instructions import INSTRUCTIONS, SegmentScene
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.peace import flags_using, require_unused
from daybreak.areas.flags.segments.representation import (
    SegmentShape,
    represent_segment,
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
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.operations import create, read_one, remove
from daybreak.rest.semantic_patch import follow, parse_instructions

CREATE = "createSegment"
DELETE = "deleteSegment"


def create_segment(call: Call, body: NewSegment, project_key: str, environment_key: str) -> SegmentShape:
    place = environment(call.db, project_key, environment_key)
    version, generation = first_counts(call.db, place.id, body.key)
    id = object_id()
    segment = Segment(
        id=id,
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
    return represent_segment(create(call, SEGMENT, segment, CREATE), place)


def read_segment(call: Call, project_key: str, environment_key: str, segment_key: str) -> SegmentShape:
    """With the flags that use it."""
    place = environment(call.db, project_key, environment_key)
    segment = read_one(
        call, SEGMENT, project_key=project_key, environment_key=environment_key, segment_key=segment_key
    )
    shape = represent_segment(segment, place)
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
    edit = _parse(place, before, body)
    return represent_segment(change_segment(call, before, edit, is_rehearsal=query.dry_run), place)


def _parse(place: EnvironmentFact, before: Segment, body: Json) -> Edit[Segment]:
    if not isinstance(body, SemanticPatch):
        represented = msgspec.to_builtins(represent_segment(before, place))
        return parse_edit(editing_in(place), before, represented, body)
    instructions = parse_instructions(body)
    if instructions.environment_key not in {None, place.key}:
        raise InvalidRequest(f"environmentKey: the segment is one of {place.key!r}, as the path says")
    return follow(instructions, before, SegmentScene(unique_id), INSTRUCTIONS)


def delete_segment(call: Call, project_key: str, environment_key: str, segment_key: str) -> None:
    """Raises Conflict while a flag or another segment uses it."""
    place = environment(call.db, project_key, environment_key)
    segment = read_one(
        call, SEGMENT, project_key=project_key, environment_key=environment_key, segment_key=segment_key
    )
    require_unused(call.db, place, segment)
    remove(call, SEGMENT, segment, DELETE)
