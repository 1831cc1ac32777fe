"""Members, teams and custom roles through the official client."""

from pathlib import Path
from typing import Any

import launchdarkly_api

from contract.official import OfficialClient, exercises
from contract.seeds import a_member, a_role

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api

RELEASES = {"effect": "allow", "resources": ["proj/shop:env/production:flag/*"], "actions": ["updateOn"]}


@exercises("postCustomRole", "getCustomRoles", "getCustomRole", "patchCustomRole", "deleteCustomRole")
def test_custom_roles__life_of_one__is_told(official: OfficialClient) -> None:
    roles = vendor.CustomRolesApi(official)
    body = vendor.CustomRolePost(name="Releasers", key="releasers", policy=[vendor.StatementPost(**RELEASES)])
    id = roles.post_custom_role(body).id
    assert roles.get_custom_role(id).key == "releasers"
    patch = vendor.PatchOperation(op="add", path="/policy/0", value={**RELEASES, "effect": "deny"})
    after = roles.patch_custom_role("releasers", vendor.PatchWithComment(patch=[patch], comment="less"))
    assert [statement.effect for statement in after.policy] == ["deny", "allow"]
    listed = {role.key: role for role in roles.get_custom_roles(limit=1000, offset=0).items}
    assert listed["releasers"].assigned_to.members_count == 0
    roles.delete_custom_role("releasers")
    assert "releasers" not in {role.key for role in roles.get_custom_roles().items}


@exercises("postMembers", "getMembers", "getMember", "patchMember", "patchMembers", "deleteMember")
def test_members__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    members = vendor.AccountMembersApi(official)
    role_id = a_role(address, "of-members")
    form = vendor.NewMemberForm(
        email="ann@example.com", role="reader", first_name="Ann", role_attributes={"project": ["web"]}
    )
    [ann] = members.post_members([form]).items
    assert (ann.pending_invite, ann.role) == (True, "reader")
    patch = vendor.PatchOperation(op="add", path="/customRoles/0", value="of-members")
    assert members.patch_member(ann.id, [patch]).custom_roles == [role_id]
    page = members.get_members(
        limit=5, offset=0, filter="role:of-members,query:ANN", expand="roleAttributes", sort="displayName"
    )
    assert [(member.email, member.role_attributes) for member in page.items] == [
        ("ann@example.com", {"project": ["web"]})
    ]
    instruction = {"kind": "replaceMembersRoles", "value": "writer", "memberIDs": [ann.id]}
    bulk = members.patch_members(vendor.MembersPatchInput(instructions=[instruction]))
    assert (bulk.members, bulk.errors) == ([ann.id], [])
    assert members.get_member(ann.id, expand="roleAttributes").role == "writer"
    members.delete_member(ann.id)
    assert members.get_members(filter="query:ann").items == []


@exercises(
    "postTeam",
    "getTeams",
    "getTeam",
    "patchTeam",
    "patchTeams",
    "postTeamMembers",
    "postMemberTeams",
    "getTeamMaintainers",
    "getTeamRoles",
    "deleteTeam",
)
def test_teams__life_of_one__is_told(official: OfficialClient, address: str, tmp_path: Path) -> None:
    teams = vendor.TeamsApi(official)
    a_role(address, "of-teams")
    bea, cy, dee, eve = (a_member(address, f"{name}@example.com") for name in ("bea", "cy", "dee", "eve"))
    body = vendor.TeamPostInput(key="crew", name="Crew", custom_role_keys=["of-teams"], member_ids=[bea])
    made = teams.post_team(body, expand="members,roles,maintainers,projects")
    assert (made.members.total_count, made.roles.items[0].key) == (1, "of-teams")
    instructions = [
        {"kind": "addPermissionGrants", "actionSet": "maintainTeam", "memberIDs": [bea]},
        {"kind": "addRoleAttribute", "key": "project", "values": ["web"]},
    ]
    changed = teams.patch_team(
        "crew", vendor.TeamPatchInput(instructions=instructions, comment="more"), expand="roleAttributes"
    )
    assert (changed.version, changed.role_attributes) == (2, {"project": ["web"]})
    emails = tmp_path / "crew.csv"
    emails.write_text("cy@example.com\n")
    assert [item.status for item in teams.post_team_members("crew", file=str(emails)).items] == ["success"]
    members = vendor.AccountMembersApi(official)
    joined = members.post_member_teams(dee, vendor.MemberTeamsPostInput(team_keys=["crew"]))
    assert [team.key for team in joined.teams] == ["crew"]
    bulk = vendor.TeamsPatchInput(
        instructions=[{"kind": "addMembersToTeams", "memberIDs": [eve], "teamKeys": ["crew"]}]
    )
    assert vendor.TeamsBetaApi(official).patch_teams(bulk).team_keys == ["crew"]
    assert teams.get_team("crew", expand="members").members.total_count == len({bea, cy, dee, eve})
    [team] = teams.get_teams(limit=5, offset=0, filter="query:CREW,nomembers:false", expand="members").items
    assert team.key == "crew"
    assert [m.id for m in teams.get_team_maintainers("crew", limit=5, offset=0).items] == [bea]
    assert [role.key for role in teams.get_team_roles("crew", limit=5, offset=0).items] == ["of-teams"]
    teams.delete_team("crew")
    assert teams.get_teams(filter="query:crew").items == []


@exercises(
    "createOAuth2Client", "getOAuthClients", "getOAuthClientById", "patchOAuthClient", "deleteOAuthClient"
)
def test_oauth_clients__life_of_one__is_told(official: OfficialClient) -> None:
    clients = vendor.OAuth2ClientsApi(official)
    body = vendor.OauthClientPost(name="Board", redirect_uri="https://board.example/back", description="all")
    made = clients.create_o_auth2_client(body)
    assert made.client_secret
    shown = clients.get_o_auth_client_by_id(made.client_id)
    assert (shown.name, shown.description, shown.client_secret) == ("Board", "all", None)
    patch = [vendor.PatchOperation(op="replace", path="/redirectUri", value="http://127.0.0.1:8080/back")]
    assert clients.patch_o_auth_client(made.client_id, patch).redirect_uri == "http://127.0.0.1:8080/back"
    assert made.client_id in {client.client_id for client in clients.get_o_auth_clients().items}
    clients.delete_o_auth_client(made.client_id)
    assert made.client_id not in {client.client_id for client in clients.get_o_auth_clients().items}
