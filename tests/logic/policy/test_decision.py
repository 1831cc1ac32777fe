"""Decisions: denials win within a role, permissions win across roles, silence denies."""

from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Decision, Policy, decide
from daybreak.logic.policy.statement import Effect, Statement, parse_statements

WEB = Address.of(("proj", "web"))
API = Address.of(("proj", "api"))


def a_policy(name: str, *statements: tuple[str, str, str]) -> Policy:
    """From (effect, resource, action); a leading `!` negates the resource or the action."""
    return Policy(name, tuple(a_statement(*statement) for statement in statements))


def a_statement(effect: str, resource: str, action: str) -> Statement:
    resources = {"notResources": [resource[1:]]} if resource.startswith("!") else {"resources": [resource]}
    actions = {"notActions": [action[1:]]} if action.startswith("!") else {"actions": [action]}
    (statement,) = parse_statements([{"effect": effect, **resources, **actions}])
    return statement


def test_decide__no_statement_speaks_of_it__is_denied_without_reason() -> None:
    policy = a_policy("builders", ("allow", "proj/web", "createFlag"), ("deny", "proj/web", "deleteFlag"))
    silent = Decision(allowed=False, reason=None, role_name=None)
    assert decide([policy], "createFlag", API) == silent
    assert decide([policy], "updateFlag", WEB) == silent
    assert decide([], "createFlag", WEB) == silent


def test_decide__allowed__names_statement_and_role() -> None:
    policy = a_policy("builders", ("allow", "proj/web", "createFlag"))
    assert decide([policy], "createFlag", WEB) == Decision(
        allowed=True, reason=a_statement("allow", "proj/web", "createFlag"), role_name="builders"
    )


def test_decide__denied_and_allowed_in_one_role__denial_wins_in_any_order() -> None:
    allow, deny = ("allow", "*", "*"), ("deny", "proj/w*", "create*")
    for policy in (a_policy("builders", allow, deny), a_policy("builders", deny, allow)):
        assert decide([policy], "createFlag", WEB) == Decision(
            allowed=False, reason=a_statement(*deny), role_name="builders"
        )
        assert decide([policy], "createFlag", API).allowed


def test_decide__several_roles__most_permissive_wins() -> None:
    silent = a_policy("silent", ("allow", "team/*", "*"))
    strict = a_policy("strict", ("deny", "*", "*"))
    stricter = a_policy("stricter", ("deny", "proj/*", "*"))
    builders = a_policy("builders", ("allow", "proj/web", "*"))
    allowed = decide([silent, strict, builders], "createFlag", WEB)
    assert (allowed.allowed, allowed.role_name) == (True, "builders")
    denied = decide([silent, strict, stricter, builders], "createFlag", API)
    assert (denied.allowed, denied.role_name) == (False, "strict")


def test_decide__negated_statements__cover_the_rest() -> None:
    policy = a_policy("others", ("allow", "!proj/web", "!view*"), ("allow", "!proj/api", "viewProject"))
    assert decide([policy], "createFlag", API).allowed
    assert not decide([policy], "createFlag", WEB).allowed
    assert not decide([policy], "viewProject", API).allowed
    assert decide([policy], "viewProject", WEB).allowed


def test_decide__named_resource_behind_a_wildcard__is_found() -> None:
    policy = a_policy("mode", ("allow", "*/web:env/*:flag/*", "*"), ("deny", "proj/*:env/test:flag/*", "*"))
    assert decide([policy], "updateOn", Address.of(("proj", "web"), ("env", "live"), ("flag", "a"))).allowed
    assert not decide(
        [policy], "updateOn", Address.of(("proj", "web"), ("env", "test"), ("flag", "a"))
    ).allowed


def test_policy__same_name_and_statements__is_the_same_value() -> None:
    statement = ("allow", "*", "*")
    assert a_policy("builders", statement) == a_policy("builders", statement)
    assert a_policy("builders", statement) != a_policy("others", statement)


TYPES = st.sampled_from(["proj", "env", "*"])
KEYS = st.sampled_from(["a", "b", "*", "a*"])
TAGS = st.sampled_from(["", ";t", ";t,u"])
SPECIFIERS = st.one_of(
    st.just("*"),
    st.lists(st.builds("{}/{}{}".format, TYPES, KEYS, TAGS), min_size=1, max_size=2).map(":".join),
)
ACTIONS = st.lists(st.sampled_from(["view", "viewAll", "view*", "*All", "create"]), min_size=1, max_size=3)
STATEMENTS = st.builds(
    lambda effect, resources, actions: parse_statements([dict([effect, resources, actions])])[0],
    st.tuples(st.just("effect"), st.sampled_from(["allow", "deny"])),
    st.tuples(st.sampled_from(["resources", "notResources"]), st.lists(SPECIFIERS, min_size=1, max_size=3)),
    st.tuples(st.sampled_from(["actions", "notActions"]), ACTIONS),
)
SEGMENTS = st.tuples(
    st.sampled_from(["proj", "env"]), st.sampled_from(["a", "b", "ab"]), st.frozensets(st.sampled_from("tu"))
)


@settings(max_examples=300, deadline=None)
@given(
    statements=st.lists(STATEMENTS, max_size=5).map(tuple),
    action=st.sampled_from(["view", "viewAll", "create", "other"]),
    places=st.lists(SEGMENTS, min_size=1, max_size=2),
)
def test_decide__any_policy__agrees_with_trying_every_statement(
    statements: tuple[Statement, ...], action: str, places: list[tuple[str, str, frozenset[str]]]
) -> None:
    address = Address.of(*places)
    covering = [item for item in statements if item.covers_action(action) and item.covers_resource(address)]
    denials = [item for item in covering if item.effect is Effect.DENY]
    decision = decide([Policy("any", statements)], action, address)
    assert decision.allowed is (bool(covering) and not denials)
    if covering:
        assert decision.reason in (denials or covering)
    else:
        assert decision.reason is None
