"""Targets of single contexts through the official client: settings, dates, and what is evaluated."""

import time
from typing import Any

import launchdarkly_api
import pytest

from contract.official import OfficialClient, exercises
from contract.seeds import a_flag, a_project

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api

DAY = 86_400_000


@pytest.mark.filterwarnings("ignore:.*/users/.* is deprecated:DeprecationWarning")
@exercises(
    "putContextFlagSetting",
    "putFlagSetting",
    "getUserFlagSettings",
    "getUserFlagSetting",
    "evaluateContextInstance",
)
def test_settings__of_a_user_and_a_context__are_told(official: OfficialClient, address: str) -> None:
    a_project(address, "settings")
    a_flag(address, "settings", "look")
    vendor.ContextSettingsApi(official).put_context_flag_setting(
        "settings", "production", "org", "acme", "look", vendor.ValuePut(setting=True, comment="a trial")
    )
    users = vendor.UserSettingsApi(official)
    users.put_flag_setting("settings", "production", "ann", "look", vendor.ValuePut(setting=True))
    one = users.get_user_flag_setting("settings", "production", "ann", "look")
    assert (one.setting, one.value, one.reason.kind) == (True, False, "OFF")
    assert users.get_user_flag_settings("settings", "production", "ann").items["look"].setting is True
    found = vendor.ContextsApi(official).evaluate_context_instance(
        "settings",
        "production",
        {"kind": "org", "key": "acme"},
        limit=1,
        offset=0,
        sort="key",
        filter="query equals look",
    )
    assert [(item.key, item.value, item.reason.kind) for item in found.items] == [("look", False, "OFF")]


@pytest.mark.filterwarnings("ignore:.*(user|targets).* is deprecated:DeprecationWarning")
@exercises(
    "putFlagSetting",
    "getExpiringContextTargets",
    "patchExpiringTargets",
    "getExpiringUserTargets",
    "patchExpiringUserTargets",
    "getExpiringFlagsForUser",
    "patchExpiringFlagsForUser",
)
def test_expiring_targets__of_a_flag_and_a_user__are_told(official: OfficialClient, address: str) -> None:
    a_project(address, "dates")
    [variation, _] = a_flag(address, "dates", "look")
    flags, users = vendor.FeatureFlagsApi(official), vendor.UserSettingsApi(official)
    for key in ("ann", "bob", "cy"):
        users.put_flag_setting("dates", "production", key, "look", vendor.ValuePut(setting=True))
    tomorrow = int(time.time() * 1000) + DAY
    dated = {"variationId": variation, "value": tomorrow}
    ann = {"kind": "addExpiringTarget", "contextKind": "user", "contextKey": "ann", **dated}
    added = flags.patch_expiring_targets(
        "dates", "production", "look", vendor.PatchFlagsRequest(instructions=[ann], comment="a trial")
    )
    assert (added.successful_instructions, added.items[0].context_key) == (1, "ann")
    bob = {"kind": "addExpireUserTargetDate", "userKey": "bob", **dated}
    added = flags.patch_expiring_user_targets(
        "dates", "production", "look", vendor.PatchFlagsRequest(instructions=[bob])
    )
    assert [item.user_key for item in added.items] == ["bob"]
    cy = vendor.InstructionUserRequest(
        kind="addExpireUserTargetDate", flag_key="look", variation_id=variation, value=tomorrow
    )
    added = users.patch_expiring_flags_for_user(
        "dates", "cy", "production", vendor.PatchUsersRequest(instructions=[cy])
    )
    assert (added.failed_instructions, added.errors) == (0, [])
    listed = flags.get_expiring_context_targets("dates", "production", "look").items
    assert {item.context_key for item in listed} == {"ann", "bob", "cy"}
    listed = flags.get_expiring_user_targets("dates", "production", "look").items
    assert {item.expiration_date for item in listed} == {tomorrow}
    [mine] = users.get_expiring_flags_for_user("dates", "cy", "production").items
    assert mine.resource_id.flag_key == "look"


@exercises("getDependentFlags", "getDependentFlagsByEnv", "postMigrationSafetyIssues")
def test_dependent_flags_and_migrations__before_a_change__are_told(
    official: OfficialClient, address: str
) -> None:
    a_project(address, "careful")
    stages = {"purpose": "migration", "migrationSettings": {"stageCount": 4}}
    variations = a_flag(address, "careful", "look", **stages)
    need = [{"key": "look", "variationId": variations[0]}]
    a_flag(address, "careful", "needing", initialPrerequisites=need)
    flags, beta = vendor.FeatureFlagsApi(official), vendor.FeatureFlagsBetaApi(official)
    [everywhere] = beta.get_dependent_flags("careful", "look").items
    assert {place.key for place in everywhere.environments} == {"test", "production"}
    [here] = beta.get_dependent_flags_by_env("careful", "test", "look").items
    assert here.key == "needing"
    last = {"kind": "updateFallthroughVariationOrRollout", "variationId": variations[3]}
    planned = vendor.FlagSempatch(instructions=[{"kind": "turnFlagOn"}, last], comment="at once")
    [issue] = flags.post_migration_safety_issues("careful", "look", "production", planned)
    assert (issue.causing_rule_id, issue.affected_rule_ids) == ("fallthrough", ["off"])
    assert issue.old_system_affected
