"""Every URL of dependent flags."""

from daybreak.areas.flags.dependent_flags.operations import (
    list_dependent_flags,
    list_dependent_flags_in_environment,
)
from daybreak.areas.flags.dependent_flags.representation import (
    DependentFlagsInEnvironmentShape,
    DependentFlagsShape,
)
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.rest.routing import Route

TAG = "Feature flags (beta)"

ROUTES = [
    Route(
        method="GET",
        path="/api/v2/flags/{projectKey}/{featureFlagKey}/dependent-flags",
        run=list_dependent_flags,
        operation="getDependentFlags",
        tag=TAG,
        summary="List the flags that need a flag in any environment",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=DependentFlagsShape,
        beta=True,
    ),
    Route(
        method="GET",
        path="/api/v2/flags/{projectKey}/{environmentKey}/{featureFlagKey}/dependent-flags",
        run=list_dependent_flags_in_environment,
        operation="getDependentFlagsByEnv",
        tag=TAG,
        summary="List the flags that need a flag in one environment",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=DependentFlagsInEnvironmentShape,
        beta=True,
    ),
]
