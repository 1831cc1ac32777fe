"""Scanned code as tests need it, told through the API as a scanner tells it."""

from typing import Any

REPOSITORIES = "/api/v2/code-refs/repositories"
SHOP = f"{REPOSITORIES}/shop"
MAIN = f"{SHOP}/branches/main"
SYNCED = 1_782_900_000_000


def a_repository(api: Any, name: str = "shop", **given: Any) -> dict[str, Any]:
    response = api.post(REPOSITORIES, json={"name": name} | given)
    assert response.status_code == 200, response.text
    made: dict[str, Any] = response.json()
    return made


def a_hunk(flag_key: str, line: int = 1, **given: Any) -> dict[str, Any]:
    lines = f"before\nvariation('{flag_key}')\nafter"
    return {"startingLineNumber": line, "lines": lines, "projKey": "web", "flagKey": flag_key} | given


def a_scan(*files: tuple[str, list[dict[str, Any]]], **given: Any) -> dict[str, Any]:
    """A scan of `main` that found these hunks, by the path of their file."""
    references = [{"path": path, "hunks": hunks} for path, hunks in files]
    return {"name": "main", "head": "c0ffee", "syncTime": SYNCED, "references": references} | given


def scanned(api: Any, *files: tuple[str, list[dict[str, Any]]], path: str = MAIN, **given: Any) -> None:
    response = api.put(path, json=a_scan(*files, **given))
    assert (response.status_code, response.content) == (200, b""), response.text


def an_extinction(flag_key: str, revision: str = "c0ffee", **given: Any) -> dict[str, Any]:
    told = {"revision": revision, "message": f"Remove {flag_key}", "time": SYNCED}
    return told | {"projKey": "web", "flagKey": flag_key} | given


def shown(branch: dict[str, Any]) -> dict[str, list[str]]:
    """The flags that each file of a branch mentions."""
    return {each["path"]: [hunk["flagKey"] for hunk in each["hunks"]] for each in branch["references"]}
