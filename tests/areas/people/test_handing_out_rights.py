"""Nobody gets more rights by what they hand out, to others or to themselves. Each test is one who tries."""

from typing import Any

import pytest

from areas.people.members import a_member, a_personal_token, signed_in
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.database import Database

MEMBERS, ROLES, TEAMS, TOKENS = "/api/v2/members", "/api/v2/roles", "/api/v2/teams", "/api/v2/tokens"
EVERYTHING = {"effect": "allow", "resources": ["*"], "actions": ["*"]}
PROJECT = "${roleAttribute/project}"
FLAGS_OF_PROJECT = [{"effect": "allow", "resources": [f"proj/{PROJECT}:env/*:flag/*"], "actions": ["*"]}]
FLAG = {"key": "new", "name": "New"}


def may(actions: list[str], *resources: str) -> dict[str, Any]:
    return {"effect": "allow", "resources": list(resources), "actions": actions}


def a_role(api: Any, key: str, *policy: Any, base: str = "no_access") -> str:
    made = api.post(ROLES, {"key": key, "name": key, "policy": list(policy), "basePermissions": base})
    assert made.status_code == 201, made.text
    return key


def a_team(api: Any, key: str, **given: Any) -> None:
    made = api.post(TEAMS, {"key": key, "name": key, **given})
    assert made.status_code == 201, made.text


def told(api: Any, kind: str, team: str = "crew", **more: Any) -> int:
    status: int = api.patch(f"{TEAMS}/{team}", {"instructions": [{"kind": kind, **more}]}).status_code
    return status


def put(api: Any, path: str, name: str, value: Any) -> int:
    status: int = api.patch(path, [{"op": "replace", "path": f"/{name}", "value": value}]).status_code
    return status


@pytest.fixture(autouse=True)
def projects(api: Any) -> None:
    for key in ("web", "app"):
        assert api.post("/api/v2/projects", {"key": key, "name": key}).status_code == 201


@pytest.mark.parametrize(
    "policy",
    [
        [EVERYTHING],
        [may(["updateAccountOwner"], "acct")],
        [may(["update*"], "*")],
        [{"effect": "allow", "notResources": ["proj/*"], "actions": ["*"]}],
        [{"effect": "allow", "resources": ["acct"], "notActions": ["viewMember"]}],
        [EVERYTHING, {"effect": "deny", "resources": ["acct"], "actions": ["deleteAccount"]}],
    ],
)
def test_admin__policy_that_reaches_what_only_the_owner_may__makes_nobody_the_owner(
    api: Any, database: Database, policy: list[Any]
) -> None:
    id = a_member(api, "ann@example.com", role="admin")
    ann = signed_in(api, database, id)
    role = a_role(ann, "kings", *policy)
    given = {"name": "x", "serviceToken": True}
    made = [
        ann.post(TOKENS, {**given, "inlineRole": policy}).json()["token"],
        ann.post(TOKENS, {**given, "customRoleIds": [role]}).json()["token"],
        # The owner's own token, too: only the role itself hands the account over.
        api.post(TOKENS, {**given, "inlineRole": policy}).json()["token"],
    ]
    assert put(ann, f"{MEMBERS}/{id}", "customRoles", [role]) == 200
    for caller in (ann, a_personal_token(ann, inlineRole=policy), *map(api.as_token, made)):
        assert put(caller, f"{MEMBERS}/{id}", "role", "owner") == 403
    for member in api.get(MEMBERS).json()["items"]:
        assert (member["role"] == "owner") is (member["_id"] == ACCOUNT_ID)


def test_postMemberLink__member_with_more_by_a_team__is_refused(api: Any, database: Database) -> None:
    strong, plain = a_member(api, "bo@example.com", role="no_access"), a_member(api, "cy@example.com")
    granted = a_member(api, "dee@example.com", role="no_access")
    a_team(
        api, "crew", memberIDs=[strong], customRoleKeys=[a_role(api, "web", may(["*"], "proj/web:*/*:*/*"))]
    )
    grant = {"actionSet": "maintainTeam", "memberIDs": [granted]}
    a_team(api, "others", permissionGrants=[grant])
    send = may(["viewMember", "sendPasswordReset"], "member/*")
    helper = signed_in(api, database, a_member(api, "ann@example.com", customRoles=[a_role(api, "h", send)]))
    assert helper.post(f"{MEMBERS}/{strong}/links").status_code == 403
    assert helper.post(f"{MEMBERS}/{granted}/links").status_code == 403
    assert helper.post(f"{MEMBERS}/{plain}/links").status_code == 403
    nobody = a_member(api, "eve@example.com", role="no_access")
    assert helper.post(f"{MEMBERS}/{nobody}/links").status_code == 201


@pytest.mark.parametrize("by", ["oneself", "many", "team", "joining", "new role"])
def test_role_attributes__fill_in_more_than_the_caller_has__are_refused(
    api: Any, database: Database, by: str
) -> None:
    """Whatever the attributes come by, and whatever the role that they fill in comes by."""
    manage = a_role(
        api,
        "managers",
        may(["viewMember", "updateMemberRoleAttributes"], "member/*"),
        may(["viewTeam", "updateTeamRoleAttributes", "updateTeamMembers", "updateTeamCustomRoles"], "team/*"),
    )
    flaggers = a_role(api, "flaggers", *FLAGS_OF_PROJECT)
    by_itself = by in {"team", "joining"}
    id = a_member(api, "ann@example.com", customRoles=[manage, flaggers] if by_itself else [manage])
    start = {"project": ["web"]}
    a_team(api, "own", memberIDs=[id], customRoleKeys=[] if by_itself else [flaggers], roleAttributes=start)
    a_team(api, "crew", memberIDs=[id] if by == "team" else [])
    a_team(api, "wide", roleAttributes={"project": ["*"]})
    ann = signed_in(api, database, id)
    assert ann.post("/api/v2/flags/web", FLAG).status_code == 201
    assert ann.post("/api/v2/flags/app", FLAG).status_code == 403
    wide = {"project": ["*"]}
    if by == "oneself":
        assert put(ann, f"{MEMBERS}/{id}", "roleAttributes", wide) == 403
        assert put(ann, f"{MEMBERS}/{id}", "roleAttributes", {"project": ["web"], "unused": ["*"]}) == 200
    elif by == "many":
        item = {"kind": "replaceMembersRoleAttributes", "value": wide, "memberIDs": [id]}
        assert ann.patch(MEMBERS, {"instructions": [item]}).status_code == 403
    elif by == "team":
        assert told(ann, "addRoleAttribute", key="project", values=["*"]) == 403
        assert told(ann, "addRoleAttribute", key="project", values=["web"]) == 200
    elif by == "joining":
        assert told(ann, "addMembers", "wide", values=[id]) == 403
        assert told(ann, "addMembers", "crew", values=[id]) == 200
    else:
        # The attributes are there before the role is that they fill in.
        other = a_role(api, "others", may(["*"], "proj/${roleAttribute/other}:env/*:flag/*"))
        assert put(api, f"{MEMBERS}/{id}", "roleAttributes", {"other": ["*"]}) == 200
        assert told(ann, "addCustomRoles", "own", values=[other]) == 403
    assert ann.post("/api/v2/flags/app", FLAG).status_code == 403


def test_team__denial_that_came_with_it__is_not_shaken_off(api: Any, database: Database) -> None:
    """Who is denied the projects of their teams may not leave the teams, nor delete them."""
    denied = {"effect": "deny", "resources": [f"proj/{PROJECT}:env/*:flag/*"], "actions": ["*"]}
    manage = may(["viewTeam", "updateTeamMembers", "updateTeamRoleAttributes", "deleteTeam"], "team/*")
    role = a_role(api, "most", may(["*"], "proj/*:env/*:flag/*"), denied, manage)
    id = a_member(api, "ann@example.com", customRoles=[role])
    a_team(api, "crew", memberIDs=[id], roleAttributes={"project": ["app"]})
    ann = signed_in(api, database, id)
    assert told(ann, "removeMembers", values=[id]) == 403
    assert told(ann, "removeRoleAttribute", key="project") == 403
    assert ann.delete(f"{TEAMS}/crew").status_code == 403
    assert ann.post("/api/v2/flags/app", FLAG).status_code == 403
    assert api.delete(f"{TEAMS}/crew").status_code == 204


def test_patchCustomRole__base_permissions__are_counted(api: Any, database: Database) -> None:
    keep = a_role(api, "keepers", may(["*"], "role/*"))
    id = a_member(api, "ann@example.com", customRoles=[keep])
    ann = signed_in(api, database, id)
    production = "/api/v2/projects/web/environments/production"
    assert put(ann, f"{ROLES}/keepers", "basePermissions", "reader") == 403
    assert ann.get(production).status_code == 403
    reading = a_role(api, "readers", may(["*"], "role/*"), base="reader")
    reader = signed_in(api, database, a_member(api, "bo@example.com", customRoles=[reading]))
    assert put(reader, f"{ROLES}/keepers", "basePermissions", "reader") == 200
    assert ann.get(production).status_code == 200


def test_patchCustomRole__attributes_that_are_not_filled_in__count_for_anything(
    api: Any, database: Database
) -> None:
    """What an attribute stands for is said elsewhere: by others, later, or as `*`."""
    policy = [may(["*"], "role/*"), *FLAGS_OF_PROJECT]
    id = a_member(
        api,
        "ann@example.com",
        customRoles=[a_role(api, "mine", *policy)],
        roleAttributes={"project": ["web"], "other": ["app"]},
    )
    ann = signed_in(api, database, id)
    other = may(["*"], "proj/${roleAttribute/other}:env/*:flag/*")
    assert put(ann, f"{ROLES}/mine", "policy", [policy[0], other]) == 403
    whole = signed_in(
        api,
        database,
        a_member(
            api,
            "bo@example.com",
            customRoles=[a_role(api, "all", policy[0], may(["*"], "proj/*:env/*:flag/*"))],
        ),
    )
    assert put(whole, f"{ROLES}/mine", "policy", [policy[0], other]) == 200
    assert ann.post("/api/v2/flags/app", FLAG).status_code == 201


@pytest.mark.parametrize(
    "specifier", ["${roleAttribute/what}", "${roleAttribute/what}/*", "proj/*:e${roleAttribute/what}/*"]
)
def test_postCustomRole__attribute_for_a_type_of_resource__answers_400(api: Any, specifier: str) -> None:
    body = {"key": "odd", "name": "Odd", "policy": [may(["*"], specifier)]}
    refused = api.post(ROLES, body)
    assert (refused.status_code, "stand for keys" in refused.text) == (400, True), refused.text
