"""Every URL of followers."""

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.followers.operations import (
    MANAGE,
    add_follower,
    list_followers_in_environment,
    list_followers_of_flag,
    remove_follower,
)
from daybreak.areas.flags.followers.representation import FollowersOfFlagShape
from daybreak.areas.people.queries import MemberSummaryShape
from daybreak.rest.routing import Route

IN_ENVIRONMENT = "/api/v2/projects/{projectKey}/environments/{environmentKey}/followers"
OF_FLAG = "/api/v2/projects/{projectKey}/flags/{featureFlagKey}/environments/{environmentKey}/followers"
ONE = f"{OF_FLAG}/{{memberId}}"
TAG = "Follow flags"

ROUTES = [
    Route(
        method="GET",
        path=IN_ENVIRONMENT,
        run=list_followers_in_environment,
        operation="getFollowersByProjEnv",
        tag=TAG,
        summary="List the flags of an environment that have followers",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=list[FollowersOfFlagShape],
    ),
    Route(
        method="GET",
        path=OF_FLAG,
        run=list_followers_of_flag,
        operation="getFlagFollowers",
        tag=TAG,
        summary="List the followers of a flag in an environment",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=list[MemberSummaryShape],
    ),
    Route(
        method="PUT",
        path=ONE,
        run=add_follower,
        operation="putFlagFollower",
        tag=TAG,
        summary="Let a member follow a flag in an environment",
        action=MANAGE,
        specifier="proj/*:env/*:flag/*",
        status=204,
    ),
    Route(
        method="DELETE",
        path=ONE,
        run=remove_follower,
        operation="deleteFlagFollower",
        tag=TAG,
        summary="End a member's following of a flag in an environment",
        action=MANAGE,
        specifier="proj/*:env/*:flag/*",
        status=204,
    ),
]
