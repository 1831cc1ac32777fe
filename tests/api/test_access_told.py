"""`_access` says of each thing what the caller may do to it, and the server keeps that word."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from api.test_access import ALL_OF_ADMINS, ask
from api.world import OPERATIONS, World

# What is read, the operation that tries it, and the action that this needs.
TOLD: Mapping[str, tuple[str, str]] = {
    "getProject": ("patchProject", "updateProjectName"),
    "getProjects": ("patchProject", "updateProjectName"),
    "getEnvironment": ("patchEnvironment", "updateName"),
    "getEnvironmentsByProject": ("patchEnvironment", "updateName"),
    "getFeatureFlag": ("putFlagSetting", "updateTargets"),
    "getSegment": ("patchSegment", "updateName"),
    "getSegments": ("patchSegment", "updateName"),
    "getApplication": ("patchApplication", "updateApplicationName"),
    "getApplications": ("patchApplication", "updateApplicationName"),
    "getApplicationVersions": ("patchApplicationVersion", "updateApplicationVersionSupport"),
    "getContexts": ("deleteUser", "deleteContextInstance"),
    "searchContexts": ("deleteUser", "deleteContextInstance"),
    "getContextInstances": ("deleteContextInstances", "deleteContextInstance"),
    "searchContextInstances": ("deleteContextInstances", "deleteContextInstance"),
    "getUser": ("deleteUser", "deleteContextInstance"),
    "getUsers": ("deleteUser", "deleteContextInstance"),
    "getSearchUsers": ("deleteUser", "deleteContextInstance"),
    "getRepository": ("patchRepository", "updateCodeRefsRepositoryName"),
    "getRepositories": ("patchRepository", "updateCodeRefsRepositoryName"),
    "getTeam": ("patchTeam", "updateTeamName"),
    "getTeams": ("patchTeam", "updateTeamName"),
    "getCustomRole": ("patchCustomRole", "updateName"),
    "getCustomRoles": ("patchCustomRole", "updateName"),
    "getRelayProxyConfig": ("patchRelayAutoConfig", "updateRelayAutoConfigurationName"),
    "getWebhook": ("patchWebhook", "updateName"),
    "getAllWebhooks": ("patchWebhook", "updateName"),
    "getRelayProxyConfigs": ("patchRelayAutoConfig", "updateRelayAutoConfigurationName"),
}


def told_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every `_access` in an answer."""
    if isinstance(value, dict):
        if "_access" in value:
            yield value["_access"]
        for inner in value.values():
            yield from told_in(inner)
    if isinstance(value, list):
        for inner in value:
            yield from told_in(inner)


@pytest.mark.parametrize("reading", sorted(TOLD))
def test_access__one_action_denied__is_told_with_the_statement_and_kept(
    reading: str, api: Any, world: World
) -> None:
    writing, action = TOLD[reading]
    denial = {"effect": "deny", "resources": ["*", "proj/nowhere"], "actions": [action]}
    caller = api.with_policy([*ALL_OF_ADMINS, denial])
    told = list(told_in(ask(caller, world, OPERATIONS[reading]).json()))
    assert told
    for access in told:
        assert [each["reason"] for each in access["denied"] if each["action"] == action] == [
            denial | {"role_name": "inline role"}
        ]
        assert action not in {each["action"] for each in access["allowed"]}
        assert {each["reason"]["effect"] for each in access["allowed"]} == {"allow"}
    assert ask(caller, world, OPERATIONS[writing]).status_code == 403
    free = list(told_in(ask(api, world, OPERATIONS[reading]).json()))
    assert all(action in {each["action"] for each in access["allowed"]} for access in free)
    assert ask(api, world, OPERATIONS[writing]).status_code < 300


def test_access__nothing_said_of_an_action__is_denied_without_a_statement(api: Any, world: World) -> None:
    caller = api.with_policy([{"effect": "allow", "resources": ["proj/*"], "actions": ["viewProject"]}])
    access = ask(caller, world, OPERATIONS["getProject"]).json()["_access"]
    assert [each["action"] for each in access["allowed"]] == ["viewProject"]
    assert {"action": "deleteProject", "reason": {"effect": "deny"}} in access["denied"]
