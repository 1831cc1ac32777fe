"""Roles that name thousands of resources: what they show is asked of the database all the same."""

from collections.abc import Sequence
from typing import Any

import pytest

MANY = 1_200
A_STATEMENT_NAMES = 500


def statements(effect: str, resources: Sequence[str]) -> list[dict[str, Any]]:
    """As many as it takes to name all of them."""
    return [
        {"effect": effect, "resources": list(resources[start : start + A_STATEMENT_NAMES]), "actions": ["*"]}
        for start in range(0, len(resources), A_STATEMENT_NAMES)
    ]


@pytest.mark.parametrize(
    "written",
    ["proj/web:env/*:flag/a*b{}", "proj/p{}:env/*:flag/*", "proj/*:env/*:flag/a{};eu,beta"],
    ids=["patterns", "projects", "keys and tags"],
)
def test_list__role_of_thousands_of_specifiers__is_narrowed_all_the_same(api: Any, written: str) -> None:
    for key in ("web", "shop"):
        api.post("/api/v2/projects", {"key": key, "name": key})
        for flag in ("dark", "a1", "light"):
            api.post(f"/api/v2/flags/{key}", {"key": flag, "name": flag, "tags": ["eu"]})
    named = [written.format(number) for number in range(MANY)]
    allowed = statements("allow", ["proj/web", "proj/web:env/*:flag/dark", *named])
    assert keys_of(api.with_policy(allowed).get("/api/v2/flags/web")) == ["dark"]
    denied = statements("allow", ["proj/*", "proj/*:env/*:flag/*"]) + statements(
        "deny", ["proj/*:env/*:flag/*t", *named]
    )
    assert keys_of(api.with_policy(denied).get("/api/v2/flags/web")) == ["a1", "dark"]


def keys_of(page: Any) -> list[str]:
    return sorted(each["key"] for each in page.json()["items"])
