"""Members, teams and custom roles of the account that requests are made to."""

from collections.abc import Mapping
from typing import Any

from daybreak.platform.columns import Json

_FLAGS_OF_WEB = {"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "actions": ["*"]}
_OF_ATTRIBUTE = {"effect": "allow", "resources": ["proj/${roleAttribute/project}"], "notActions": ["delete*"]}

BODIES: Mapping[str, Json] = {
    "postCustomRole": {
        "key": "operators",
        "name": "Operators",
        "description": "",
        "policy": [_FLAGS_OF_WEB, _OF_ATTRIBUTE],
        "basePermissions": "no_access",
        "resourceCategory": "project",
    },
    "patchCustomRole": [{"op": "replace", "path": "/name", "value": "Changed"}],
    "postMembers": [
        {
            "email": "dee@example.com",
            "password": "a long enough one",
            "firstName": "Dee",
            "lastName": "Doe",
            "role": "writer",
            "customRoles": ["releasers"],
            "teamKeys": ["crew"],
            "roleAttributes": {"project": ["web"]},
        }
    ],
    "createOAuth2Client": {
        "name": "Release board",
        "redirectUri": "https://board.example/back",
        "description": "",
    },
    "patchOAuthClient": [{"op": "replace", "path": "/name", "value": "Changed"}],
    "patchMembers": {
        "instructions": [{"kind": "replaceAllMembersRoles", "value": "writer", "filterRoles": "admin"}],
        "comment": "more hands",
    },
    "patchMember": [{"op": "replace", "path": "/role", "value": "writer"}],
    "postMemberTeams": {"teamKeys": ["crew"]},
    "postTeam": {
        "key": "second-crew",
        "name": "Second crew",
        "description": "",
        "customRoleKeys": ["releasers"],
        "memberIDs": [],
        "permissionGrants": [{"actionSet": "maintainTeam", "memberIDs": []}],
        "roleAttributes": {"project": ["web"]},
    },
    "patchTeam": {"instructions": [{"kind": "updateName", "value": "Changed"}], "comment": "better"},
    "patchTeams": {
        "instructions": [{"kind": "addAllMembersToTeams", "teamKeys": ["crew"], "filterRoles": "admin"}],
        "comment": "all hands",
    },
}

_EMAILS = b"email\r\nbo@example.com\r\n"
UPLOADS: Mapping[str, tuple[bytes, str]] = {
    "postTeamMembers": (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="crew.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\n" + _EMAILS + b"\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    )
}

NAMES = {"customRoleKey": "visitors", "teamKey": "crew"}


def people(api: Any) -> str:
    """A role, a team that shares it, and a member, whose id is returned."""
    role = {"key": "releasers", "name": "Releasers", "policy": [_FLAGS_OF_WEB]}
    assert api.post("/api/v2/roles", json=role).status_code == 201
    assert api.post("/api/v2/roles", json=role | {"key": "visitors"}).status_code == 201
    crew = {"key": "crew", "name": "Crew", "customRoleKeys": ["releasers"]}
    assert api.post("/api/v2/teams", json=crew).status_code == 201
    made = api.post("/api/v2/members", json=[{"email": "bo@example.com", "role": "reader"}])
    assert made.status_code == 201
    id: str = made.json()["items"][0]["_id"]
    return id


def an_oauth_client(api: Any) -> str:
    """Its id."""
    made = api.post("/api/v2/oauth/clients", json=BODIES["createOAuth2Client"])
    assert made.status_code == 201
    id: str = made.json()["_clientId"]
    return id
