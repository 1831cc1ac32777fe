"""Role attributes are filled in, and what they leave out lets nobody do more."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.attributes import (
    fill_in,
    fill_in_with_anything,
    names_of_attributes,
    stands_for_keys,
)
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import parse_statements
from logic.policy.specifiers import ADDRESSES, PATTERNS

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


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (allow(resources=[PROJECT, "acct"]), [allow(resources=["proj/*:env/*", "acct"])]),
        (allow(resources=["proj/*;${roleAttribute/tag}"]), [allow(resources=["proj/*;*"])]),
        (allow(notResources=[PROJECT, "acct"]), [allow(notResources=["acct"])]),
        (allow(notResources=[PROJECT]), [allow(resources=["*"], notResources=[])]),
        (deny(resources=[PROJECT, "acct"]), [deny(resources=["acct"])]),
        (deny(resources=[PROJECT]), []),
        (deny(notResources=[PROJECT, "acct"]), [deny(notResources=["proj/*:env/*", "acct"])]),
    ],
)
def test_fill_in_with_anything__statement__says_what_it_may_permit_at_most(
    statement: dict[str, Any], expected: list[dict[str, Any]]
) -> None:
    assert fill_in_with_anything([statement]) == expected


STATEMENTS = st.builds(
    lambda effect, listed, specifiers: {
        "effect": effect,
        "actions": ["*"],
        ("resources" if listed else "notResources"): specifiers,
    },
    st.sampled_from(["allow", "allow", "deny"]),
    st.booleans(),
    st.lists(
        st.sampled_from(["proj/${roleAttribute/a}", "proj/a${roleAttribute/a}", "*/*", "proj/ab"]),
        min_size=1,
        max_size=2,
    ),
)


@given(st.lists(STATEMENTS, min_size=1, max_size=3), st.lists(PATTERNS, max_size=2), ADDRESSES)
def test_fill_in_with_anything__whatever_the_attributes__permits_no_less(
    statements: list[dict[str, Any]], values: list[str], address: Address
) -> None:
    filled = Policy("filled", parse_statements(fill_in(statements, {"a": values})))
    most = Policy("most", parse_statements(fill_in_with_anything(statements)))
    assert most.decide("x", address).allowed or not filled.decide("x", address).allowed


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        (BOTH, True),
        ("proj/a-${roleAttribute/project};${roleAttribute/tag}", True),
        ("${roleAttribute/what}", False),
        ("${roleAttribute/what}/web", False),
        ("proj${roleAttribute/what}/web", False),
        ("proj/web:${roleAttribute/what}/*", False),
    ],
)
def test_stands_for_keys__type_that_is_filled_in__does_not(specifier: str, *, expected: bool) -> None:
    assert stands_for_keys(specifier) is expected
