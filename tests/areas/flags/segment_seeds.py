"""Segments as tests need them, made through the API."""

from typing import Any

from areas.flags.seeds import SEMANTIC

SEGMENTS = "/api/v2/segments/web/production"


def a_segment(api: Any, key: str = "beta", **given: Any) -> dict[str, Any]:
    response = api.post(SEGMENTS, json={"key": key, "name": key.title()} | given)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def ask_of(api: Any, *instructions: dict[str, Any], key: str = "beta", **query: str) -> Any:
    """A semantic patch of a segment."""
    path = f"{SEGMENTS}/{key}"
    return api.patch(path, json={"instructions": list(instructions)}, headers=SEMANTIC, params=query)


def changed(api: Any, *instructions: dict[str, Any], key: str = "beta") -> dict[str, Any]:
    """The segment as it is then."""
    response = ask_of(api, *instructions, key=key)
    assert response.status_code == 200, response.text
    segment: dict[str, Any] = response.json()
    return segment


def clause_on(key: str) -> dict[str, Any]:
    """Asks for a segment."""
    return {"attribute": "", "op": "segmentMatch", "values": [key], "contextKind": "user"}


STAFF = {"attribute": "email", "op": "endsWith", "values": ["@acme.io"], "contextKind": "user"}
