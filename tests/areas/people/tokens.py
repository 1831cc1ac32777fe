"""What the tests of access tokens share: tokens to make and to find again, and policies for them."""

from typing import Any

TOKENS = "/api/v2/tokens"
UNKNOWN = f"{TOKENS}/0123456789abcdef01234567"

VIEW_PROJECTS = {"effect": "allow", "resources": ["proj/*"], "actions": ["viewProject"]}
VIEW_ENVIRONMENTS = {"effect": "allow", "resources": ["proj/*:env/*"], "actions": ["viewEnvironment"]}
MAKE_TOKENS = {"effect": "allow", "resources": ["service-token/*"], "actions": ["*"]}
NO_TEST = {"effect": "deny", "resources": ["proj/*:env/test"], "actions": ["*"]}


def create_token(api: Any, **body: Any) -> dict[str, Any]:
    """A service token, if `body` says nothing else, as the answer to its creation shows it."""
    response = api.post(TOKENS, {"name": "a token", "serviceToken": True, **body})
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created


def path_of(token: dict[str, Any]) -> str:
    return f"{TOKENS}/{token['_id']}"


def path_of_caller(api: Any) -> str:
    return f"{TOKENS}/{api.get('/api/v2/caller-identity').json()['tokenId']}"


def actions_logged(api: Any, token: dict[str, Any]) -> set[str]:
    """The actions that the audit log knows of the service token."""
    entries = api.get("/api/v2/auditlog", spec=f"service-token/{token['_id']}", limit=20).json()["items"]
    return {access["action"] for entry in entries for access in entry["accesses"]}
