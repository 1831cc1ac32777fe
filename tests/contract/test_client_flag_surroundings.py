"""What stands around a flag through the official client: its followers, links and triggers."""

from typing import Any
from urllib.parse import urlsplit

import launchdarkly_api
import requests

from contract.official import OfficialClient, exercises
from contract.seeds import a_flag, a_member, a_project

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api


@exercises("putFlagFollower", "getFlagFollowers", "getFollowersByProjEnv", "deleteFlagFollower")
def test_followers__of_a_flag__are_told(official: OfficialClient, address: str) -> None:
    a_project(address, "followed")
    a_flag(address, "followed", "look")
    ann = a_member(address, "follower@example.com")
    api = vendor.FollowFlagsApi(official)
    api.put_flag_follower("followed", "look", "test", ann)
    assert [member.id for member in api.get_flag_followers("followed", "look", "test").items] == [ann]
    [flag] = api.get_followers_by_proj_env("followed", "test").items
    assert (flag.flag_key, [member.id for member in flag.followers]) == ("look", [ann])
    api.delete_flag_follower("followed", "look", "test", ann)
    assert api.get_followers_by_proj_env("followed", "test").items == []


@exercises("createFlagLink", "getFlagLinks", "updateFlagLink", "deleteFlagLink")
def test_flag_links__life_of_a_link__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "linked")
    a_flag(address, "linked", "look")
    api = vendor.FlagLinksBetaApi(official)
    made = api.create_flag_link(
        "linked",
        "look",
        vendor.FlagLinkPost(key="ticket", deep_link="https://tickets.example/7", metadata={"state": "open"}),
    )
    assert (made.key, made.deep_link, made.metadata) == (
        "ticket",
        "https://tickets.example/7",
        {"state": "open"},
    )
    title = vendor.PatchOperation(op="replace", path="/title", value="Seven")
    assert api.update_flag_link("linked", "look", made.id, [title]).title == "Seven"
    assert [link.title for link in api.get_flag_links("linked", "look").items] == ["Seven"]
    api.delete_flag_link("linked", "look", "ticket")
    assert api.get_flag_links("linked", "look").items == []


@exercises(
    "createTriggerWorkflow",
    "getTriggerWorkflows",
    "getTriggerWorkflowById",
    "patchTriggerWorkflow",
    "deleteTriggerWorkflow",
)
def test_flag_triggers__life_of_a_trigger__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "triggered")
    a_flag(address, "triggered", "look")
    api = vendor.FlagTriggersApi(official)
    place = "triggered", "test", "look"
    new = vendor.TriggerPost(integration_key="generic-trigger", instructions=[{"kind": "turnFlagOn"}])
    made = api.create_trigger_workflow(*place, new)
    fired = requests.post(address + urlsplit(made.trigger_url).path, json={"alert": "high"}, timeout=30)
    assert fired.status_code == 202
    shown = api.get_trigger_workflow_by_id("triggered", "look", "test", made.id)
    assert (shown.trigger_count, shown.recent_trigger_bodies[0].json_body) == (1, {"alert": "high"})
    assert shown.trigger_url != made.trigger_url
    cycled = api.patch_trigger_workflow(
        *place, made.id, vendor.FlagTriggerInput(instructions=[{"kind": "cycleTriggerUrl"}])
    )
    assert cycled.trigger_url not in {made.trigger_url, shown.trigger_url}
    assert requests.post(address + urlsplit(made.trigger_url).path, timeout=30).status_code == 404
    assert [each.id for each in api.get_trigger_workflows(*place).items] == [made.id]
    api.delete_trigger_workflow(*place, made.id)
    assert api.get_trigger_workflows(*place).items == []
