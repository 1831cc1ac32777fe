"""Custom roles: policies under a name, and what they let people and tokens do."""

from typing import Any

import pytest

ROLES = "/api/v2/roles"
FLAGS = {"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "actions": ["*"]}


def a_role(api: Any, key: str = "flaggers", **given: Any) -> Any:
    made = api.post(ROLES, {"key": key, "name": key.title(), "policy": [FLAGS], **given})
    assert made.status_code == 201, made.text
    return made.json()


def a_caller(api: Any, *roles: str) -> Any:
    """Somebody with a service token of these roles."""
    made = api.post("/api/v2/tokens", {"serviceToken": True, "customRoleIds": list(roles)})
    assert made.status_code == 201, made.text
    return api.as_token(made.json()["token"])


@pytest.fixture(autouse=True)
def projects(api: Any) -> None:
    for key in ("web", "app"):
        assert api.post("/api/v2/projects", {"key": key, "name": key}).status_code == 201


def test_postCustomRole__key_that_is_taken__answers_409(api: Any) -> None:
    a_role(api)
    assert api.post(ROLES, {"key": "flaggers", "name": "x", "policy": []}).status_code == 409


@pytest.mark.parametrize(
    "policy",
    [
        [{"effect": "allow", "resources": ["proj/"], "actions": ["*"]}],
        [{"effect": "allow", "actions": ["*"]}],
        [{"effect": "allow", "resources": ["*"], "notResources": ["*"], "actions": ["*"]}],
        [{**FLAGS, "resources": ["proj/${roleAttribute/a}:env/${roleAttribute/b}:flag/${roleAttribute/c}"]}],
    ],
)
def test_postCustomRole__policy_that_cannot_be_meant__answers_400(api: Any, policy: Any) -> None:
    refused = api.post(ROLES, {"key": "odd", "name": "Odd", "policy": policy})
    assert refused.status_code == 400
    assert "policy" in refused.text


def test_getCustomRole__key_and_id__lead_to_the_same(api: Any) -> None:
    role = a_role(api)
    assert api.get(f"{ROLES}/{role['_id']}").json() == api.get(f"{ROLES}/flaggers").json()
    assert api.get(f"{ROLES}/nobody").status_code == 404


def test_custom_role__base_permissions__say_what_is_seen(api: Any) -> None:
    reading = a_caller(api, a_role(api)["_id"])
    blind = a_caller(api, a_role(api, "blind", basePermissions="no_access")["_id"])
    assert reading.get("/api/v2/projects/app").status_code == 200
    assert blind.get("/api/v2/projects/app").status_code == 403
    assert blind.post("/api/v2/flags/web", {"key": "new", "name": "New"}).status_code == 201
    assert reading.post("/api/v2/flags/app", {"key": "new", "name": "New"}).status_code == 403


def test_custom_roles__of_one_token__add_up(api: Any) -> None:
    app = {**FLAGS, "resources": ["proj/app:env/*:flag/*"]}
    denied = {**FLAGS, "effect": "deny"}
    both = a_caller(api, a_role(api)["_id"], a_role(api, "others", policy=[app, denied])["_id"])
    for project in ("web", "app"):
        assert both.post(f"/api/v2/flags/{project}", {"key": "new", "name": "New"}).status_code == 201


def test_patchCustomRole__policy__counts_at_once(api: Any) -> None:
    caller = a_caller(api, a_role(api)["_id"])
    assert caller.post("/api/v2/flags/web", {"key": "one", "name": "One"}).status_code == 201
    patch = {"patch": [{"op": "replace", "path": "/policy/0/effect", "value": "deny"}], "comment": "no more"}
    assert api.patch(f"{ROLES}/flaggers", patch).json()["policy"][0]["effect"] == "deny"
    assert caller.post("/api/v2/flags/web", {"key": "two", "name": "Two"}).status_code == 403
    refused, entry = api.get("/api/v2/auditlog").json()["items"][:2]
    assert (entry["comment"], entry["accesses"][0]["action"]) == ("no more", "updatePolicy")
    assert "was refused createFlag on proj/web:env/*:flag/two" in refused["title"]


def test_patchCustomRole__by_its_holder_for_more__answers_403(api: Any) -> None:
    change = {"effect": "allow", "resources": ["role/*"], "actions": ["updatePolicy", "updateName"]}
    holder = a_caller(api, a_role(api, policy=[FLAGS, change])["_id"])
    more = [{"op": "add", "path": "/policy/-", "value": {**FLAGS, "resources": ["*"]}}]
    assert holder.patch(f"{ROLES}/flaggers", more).status_code == 403
    attribute = [
        {"op": "add", "path": "/policy/-", "value": {**FLAGS, "resources": ["proj/${roleAttribute/x}"]}}
    ]
    assert holder.patch(f"{ROLES}/flaggers", attribute).status_code == 403
    less = [{"op": "remove", "path": "/policy/0"}]
    assert holder.patch(f"{ROLES}/flaggers", less).status_code == 200


def test_deleteCustomRole__somebody_holds_it__answers_409(api: Any) -> None:
    role = a_role(api)
    token = api.post("/api/v2/tokens", {"serviceToken": True, "customRoleIds": [role["_id"]]}).json()
    refused = api.delete(f"{ROLES}/flaggers")
    assert (refused.status_code, "1 access tokens" in refused.text) == (409, True)
    assert api.delete(f"/api/v2/tokens/{token['_id']}").status_code == 204
    assert api.delete(f"{ROLES}/flaggers").status_code == 204


def test_postToken__custom_roles_of_more_than_the_caller_has__answers_403(api: Any) -> None:
    role = a_role(api)
    make = {"effect": "allow", "resources": ["service-token/*"], "actions": ["createAccessToken"]}
    maker = a_caller(api, a_role(api, "maker", policy=[make])["_id"])
    body = {"serviceToken": True, "customRoleIds": [role["_id"]]}
    assert maker.post("/api/v2/tokens", body).status_code == 403
