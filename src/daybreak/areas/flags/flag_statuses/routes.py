"""Every URL of flag statuses."""

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.flag_statuses.operations import (
    list_flag_statuses,
    read_flag_status,
    read_flag_status_everywhere,
)
from daybreak.areas.flags.flag_statuses.representation import (
    FlagStatusesShape,
    FlagStatusEverywhereShape,
    LinkedFlagStatusShape,
)
from daybreak.areas.flags.flag_statuses.requests import FlagStatusQuery
from daybreak.rest.routing import Route

TAG = "Feature flags"

ROUTES = [
    Route(
        method="GET",
        path="/api/v2/flag-statuses/{projectKey}/{environmentKey}",
        run=list_flag_statuses,
        operation="getFeatureFlagStatuses",
        tag=TAG,
        summary="List flag statuses",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=FlagStatusesShape,
    ),
    Route(
        method="GET",
        path="/api/v2/flag-statuses/{projectKey}/{environmentKey}/{featureFlagKey}",
        run=read_flag_status,
        operation="getFeatureFlagStatus",
        tag=TAG,
        summary="Get flag status",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=LinkedFlagStatusShape,
    ),
    Route(
        method="GET",
        path="/api/v2/flag-status/{projectKey}/{featureFlagKey}",
        run=read_flag_status_everywhere,
        operation="getFeatureFlagStatusAcrossEnvironments",
        tag=TAG,
        summary="Get flag status across environments",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        query=FlagStatusQuery,
        answer=FlagStatusEverywhereShape,
    ),
]
