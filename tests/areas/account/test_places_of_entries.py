"""Where the audit log says that something happened: what was done in one environment is found there."""

from typing import Any

import pytest

FLAG = "/api/v2/flags/web/dark-mode"


def found(api: Any, spec: str) -> list[str]:
    """The actions of the entries about a place, newest first."""
    items = api.get("/api/v2/auditlog", spec=spec).json()["items"]
    return [access["action"] for entry in items for access in entry["accesses"]]


@pytest.fixture
def flag(api: Any) -> str:
    assert api.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
    assert api.post("/api/v2/flags/web", {"key": "dark-mode", "name": "Dark mode"}).status_code == 201
    return FLAG


def patch(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"op": "replace", "path": path, "value": value} for path, value in pairs]


def test_entry__change_in_one_environment__is_found_there(api: Any, flag: str) -> None:
    assert api.patch(flag, patch(("/environments/production/on", True))).status_code == 200
    assert found(api, "proj/web:env/production:flag/*") == ["updateOn"]
    assert found(api, "proj/*:env/*;critical:flag/dark-mode") == ["updateOn"]
    assert found(api, "proj/web:env/test:flag/*") == []
    narrow = [
        {"effect": "allow", "resources": ["proj/web:env/production:flag/*"], "actions": ["viewAuditLog"]}
    ]
    assert found(api.with_policy(narrow), "proj/web:env/*:flag/*") == ["updateOn"]


def test_entry__change_of_the_flag_or_of_two_environments__is_found_with_the_flag(
    api: Any, flag: str
) -> None:
    assert api.patch(flag, patch(("/name", "Darker"))).status_code == 200
    both = patch(("/environments/production/on", True), ("/environments/test/on", True))
    assert api.patch(flag, both).status_code == 200
    assert found(api, "proj/web:env/production:flag/*") == []
    assert found(api, "proj/web:env/*:flag/dark-mode") == ["updateOn", "updateName", "createFlag"]
