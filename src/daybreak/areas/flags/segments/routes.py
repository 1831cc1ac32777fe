"""Every URL of segments themselves."""

from daybreak.areas.flags.segments.fields import ACTIONS
from daybreak.areas.flags.segments.operations import (
    CREATE,
    DELETE,
    create_segment,
    delete_segment,
    patch_segment,
    read_segment,
)
from daybreak.areas.flags.segments.representation import SegmentShape
from daybreak.areas.flags.segments.requests import NewSegment, PatchQuery
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.platform.columns import Json
from daybreak.rest.crud import list_route
from daybreak.rest.routing import Route

SEGMENTS = "/api/v2/segments/{projectKey}/{environmentKey}"
ONE = "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}"
TAG = "Segments"

ROUTES = [
    list_route(SEGMENT, SEGMENTS, "getSegments", tag=TAG, answer=SegmentShape, paged_since=20240415),
    Route(
        method="POST",
        path=SEGMENTS,
        run=create_segment,
        operation="postSegment",
        tag=TAG,
        summary="Create a segment",
        action=CREATE,
        specifier="proj/*:env/*:segment/*",
        body=NewSegment,
        answer=SegmentShape,
        status=201,
    ),
    Route(
        method="GET",
        path=ONE,
        run=read_segment,
        operation="getSegment",
        tag=TAG,
        summary="Read one segment, with the flags that use it",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        answer=SegmentShape,
    ),
    Route(
        method="PATCH",
        path=ONE,
        run=patch_segment,
        operation="patchSegment",
        tag=TAG,
        summary="Change a segment by instructions, JSON patch or merge patch",
        action=" ".join(dict.fromkeys(ACTIONS.values())),
        specifier="proj/*:env/*:segment/*",
        query=PatchQuery,
        body=Json,
        answer=SegmentShape,
    ),
    Route(
        method="DELETE",
        path=ONE,
        run=delete_segment,
        operation="deleteSegment",
        tag=TAG,
        summary="Delete a segment that nothing uses",
        action=DELETE,
        specifier="proj/*:env/*:segment/*",
        status=204,
    ),
]
