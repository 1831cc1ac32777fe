"""Segments through the official client, big ones included."""

from pathlib import Path
from typing import Any

import launchdarkly_api
import pytest

from contract.official import OfficialClient, exercises
from contract.seeds import a_project

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api


@exercises(
    "postSegment",
    "getSegments",
    "getSegment",
    "patchSegment",
    "deleteSegment",
    "getContextInstanceSegmentsMembershipByEnv",
)
def test_segments__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "grouped")
    segments = vendor.SegmentsApi(official)
    body = vendor.SegmentBody(name="Beta", key="beta", tags=["early"])
    assert segments.post_segment("grouped", "test", body).version == 1
    added = vendor.PatchOperation(op="add", path="/included/-", value="ann")
    patch = vendor.PatchWithComment(patch=[added], comment="the first")
    assert segments.patch_segment("grouped", "test", "beta", patch, dry_run=True).included == ["ann"]
    assert segments.patch_segment("grouped", "test", "beta", patch).version == 2
    page = segments.get_segments(
        "grouped", "test", limit=1, offset=0, sort="name", filter='tags anyOf ["early"]'
    )
    assert [segment.key for segment in page.items] == ["beta"]
    found = segments.get_context_instance_segments_membership_by_env(
        "grouped", "test", {"kind": "user", "key": "ann"}
    )
    assert [(item.key, item.is_individually_targeted) for item in found.items] == [("beta", True)]
    assert segments.get_segment("grouped", "test", "beta").included == ["ann"]
    segments.delete_segment("grouped", "test", "beta")
    assert segments.get_segments("grouped", "test").items == []


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@exercises(
    "postSegment",
    "updateBigSegmentContextTargets",
    "getSegmentMembershipForContext",
    "updateBigSegmentTargets",
    "getSegmentMembershipForUser",
    "createBigSegmentImport",
    "getBigSegmentImport",
    "createBigSegmentExport",
    "getBigSegmentExport",
)
def test_big_segments__lists_and_files__are_taken(
    official: OfficialClient, address: str, tmp_path: Path
) -> None:
    a_project(address, "crowded")
    segments = vendor.SegmentsApi(official)
    place = "crowded", "test", "crowd"
    body = vendor.SegmentBody(name="Crowd", key="crowd", unbounded=True, unbounded_context_kind="user")
    segments.post_segment("crowded", "test", body)
    state = vendor.SegmentUserState(included=vendor.SegmentUserList(add=["ann"]))
    segments.update_big_segment_context_targets(*place, state)
    assert segments.get_segment_membership_for_context(*place, "ann").included
    segments.update_big_segment_targets(*place, state)
    assert segments.get_segment_membership_for_user(*place, "bob").included is False
    file = tmp_path / "keys.csv"
    file.write_text("bob\n")
    begun = segments.create_big_segment_import_with_http_info(*place, file=str(file), mode="merge")
    id = begun.headers["location"].rpartition("/")[2]
    assert segments.get_big_segment_import(*place, id).status in {"in_progress", "complete"}
    answer = segments.create_big_segment_export_without_preload_content(*place)
    export = answer.json()
    assert segments.get_big_segment_export(*place, export["id"]).segment_key == "crowd"


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@exercises(
    "postSegment",
    "patchSegment",
    "getExpiringTargetsForSegment",
    "patchExpiringTargetsForSegment",
    "getExpiringUserTargetsForSegment",
    "patchExpiringUserTargetsForSegment",
)
def test_expiring_targets__of_a_segment__are_told(official: OfficialClient, address: str) -> None:
    a_project(address, "passing")
    segments = vendor.SegmentsApi(official)
    segments.post_segment("passing", "test", vendor.SegmentBody(name="Beta", key="beta"))
    added = vendor.PatchOperation(op="replace", path="/included", value=["ann", "bob"])
    segments.patch_segment("passing", "test", "beta", vendor.PatchWithComment(patch=[added]))
    date: dict[str, Any] = {"targetType": "included", "value": 1_900_000_000_000}
    contexts = [date | {"kind": "addExpiringTarget", "contextKind": "user", "contextKey": "ann"}]
    patched = segments.patch_expiring_targets_for_segment(
        "passing", "test", "beta", vendor.PatchSegmentExpiringTargetInputRep(instructions=contexts)
    )
    assert patched.successful_instructions == 1
    users = [date | {"kind": "addExpireUserTargetDate", "userKey": "bob"}]
    patched = segments.patch_expiring_user_targets_for_segment(
        "passing", "test", "beta", vendor.PatchSegmentRequest(instructions=users)
    )
    assert patched.successful_instructions == 1
    assert len(segments.get_expiring_targets_for_segment("passing", "test", "beta").items) == 2
    assert len(segments.get_expiring_user_targets_for_segment("passing", "test", "beta").items) == 2
