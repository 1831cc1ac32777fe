"""Every URL of the settings of contexts and users."""

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.flag_settings import operations
from daybreak.areas.flags.flag_settings.representation import SettingShape, SettingsShape
from daybreak.areas.flags.flag_settings.requests import SettingBody
from daybreak.rest.routing import Route

OF_USER = "/api/v2/users/{projectKey}/{environmentKey}/{userKey}/flags"
ONE_OF_USER = f"{OF_USER}/{{featureFlagKey}}"
USERS = "User settings"
ACTION = "updateTargets"

ROUTES = [
    Route(
        method="PUT",
        path="/api/v2/projects/{projectKey}/environments/{environmentKey}"
        "/contexts/{contextKind}/{contextKey}/flags/{featureFlagKey}",
        run=operations.put_context_setting,
        operation="putContextFlagSetting",
        tag="Context settings",
        summary="Set what a flag serves one context, or take its setting away",
        action=ACTION,
        specifier="proj/*:env/*:flag/*",
        body=SettingBody,
        status=204,
    ),
    Route(
        method="GET",
        path=OF_USER,
        run=operations.list_user_settings,
        operation="getUserFlagSettings",
        tag=USERS,
        summary="List what every flag serves one user",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=SettingsShape,
    ),
    Route(
        method="GET",
        path=ONE_OF_USER,
        run=operations.read_user_setting,
        operation="getUserFlagSetting",
        tag=USERS,
        summary="Read what one flag serves one user",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=SettingShape,
    ),
    Route(
        method="PUT",
        path=ONE_OF_USER,
        run=operations.put_user_setting,
        operation="putFlagSetting",
        tag=USERS,
        summary="Set what a flag serves one user, or take its setting away",
        action=ACTION,
        specifier="proj/*:env/*:flag/*",
        body=SettingBody,
        status=204,
    ),
]
