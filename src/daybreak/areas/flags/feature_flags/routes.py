"""Every URL of feature flags."""

from daybreak.areas.flags.feature_flags.copying import PARTS
from daybreak.areas.flags.feature_flags.deletion import DELETE
from daybreak.areas.flags.feature_flags.fields import ACTIONS
from daybreak.areas.flags.feature_flags.operations import (
    copy_flag,
    create_flag,
    delete_flag,
    list_feature_flags,
    patch_flag,
    read_flag,
)
from daybreak.areas.flags.feature_flags.representation import FlagShape
from daybreak.areas.flags.feature_flags.requests import (
    CopyFlag,
    FlagQuery,
    FlagsQuery,
    NewFlag,
    NewFlagQuery,
    PatchQuery,
)
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.platform.clock import MINUTE
from daybreak.platform.columns import Json
from daybreak.rest.routing import Route

ALL = "/api/v2/flags/{projectKey}"
ONE = "/api/v2/flags/{projectKey}/{featureFlagKey}"
TAG = "Feature flags"

ROUTES = [
    Route(
        method="GET",
        path=ALL,
        run=list_feature_flags,
        operation="getFeatureFlags",
        tag=TAG,
        summary="List the feature flags of a project",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        query=FlagsQuery,
        answer=list[FlagShape],
        remembered=MINUTE,
    ),
    Route(
        method="POST",
        path=ALL,
        run=create_flag,
        operation="postFeatureFlag",
        tag=TAG,
        summary="Create a feature flag",
        action="createFlag",
        specifier="proj/*:env/*:flag/*",
        query=NewFlagQuery,
        body=NewFlag,
        answer=FlagShape,
        status=201,
    ),
    Route(
        method="GET",
        path=ONE,
        run=read_flag,
        operation="getFeatureFlag",
        tag=TAG,
        summary="Read one feature flag",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        query=FlagQuery,
        answer=FlagShape,
    ),
    Route(
        method="PATCH",
        path=ONE,
        run=patch_flag,
        operation="patchFeatureFlag",
        tag=TAG,
        summary="Change a feature flag by instructions, JSON patch or merge patch",
        action=" ".join((*ACTIONS, DELETE)),
        specifier="proj/*:env/*:flag/*",
        query=PatchQuery,
        body=Json,
        answer=FlagShape,
    ),
    Route(
        method="POST",
        path="/api/v2/flags/{projectKey}/{featureFlagKey}/copy",
        run=copy_flag,
        operation="copyFeatureFlag",
        tag=TAG,
        summary="Copy a flag's configuration from one environment to another",
        action=" ".join(PARTS),
        specifier="proj/*:env/*:flag/*",
        body=CopyFlag,
        answer=FlagShape,
        status=201,
    ),
    Route(
        method="DELETE",
        path=ONE,
        run=delete_flag,
        operation="deleteFeatureFlag",
        tag=TAG,
        summary="Delete a feature flag that no other needs",
        action=DELETE,
        specifier="proj/*:env/*:flag/*",
        status=204,
    ),
]
