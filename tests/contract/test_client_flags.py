"""Feature flags through the official client, as test_client.py does it for everything else."""

from typing import Any

import launchdarkly_api
import pytest
from launchdarkly_api.exceptions import NotFoundException

from contract.official import OfficialClient, exercises
from contract.seeds import a_flag, a_project

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api


def replaced(path: str, *, to: Any) -> Any:
    return vendor.PatchOperation(op="replace", path=path, value=to)


@exercises(
    "postFeatureFlag",
    "getFeatureFlags",
    "getFeatureFlag",
    "patchFeatureFlag",
    "copyFeatureFlag",
    "deleteFeatureFlag",
)
def test_feature_flags__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "flagged")
    flags = vendor.FeatureFlagsApi(official)
    variations = [vendor.Variation(value="light"), vendor.Variation(value="dark", name="Dark")]
    made = flags.post_feature_flag(
        "flagged",
        vendor.FeatureFlagBody(
            key="look",
            name="Look",
            variations=variations,
            tags=["style"],
            defaults=vendor.Defaults(on_variation=1, off_variation=0),
            client_side_availability=vendor.ClientSideAvailabilityPost(
                using_environment_id=True, using_mobile_key=False
            ),
        ),
    )
    assert (made.kind, made.environments["production"].fallthrough.variation) == ("multivariate", 1)
    copied = flags.post_feature_flag(
        "flagged", vendor.FeatureFlagBody(key="copied", name="Copied"), clone="look"
    )
    assert [variation.value for variation in copied.variations] == ["light", "dark"]
    on = vendor.PatchWithComment(
        patch=[replaced("/environments/production/on", to=True)], comment="for everybody"
    )
    patched = flags.patch_feature_flag("flagged", "look", on, ignore_conflicts=False, dry_run=False)
    assert (patched.environments["production"].on, patched.environments["test"].on) == (True, False)
    copied = flags.copy_feature_flag(
        "flagged",
        "look",
        vendor.FlagCopyConfigPost(
            source=vendor.FlagCopyConfigEnvironment(key="production"),
            target=vendor.FlagCopyConfigEnvironment(key="test"),
            comment="everywhere",
        ),
    )
    assert copied.environments["test"].on
    listed = flags.get_feature_flags(
        "flagged",
        env="production",
        tag="style",
        limit=5,
        offset=0,
        archived=False,
        summary=True,
        filter="query:look,type:temporary",
        sort="-creationDate",
        expand="evaluation,migrationSettings",
    )
    assert [(flag.key, flag.environments["production"].on) for flag in listed.items] == [("look", True)]
    assert flags.get_feature_flag("flagged", "look", env="production").tags == ["style"]
    flags.delete_feature_flag("flagged", "look")
    with pytest.raises(NotFoundException):
        flags.get_feature_flag("flagged", "look")


@exercises("getFeatureFlagStatuses", "getFeatureFlagStatus", "getFeatureFlagStatusAcrossEnvironments")
def test_statuses__of_a_new_flag__are_told(official: OfficialClient, address: str) -> None:
    a_project(address, "young")
    a_flag(address, "young", "look")
    flags = vendor.FeatureFlagsApi(official)
    [listed] = flags.get_feature_flag_statuses("young", "test").items
    assert listed.name == flags.get_feature_flag_status("young", "test", "look").name == "new"
    everywhere = flags.get_feature_flag_status_across_environments("young", "look", env="test")
    assert everywhere.environments["test"].name == "new"


@exercises("getEvaluationsUsage")
def test_evaluations__of_a_new_flag__are_none_along_time(official: OfficialClient, address: str) -> None:
    a_project(address, "counted")
    a_flag(address, "counted", "look")
    usage = vendor.AccountUsageBetaApi(official).get_evaluations_usage(
        "counted", "test", "look", var_from="1780000000000", to="1780172800000", tz="America/New_York"
    )
    assert [len(each) for each in usage.series] == [3, 3, 3]
    assert [each["value"] for each in usage.metadata] == [True, False]
