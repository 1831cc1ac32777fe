"""Contexts and users through the official client: what an SDK's events told."""

import time
from collections.abc import Callable
from typing import Any

import launchdarkly_api
import pytest
import requests

from contract.official import OfficialClient, exercises
from contract.seeds import a_project
from system.programs import TOKEN

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api

ANN = {"kind": "user", "key": "ann", "name": "Ann", "plan": "gold"}
BOTH = {"kind": "multi", "user": {"key": "bob", "name": "Bob"}, "org": {"key": "acme"}}
# What is forgotten in one project must not be missing in the other.
OF_CONTEXTS, OF_USERS = "contexts-seen", "users-seen"
INSTANCES = "/api/v2/projects/{projectKey}/environments/{environmentKey}/context-instances"
USER = "/api/v2/users/{projectKey}/{environmentKey}/{userKey}"
ATTRIBUTES = "/api/v2/user-attributes/{projectKey}/{environmentKey}"


def send_events(address: str, project: str) -> dict[str, str]:
    """The names of the place where contexts are learnt from events."""
    mine = f"{address}/api/v2/projects/{project}"
    headers = {"Authorization": TOKEN}
    if requests.get(mine, headers=headers, timeout=30).status_code == 404:
        a_project(address, project)
    key = requests.get(f"{mine}/environments/production", headers=headers, timeout=30).json()["apiKey"]
    events: Any = [{"kind": "index", "creationDate": 1, "context": context} for context in (ANN, BOTH)]
    tags = {"Authorization": key, "X-LaunchDarkly-Tags": "application-id/till"}
    assert requests.post(f"{address}/bulk", json=events, headers=tags, timeout=30).status_code == 202
    return {"projectKey": project, "environmentKey": "production"}


def soon(wanted: Callable[[], bool]) -> bool:
    """Events are written once a second."""
    end = time.monotonic() + 20
    while not wanted():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@exercises(
    "searchContexts",
    "getContexts",
    "searchContextInstances",
    "getContextInstances",
    "deleteContextInstances",
    "getContextAttributeNames",
    "getContextAttributeValues",
    "getContextKindsByProjectKey",
    "putContextKind",
)
def test_contexts__of_events__are_found_and_forgotten(official: OfficialClient, address: str) -> None:
    names = send_events(address, OF_CONTEXTS)
    project, environment = names.values()
    contexts = vendor.ContextsApi(official)
    search = vendor.ContextSearch(filter='kind equals "user"', sort="-ts", limit=10)
    assert soon(lambda: contexts.search_contexts(project, environment, search).total_count == 2)
    by_query = contexts.search_contexts(
        project,
        environment,
        vendor.ContextSearch(),
        limit=1,
        sort="ts",
        filter="user.plan equals gold",
        include_total_count=False,
    )
    assert by_query.items[0].context == ANN
    [one] = contexts.get_contexts(
        project, environment, "org", "acme", limit=5, sort="ts", filter="applicationId equals till"
    ).items
    assert (one.context["key"], one.associated_contexts) == ("acme", 1)
    wanted = {"filter": 'kinds contains ["org"]'}
    [found] = official.call_left_out("POST", f"{INSTANCES}/search", wanted, **names)["items"]
    instance = names | {"id": found["id"]}
    [again] = official.call_left_out("GET", f"{INSTANCES}/{{id}}", **instance)["items"]
    assert again["context"]["user"]["name"] == "Bob"
    attributes = contexts.get_context_attribute_names(
        project, environment, filter="kind equals user", limit=10
    )
    assert {name.name for name in attributes.items[0].names} == {"name", "plan"}
    values = contexts.get_context_attribute_values(project, environment, "plan", limit=10)
    assert [value.name for value in values.items[0].values] == ["gold"]
    payload = vendor.UpsertContextKindPayload(name="Organization", description="Who pays")
    assert contexts.put_context_kind(project, "org", payload).status == "updated"
    kinds = contexts.get_context_kinds_by_project_key(project).items
    assert {(kind.key, kind.created_from) for kind in kinds} == {("user", "default"), ("org", "auto-add")}
    official.call_left_out("DELETE", f"{INSTANCES}/{{id}}", **instance)
    assert contexts.search_contexts(project, environment, search).total_count == 1


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@exercises("getUsers", "getSearchUsers", "getUser", "deleteUser", "getUserAttributeNames")
def test_users__of_events__are_found_and_forgotten(official: OfficialClient, address: str) -> None:
    names = send_events(address, OF_USERS)
    project, environment = names.values()
    users = vendor.UsersApi(official)
    assert soon(lambda: any(item.user.key == "ann" for item in users.get_users(project, environment).items))
    found = users.get_search_users(project, environment, q="ann", limit=5, filter="plan:gold")
    assert [item.user.custom for item in found.items] == [{"plan": "gold"}]
    assert users.get_user(project, environment, "ann").user.name == "Ann"
    assert official.call_left_out("GET", ATTRIBUTES, **names)["custom"] == ["plan"]
    official.call_left_out("DELETE", USER, userKey="ann", **names)
    assert users.get_search_users(project, environment, q="ann").items == []
