"""Teams: members who share roles, and those who look after them."""

from typing import Any

import pytest

from areas.people.members import a_member, signed_in
from daybreak.platform.database import Database
from statements import count_statements

TEAMS = "/api/v2/teams"
FLAGS = {"effect": "allow", "resources": ["proj/${roleAttribute/project}:env/*:flag/*"], "actions": ["*"]}


def a_team(api: Any, key: str = "crew", **given: Any) -> Any:
    made = api.post(TEAMS, {"key": key, "name": key.title(), **given})
    assert made.status_code == 201, made.text
    return made.json()


def a_role(api: Any, key: str = "flaggers", **given: Any) -> None:
    body = {"key": key, "name": key, "policy": [FLAGS], "basePermissions": "no_access", **given}
    assert api.post("/api/v2/roles", body).status_code == 201


def told(api: Any, *instructions: dict[str, Any], key: str = "crew", expand: str = "") -> Any:
    return api.patch(f"{TEAMS}/{key}?expand={expand}", {"instructions": list(instructions)})


def test_team__role_with_attributes__lets_its_members_do_what_it_says(api: Any, database: Database) -> None:
    for project in ("web", "app"):
        api.post("/api/v2/projects", {"key": project, "name": project})
    a_role(api)
    id = a_member(api, "ann@example.com")
    ann = signed_in(api, database, id)
    flag = {"key": "new", "name": "New"}
    assert ann.post("/api/v2/flags/web", flag).status_code == 403
    a_team(api, memberIDs=[id], customRoleKeys=["flaggers"], roleAttributes={"project": ["web"]})
    assert ann.post("/api/v2/flags/web", flag).status_code == 201
    assert ann.post("/api/v2/flags/app", flag).status_code == 403
    assert told(api, {"kind": "removeMembers", "values": [id]}).status_code == 200
    assert ann.post("/api/v2/flags/web", {"key": "two", "name": "Two"}).status_code == 403


def test_postTeam__projects__are_those_it_may_change_something_in(api: Any) -> None:
    for project in ("web", "app"):
        api.post("/api/v2/projects", {"key": project, "name": project.title()})
    a_role(api)
    a_role(api, "viewers", policy=[{"effect": "allow", "resources": ["proj/*"], "actions": ["viewProject"]}])
    body: dict[str, Any] = {"key": "crew", "name": "Crew", "customRoleKeys": ["flaggers", "viewers"]}
    body["roleAttributes"] = {"project": ["w*"]}
    projects = api.post(f"{TEAMS}?expand=projects", body).json()["projects"]
    assert [project["key"] for project in projects["items"]] == ["web"]
    assert api.post(f"{TEAMS}?expand=nothing", {"key": "x", "name": "x"}).status_code == 400


def test_patchTeam__instructions__are_followed_all_or_none(api: Any) -> None:
    ann, bo = a_member(api, "ann@example.com"), a_member(api, "bo@example.com")
    a_role(api)
    a_team(api, memberIDs=[ann])
    grant = {"kind": "addPermissionGrants", "actions": ["updateTeamName"], "memberIDs": [bo]}
    after = told(
        api,
        {"kind": "replaceMembers", "values": [bo, bo]},
        {"kind": "addCustomRoles", "values": ["flaggers"]},
        {"kind": "addRoleAttribute", "key": "project", "values": ["web"]},
        {"kind": "updateRoleAttribute", "key": "project", "values": ["app"]},
        {"kind": "updateName", "value": "The crew"},
        {"kind": "updateDescription", "value": "All of us"},
        grant,
        expand="members,roles,roleAttributes",
    ).json()
    assert (after["name"], after["description"], after["_version"]) == ("The crew", "All of us", 2)
    assert (after["members"]["totalCount"], after["roleAttributes"]) == (1, {"project": ["app"]})
    assert api.get(f"/api/v2/members/{bo}").json()["permissionGrants"] == [
        {"resource": "team/crew", "actions": ["updateTeamName"]}
    ]
    undone = told(
        api,
        {**grant, "kind": "removePermissionGrants"},
        {"kind": "removeCustomRoles", "values": ["flaggers"]},
        {"kind": "removeRoleAttribute", "key": "project"},
        {"kind": "replaceRoleAttributes", "value": {"a": ["b"]}},
        {"kind": "removeMembers", "values": [bo]},
        expand="members,roles,roleAttributes",
    ).json()
    assert (undone["members"]["totalCount"], undone["roles"]["items"]) == (0, [])
    assert undone["roleAttributes"] == {"a": ["b"]}
    refused = told(
        api, {"kind": "updateName", "value": "Never"}, {"kind": "addMembers", "values": ["f" * 24]}
    )
    assert refused.status_code == 400
    assert api.get(f"{TEAMS}/crew").json()["name"] == "The crew"


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "addCustomRoles", "values": ["nothing"]},
        {"kind": "addRoleAttribute", "key": "a", "values": ["x:y"]},
        {"kind": "updateRoleAttribute", "key": "unknown", "values": ["x"]},
        {"kind": "addPermissionGrants", "memberIDs": []},
        {"kind": "addPermissionGrants", "actions": ["maintainTeam"], "memberIDs": []},
        {"kind": "promote"},
    ],
)
def test_patchTeam__instruction_that_cannot_be_meant__answers_400(api: Any, instruction: Any) -> None:
    a_team(api)
    assert told(api, instruction).status_code == 400


def test_maintainer__may_look_after_the_team__not_more(api: Any, database: Database) -> None:
    ann, bo = a_member(api, "ann@example.com"), a_member(api, "bo@example.com")
    a_role(api)
    a_team(api, permissionGrants=[{"actionSet": "maintainTeam", "memberIDs": [ann]}])
    a_team(api, "others")
    maintainer = signed_in(api, database, ann)
    assert told(maintainer, {"kind": "addMembers", "values": [bo]}).status_code == 200
    assert told(maintainer, {"kind": "updateName", "value": "Ours"}).status_code == 200
    assert told(maintainer, {"kind": "addCustomRoles", "values": ["flaggers"]}).status_code == 403
    assert told(maintainer, {"kind": "updateName", "value": "Ours"}, key="others").status_code == 403
    api.patch(f"/api/v2/members/{ann}", [{"op": "add", "path": "/roleAttributes/project", "value": ["web"]}])
    told(api, {"kind": "addCustomRoles", "values": ["flaggers"]})
    # Joining would give what the maintainer does not have.
    assert told(maintainer, {"kind": "addMembers", "values": [ann]}).status_code == 403
    assert [m["_id"] for m in api.get(f"{TEAMS}/crew/maintainers").json()["items"]] == [ann]


def upload(api: Any, text: str) -> Any:
    return api.request("POST", f"{TEAMS}/crew/members", files={"file": ("crew.csv", text, "text/csv")})


def test_postTeamMembers__file_of_emails__adds_all_or_none(api: Any) -> None:
    a_member(api, "ann@example.com")
    a_member(api, "bo@example.com")
    a_team(api)
    some = upload(api, "email\nann@example.com\n\nnobody@example.com\nann@example.com\nwhat\n")
    assert some.status_code == 207
    assert [item.get("message", item["status"]) for item in some.json()["items"]] == [
        "success",
        "Line 3: empty row",
        "Line 4: email does not belong to a member",
        "Line 5: duplicate entry",
        "Line 6: invalid email formatting",
    ]
    assert api.get(f"{TEAMS}/crew?expand=members").json()["members"]["totalCount"] == 0
    assert upload(api, "ANN@example.com,x\nbo@example.com").status_code == 201
    assert api.get(f"{TEAMS}/crew?expand=members").json()["members"]["totalCount"] == 2
    refusals = {
        "ann@example.com": "All emails belong to existing team members",
        "nobody@example.com": "No emails belong",
        "what": "All emails have invalid formatting",
        "": "File is empty",
    }
    for text, message in refusals.items():
        refused = upload(api, text)
        assert (refused.status_code, message in refused.text) == (400, True), refused.text


def test_patchTeams__one_is_missing__tells_which(api: Any) -> None:
    ann = a_member(api, "ann@example.com")
    a_team(api)
    body = [{"kind": "addMembersToTeams", "memberIDs": [ann], "teamKeys": ["crew", "nowhere"]}]
    answer = api.patch(TEAMS, {"instructions": body}).json()
    assert (answer["memberIDs"], answer["teamKeys"]) == ([ann], ["crew"])
    assert list(answer["errors"][0]) == ["nowhere"]


def test_deleteTeam__roles__are_held_no_longer(api: Any) -> None:
    a_role(api)
    a_team(api, customRoleKeys=["flaggers"])
    assert api.delete(f"{TEAMS}/crew").status_code == 204
    assert api.delete("/api/v2/roles/flaggers").status_code == 204


def test_getTeams__twenty_for_one__as_many_queries(api: Any, database: Database) -> None:
    everything = "members,roles,roleAttributes,projects,maintainers"
    a_team(api)
    for_one = count_statements(database, lambda: api.get(TEAMS, expand=everything))
    for number in range(19):
        a_team(api, f"team-{number}")
    assert count_statements(database, lambda: api.get(TEAMS, expand=everything)) == for_one
