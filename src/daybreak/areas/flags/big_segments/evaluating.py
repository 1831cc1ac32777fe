"""What every segment of an environment makes of one context."""

from daybreak.areas.flags.big_segments.representation import (
    SegmentMembershipShape,
    SegmentMembershipsShape,
)
from daybreak.areas.flags.evaluations.state import EnvironmentState, parse_body
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.representation import segment_path
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.flags.segments.store import list_segments
from daybreak.areas.projects.queries import EnvironmentFact, environment
from daybreak.logic.evaluation.context import Context
from daybreak.platform.columns import Json
from daybreak.rest.call import Call
from daybreak.rest.links import links, path


def list_memberships(
    call: Call, body: dict[str, Json], project_key: str, environment_key: str
) -> SegmentMembershipsShape:
    """Of the segments that the caller may see."""
    context = parse_body(body)
    place = environment(call.db, project_key, environment_key)
    found = list_segments(call.db, [place.id])
    addresses = SEGMENT.addresses(call.db, found)
    state = EnvironmentState(call.db, place)
    return SegmentMembershipsShape(
        items=[
            _evaluate(state, context, segment, place)
            for segment, address in zip(found, addresses, strict=True)
            if call.actor.may(SEGMENT.view_action, address)
        ],
        links_=links(
            self=path("/api/v2/projects/{p}/environments/{e}/segments/evaluate", p=project_key, e=place.key)
        ),
    )


def _evaluate(
    state: EnvironmentState, context: Context, segment: Segment, place: EnvironmentFact
) -> SegmentMembershipShape:
    membership = state.membership(context, segment.key)
    return SegmentMembershipShape(
        name=segment.name,
        key=segment.key,
        description=segment.description,
        unbounded=segment.is_unbounded,
        external="",
        is_member=membership.is_member,
        is_individually_targeted=membership.is_listed,
        is_rule_targeted=membership.is_member and not membership.is_listed,
        links_=links(self=segment_path(place, segment.key)),
    )
