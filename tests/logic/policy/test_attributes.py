"""Role attributes are filled in, and what they leave out lets nobody do more."""

from typing import Any

import pytest

from daybreak.logic.policy.attributes import fill_in, names_of_attributes

PROJECT = "proj/${roleAttribute/project}:env/*"
BOTH = "proj/${roleAttribute/project}:env/${roleAttribute/env}"
WEB, APP = {"project": ["web"]}, {"project": ["web", "app"], "env": ["test"]}


def allow(**given: Any) -> dict[str, Any]:
    return {"effect": "allow", "actions": ["*"], **given}


def deny(**given: Any) -> dict[str, Any]:
    return {"effect": "deny", "actions": ["*"], **given}


def test_names_of_attributes__each__once() -> None:
    assert names_of_attributes(f"{BOTH}:flag/${{roleAttribute/env}}") == ["project", "env"]
    assert names_of_attributes("proj/$roleAttribute/x") == []


@pytest.mark.parametrize(
    ("statement", "attributes", "expected"),
    [
        (allow(resources=[PROJECT]), WEB, [allow(resources=["proj/web:env/*"])]),
        (
            allow(resources=[BOTH, "acct"]),
            APP,
            [allow(resources=["proj/web:env/test", "proj/app:env/test", "acct"])],
        ),
        (allow(resources=[PROJECT]), {}, []),
        (allow(resources=[PROJECT, "acct"]), {}, [allow(resources=["acct"])]),
        (deny(resources=[PROJECT]), {}, []),
        (allow(notResources=[PROJECT]), WEB, [allow(notResources=["proj/web:env/*"])]),
        (allow(notResources=[PROJECT]), {}, []),
        (allow(notResources=[PROJECT, "acct"]), {}, []),
        (deny(notResources=[PROJECT, "acct"]), {}, [deny(notResources=["acct"])]),
        (deny(notResources=[PROJECT]), {}, [deny(resources=["*"], notResources=[])]),
    ],
)
def test_fill_in__statement__says_what_is_known(
    statement: dict[str, Any], attributes: dict[str, list[str]], expected: list[dict[str, Any]]
) -> None:
    assert fill_in([statement], attributes) == expected
