"""Nobody hands out rights that they do not have."""

import hypothesis
import pytest
from hypothesis import strategies as st

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.granting import covers
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.logic.policy.statement import parse_statements
from logic.policy.specifiers import ADDRESSES, PATTERNS, SPECIFIERS, WORDS

FLAGS = {"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "actions": ["updateOn", "updateRules"]}
NO_TEST = {"effect": "deny", "resources": ["proj/web:env/test:flag/*"], "actions": ["*"]}

BUT_VIEWING = {"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "notActions": ["view*"]}
ANYTHING = {"effect": "allow", "resources": ["*"], "actions": ["*"]}
NOT_GIVEN_AWAY = {
    "effect": "deny",
    "resources": ["acct"],
    "actions": ["updateAccountOwner", "deleteAccount"],
}


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
        ([FLAGS], [{**FLAGS, "resources": ["proj/web:env/test:flag/a*"]}], True),
        ([FLAGS], [{**FLAGS, "resources": ["proj/web:env/test:flag/a"]}], True),
        ([FLAGS], [{**FLAGS, "resources": ["proj/web:env/*:flag/*;beta"]}], True),
        ([FLAGS, NO_TEST], [{**FLAGS, "resources": ["proj/web:env/live:flag/*"]}], True),
        ([FLAGS, NO_TEST], [FLAGS, {**NO_TEST, "resources": ["proj/web:env/*:flag/*"]}], True),
        ([FLAGS, NO_TEST], [FLAGS, {**NO_TEST, "actions": ["updateOn"]}], False),
        ([FLAGS, NO_TEST], [FLAGS, {**NO_TEST, "resources": ["proj/web:env/test:flag/*;beta"]}], False),
        ([BUT_VIEWING], [{**FLAGS, "actions": ["updateOn"]}], True),
        ([BUT_VIEWING], [{**FLAGS, "actions": ["view*"]}], False),
        ([BUT_VIEWING], [{**BUT_VIEWING, "resources": ["proj/web:env/a:flag/a"]}], True),
    ],
)
def test_covers__written_policies__are_compared_by_what_they_say(
    giver: list[object], given: list[object], *, is_covered: bool
) -> None:
    assert covers([policy(*giver)], policy(*given)) is is_covered


@pytest.mark.parametrize(
    ("given", "is_covered"),
    [
        ([FLAGS], True),
        ([ANYTHING], False),
        ([ANYTHING, {**NOT_GIVEN_AWAY, "actions": ["*"]}], True),
        ([ANYTHING, NOT_GIVEN_AWAY], True),
        ([ANYTHING, {**NOT_GIVEN_AWAY, "actions": ["updateAccountOwner"]}], False),
        ([{**ANYTHING, "actions": ["view*"]}], True),
        ([{**ANYTHING, "actions": ["update*"]}], False),
        ([{**ANYTHING, "resources": ["proj/*", "proj/*:env/*"]}], True),
        ([{**ANYTHING, "resources": ["*/*"]}], False),
        ([{"effect": "allow", "notResources": ["proj/*"], "actions": ["*"]}], False),
        ([{"effect": "allow", "notResources": ["acct"], "actions": ["*"]}], True),
        ([{"effect": "allow", "resources": ["*"], "notActions": ["view*"]}], False),
    ],
)
def test_covers__policy_for_an_admin_to_give__says_nothing_that_is_for_owners(
    given: list[object], *, is_covered: bool
) -> None:
    assert covers([BUILT_IN_ROLES["admin"]], policy(*given)) is is_covered
    assert covers([BUILT_IN_ROLES["owner"]], policy(*given))


def test_covers__written_policy_of_a_writer__administers_nothing() -> None:
    assert covers([BUILT_IN_ROLES["writer"]], policy(FLAGS, {**ANYTHING, "actions": ["view*"]}))
    assert not covers([BUILT_IN_ROLES["writer"]], policy({**ANYTHING, "resources": ["team/*"]}))


def test_covers__role_that_is_called_like_a_built_in_one__is_read() -> None:
    false_reader = Policy("reader", policy({**ANYTHING, "resources": ["team/*"]}).statements)
    assert not covers([BUILT_IN_ROLES["writer"]], false_reader)


def test_covers__more_than_can_be_compared_soon__is_refused_unless_it_is_said_so() -> None:
    def wide(key: str) -> list[object]:
        resources = [f"proj/{key}{number}" for number in range(500)]
        return [{"effect": "allow", "resources": resources, "actions": ["a", "b", "c"]}]

    assert covers([policy(*wide("*"))], policy(*wide("*")))
    assert not covers([policy(*wide("*"))], policy(*wide("a")))
    assert covers([BUILT_IN_ROLES["admin"]], policy(*wide("a")))


STATEMENTS = st.builds(
    lambda effect, resources, actions, listed: {
        "effect": effect,
        ("resources" if listed[0] else "notResources"): resources,
        ("actions" if listed[1] else "notActions"): actions,
    },
    st.sampled_from(["allow", "allow", "deny"]),
    st.lists(SPECIFIERS.map(lambda specifier: specifier.text), min_size=1, max_size=2),
    st.lists(PATTERNS, min_size=1, max_size=2),
    st.tuples(st.booleans(), st.booleans()),
)
POLICIES = st.lists(STATEMENTS, min_size=1, max_size=3).map(lambda statements: policy(*statements))


@hypothesis.given(POLICIES, POLICIES, ADDRESSES, WORDS)
def test_covers__any_two_policies__errs_on_the_safe_side(
    own: Policy, given: Policy, address: Address, action: str
) -> None:
    if covers([own], given) and given.decide(action, address).allowed:
        assert own.decide(action, address).allowed
