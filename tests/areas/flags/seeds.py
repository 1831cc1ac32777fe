"""Flags as tests need them, made through the API."""

from typing import Any

FLAGS = "/api/v2/flags/web"
SEMANTIC = {"Content-Type": "application/json; domain-model=launchdarkly.semanticpatch"}


def a_project(api: Any) -> None:
    assert api.post("/api/v2/projects", json={"key": "web", "name": "Web"}).status_code == 201


def a_flag(api: Any, key: str = "checkout", **given: Any) -> dict[str, Any]:
    response = api.post(FLAGS, json={"key": key, "name": key.title()} | given)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def ids(flag: dict[str, Any]) -> list[str]:
    """The ids of the flag's variations."""
    return [variation["_id"] for variation in flag["variations"]]


def instruct(api: Any, *instructions: dict[str, Any], key: str = "checkout", **given: Any) -> Any:
    """A semantic patch in `production`."""
    body = {"environmentKey": "production", "instructions": list(instructions)} | given
    return api.patch(f"{FLAGS}/{key}", json=body, headers=SEMANTIC)


def instructed(api: Any, *instructions: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The flag as it is then."""
    response = instruct(api, *instructions, **given)
    assert response.status_code == 200, response.text
    flag: dict[str, Any] = response.json()
    return flag


def production(flag: dict[str, Any]) -> dict[str, Any]:
    configuration: dict[str, Any] = flag["environments"]["production"]
    return configuration
