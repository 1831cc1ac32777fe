"""Every URL of the members of big segments, and of what segments make of a context."""

from daybreak.areas.flags.big_segments.evaluating import list_memberships
from daybreak.areas.flags.big_segments.operations import (
    change_members,
    read_membership,
    read_membership_of_user,
)
from daybreak.areas.flags.big_segments.representation import MembershipShape, SegmentMembershipsShape
from daybreak.areas.flags.big_segments.requests import MembersPatch
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.flags.segments.routes import ONE, TAG
from daybreak.platform.columns import Json
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="POST",
        path=f"{ONE}/contexts",
        run=change_members,
        operation="updateBigSegmentContextTargets",
        tag=TAG,
        summary="Add contexts to the lists of a big segment, or remove them",
        action="updateIncluded updateExcluded",
        specifier="proj/*:env/*:segment/*",
        body=MembersPatch,
        status=204,
    ),
    Route(
        method="POST",
        path=f"{ONE}/users",
        run=change_members,
        operation="updateBigSegmentTargets",
        tag=TAG,
        summary="Add users to the lists of a big segment, or remove them",
        action="updateIncluded updateExcluded",
        specifier="proj/*:env/*:segment/*",
        body=MembersPatch,
        status=204,
    ),
    Route(
        method="GET",
        path=f"{ONE}/contexts/{{contextKey}}",
        run=read_membership,
        operation="getSegmentMembershipForContext",
        tag=TAG,
        summary="Tell which lists of a big segment hold a context",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        answer=MembershipShape,
    ),
    Route(
        method="GET",
        path=f"{ONE}/users/{{userKey}}",
        run=read_membership_of_user,
        operation="getSegmentMembershipForUser",
        tag=TAG,
        summary="Tell which lists of a big segment hold a user",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        answer=MembershipShape,
    ),
    Route(
        method="POST",
        path="/api/v2/projects/{projectKey}/environments/{environmentKey}/segments/evaluate",
        run=list_memberships,
        operation="getContextInstanceSegmentsMembershipByEnv",
        tag=TAG,
        summary="Tell which segments a context is a member of, and why",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        body=dict[str, Json],
        answer=SegmentMembershipsShape,
        writes=False,
    ),
]
