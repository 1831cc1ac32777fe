"""Every URL of the expiring targets of flags and segments."""

from daybreak.areas.flags.expiring_targets import operations, segment_operations
from daybreak.areas.flags.expiring_targets.representation import (
    ExpiringTargetsShape,
    ExpiringUserTargetsShape,
    PatchedTargetsShape,
    PatchedUserTargetsShape,
)
from daybreak.areas.flags.expiring_targets.requests import ExpiringTargetsPatch
from daybreak.areas.flags.expiring_targets.resource import ACTION
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.rest.routing import Route

OF_FLAG = "/api/v2/flags/{projectKey}/{featureFlagKey}/expiring-targets/{environmentKey}"
USERS_OF_FLAG = "/api/v2/flags/{projectKey}/{featureFlagKey}/expiring-user-targets/{environmentKey}"
OF_USER = "/api/v2/users/{projectKey}/{userKey}/expiring-user-targets/{environmentKey}"
OF_SEGMENT = "/api/v2/segments/{projectKey}/{segmentKey}/expiring-targets/{environmentKey}"
USERS_OF_SEGMENT = "/api/v2/segments/{projectKey}/{segmentKey}/expiring-user-targets/{environmentKey}"

ROUTES = [
    Route(
        method="GET",
        path=OF_FLAG,
        run=operations.list_contexts_of_flag,
        operation="getExpiringContextTargets",
        tag="Feature flags",
        summary="List the contexts that a flag will stop targeting",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=ExpiringTargetsShape,
    ),
    Route(
        method="PATCH",
        path=OF_FLAG,
        run=operations.patch_contexts_of_flag,
        operation="patchExpiringTargets",
        tag="Feature flags",
        summary="Set, change or remove the dates when a flag stops targeting contexts",
        action=ACTION,
        specifier="proj/*:env/*:flag/*",
        body=ExpiringTargetsPatch,
        answer=PatchedTargetsShape,
    ),
    Route(
        method="GET",
        path=USERS_OF_FLAG,
        run=operations.list_users_of_flag,
        operation="getExpiringUserTargets",
        tag="Feature flags",
        summary="List the users that a flag will stop targeting",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=ExpiringUserTargetsShape,
    ),
    Route(
        method="PATCH",
        path=USERS_OF_FLAG,
        run=operations.patch_users_of_flag,
        operation="patchExpiringUserTargets",
        tag="Feature flags",
        summary="Set, change or remove the dates when a flag stops targeting users",
        action=ACTION,
        specifier="proj/*:env/*:flag/*",
        body=ExpiringTargetsPatch,
        answer=PatchedUserTargetsShape,
    ),
    Route(
        method="GET",
        path=OF_USER,
        run=operations.list_flags_of_user,
        operation="getExpiringFlagsForUser",
        tag="User settings",
        summary="List the flags that will stop targeting a user",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=ExpiringUserTargetsShape,
    ),
    Route(
        method="PATCH",
        path=OF_USER,
        run=operations.patch_flags_of_user,
        operation="patchExpiringFlagsForUser",
        tag="User settings",
        summary="Set, change or remove the dates when flags stop targeting a user",
        action=ACTION,
        specifier="proj/*:env/*:flag/*",
        body=ExpiringTargetsPatch,
        answer=PatchedUserTargetsShape,
    ),
    Route(
        method="GET",
        path=OF_SEGMENT,
        run=segment_operations.list_contexts_of_segment,
        operation="getExpiringTargetsForSegment",
        tag="Segments",
        summary="List the contexts that a segment will stop listing",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        answer=ExpiringTargetsShape,
    ),
    Route(
        method="PATCH",
        path=OF_SEGMENT,
        run=segment_operations.patch_contexts_of_segment,
        operation="patchExpiringTargetsForSegment",
        tag="Segments",
        summary="Set, change or remove the dates when a segment stops listing contexts",
        action=ACTION,
        specifier="proj/*:env/*:segment/*",
        body=ExpiringTargetsPatch,
        answer=PatchedTargetsShape,
    ),
    Route(
        method="GET",
        path=USERS_OF_SEGMENT,
        run=segment_operations.list_users_of_segment,
        operation="getExpiringUserTargetsForSegment",
        tag="Segments",
        summary="List the users that a segment will stop listing",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        answer=ExpiringUserTargetsShape,
    ),
    Route(
        method="PATCH",
        path=USERS_OF_SEGMENT,
        run=segment_operations.patch_users_of_segment,
        operation="patchExpiringUserTargetsForSegment",
        tag="Segments",
        summary="Set, change or remove the dates when a segment stops listing users",
        action=ACTION,
        specifier="proj/*:env/*:segment/*",
        body=ExpiringTargetsPatch,
        answer=PatchedUserTargetsShape,
    ),
]
