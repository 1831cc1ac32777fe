"""What the tests of Relay Proxy configurations share: configurations to make and to find again."""

from typing import Any

CONFIGURATIONS = "/api/v2/account/relay-auto-configs"
UNKNOWN = f"{CONFIGURATIONS}/0123456789abcdef01234567"

EVERYTHING = {"effect": "allow", "resources": ["proj/*:env/*"], "actions": ["*"]}
ADMINISTER = {"effect": "allow", "resources": ["relay-proxy-config/*"], "actions": ["*"]}


def covering(*resources: str, effect: str = "allow", **others: list[str]) -> dict[str, Any]:
    """A statement of all actions; without resources it has what else is given."""
    named = {"resources": list(resources)} if resources else {}
    return {"effect": effect, "actions": ["*"], **named, **others}


def seeing(*resources: str) -> dict[str, Any]:
    """A statement of somebody who sees environments."""
    return {"effect": "allow", "resources": list(resources), "actions": ["viewProject"]}


def a_configuration(api: Any, *policy: dict[str, Any], name: str = "edge") -> dict[str, Any]:
    """As the answer to its creation shows it; of all environments where no policy is given."""
    response = api.post(CONFIGURATIONS, {"name": name, "policy": list(policy) or [EVERYTHING]})
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def path_of(configuration: dict[str, Any]) -> str:
    return f"{CONFIGURATIONS}/{configuration['_id']}"
