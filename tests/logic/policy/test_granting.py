"""Nobody hands out rights that they do not have."""

import pytest

from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.granting import covers
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.logic.policy.statement import parse_statements

FLAGS = {"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "actions": ["updateOn", "updateRules"]}
NO_TEST = {"effect": "deny", "resources": ["proj/web:env/test:flag/*"], "actions": ["*"]}


def policy(*statements: object) -> Policy:
    return Policy("written", parse_statements(list(statements)))


@pytest.mark.parametrize(
    ("giver", "given", "is_covered"),
    [
        ("admin", "admin", True),
        ("admin", "owner", False),
        ("owner", "owner", True),
        ("owner", "admin", True),
        ("writer", "admin", False),
        ("writer", "writer", True),
        ("writer", "reader", True),
        ("reader", "writer", False),
        ("no_access", "reader", False),
        ("reader", "no_access", True),
    ],
)
def test_covers__built_in_roles__are_ordered(giver: str, given: str, *, is_covered: bool) -> None:
    assert covers([BUILT_IN_ROLES[giver]], BUILT_IN_ROLES[given]) is is_covered


@pytest.mark.parametrize(
    ("giver", "given", "is_covered"),
    [
        ([FLAGS], [FLAGS], True),
        ([FLAGS], [{**FLAGS, "actions": ["updateOn"]}], True),
        ([FLAGS], [{**FLAGS, "actions": ["*"]}], False),
        ([FLAGS], [{**FLAGS, "resources": ["proj/*:env/*:flag/*"]}], False),
        ([FLAGS], [], True),
        ([FLAGS], [NO_TEST], True),
        ([FLAGS, NO_TEST], [FLAGS], False),
        ([FLAGS, NO_TEST], [FLAGS, NO_TEST], True),
        ([FLAGS], [FLAGS, NO_TEST], True),
        ([FLAGS], [{"effect": "allow", "notResources": ["proj/web"], "actions": ["updateOn"]}], False),
    ],
)
def test_covers__written_policies__are_compared_word_for_word(
    giver: list[object], given: list[object], *, is_covered: bool
) -> None:
    assert covers([policy(*giver)], policy(*given)) is is_covered


def test_covers__written_policy_of_an_admin__is_covered() -> None:
    assert covers([BUILT_IN_ROLES["admin"]], policy(FLAGS))
    assert not covers([BUILT_IN_ROLES["writer"]], policy(FLAGS))


def test_covers__role_that_is_called_like_a_built_in_one__is_read() -> None:
    false_reader = Policy("reader", policy(FLAGS).statements)
    assert not covers([BUILT_IN_ROLES["writer"]], false_reader)
