"""Statements: what is accepted, what is refused and why, and what one statement covers."""

import pytest

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.statement import (
    Effect,
    Statement,
    StatementInvalid,
    parse_statements,
    represent_statement,
)

ALLOW = {"effect": "allow", "resources": ["proj/*"], "actions": ["*"]}


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (ALLOW, "a policy is a list of statements"),
        (["allow"], "statement 0 is not an object"),
        (
            [ALLOW, {**ALLOW, "effect": "Allow"}],
            "statement 1: effect must be one of allow, deny, not 'Allow'",
        ),
        (
            [{"resources": ["*"], "actions": ["*"]}],
            "statement 0: effect must be one of allow, deny, not None",
        ),
        ([{**ALLOW, "notResources": ["*"]}], "statement 0: give either resources or notResources"),
        ([{**ALLOW, "resources": []}], "statement 0: give either resources or notResources"),
        ([{**ALLOW, "notActions": ["*"]}], "statement 0: give either actions or notActions"),
        ([{**ALLOW, "actions": None}], "statement 0: give either actions or notActions"),
        ([{**ALLOW, "actions": "*"}], "statement 0: actions must be a list of strings"),
        ([{**ALLOW, "actions": [""]}], "statement 0: actions must be a list of strings that are not empty"),
        ([{**ALLOW, "resources": ["proj/*", 1]}], "statement 0: resources must be a list of strings"),
        (
            [ALLOW, {**ALLOW, "resources": ["proj"]}],
            "statement 1: 'proj': 'proj' needs a key, as in 'proj/*'",
        ),
    ],
)
def test_parse_statements__malformed__says_where_and_why(statements: object, message: str) -> None:
    with pytest.raises(StatementInvalid) as invalid:
        parse_statements(statements)
    assert message in str(invalid.value)


@pytest.mark.parametrize(
    "statement",
    [
        {"effect": "allow", "resources": ["proj/*", "acct"], "actions": ["view*", "createFlag"]},
        {"effect": "deny", "notResources": ["proj/*;beta"], "notActions": ["view*"]},
    ],
)
def test_represent_statement__parsed_before__gives_the_same_json(statement: dict[str, object]) -> None:
    (parsed,) = parse_statements([statement])
    assert represent_statement(parsed) == statement


def test_parse_statements__empty_or_null_counterparts__are_the_same_as_absent() -> None:
    padded = {**ALLOW, "notResources": [], "notActions": None, "comment": "ignored"}
    assert parse_statements([padded]) == parse_statements([ALLOW])
    assert parse_statements([]) == ()


def test_statement__built_without_resources__is_refused() -> None:
    with pytest.raises(StatementInvalid):
        Statement(Effect.ALLOW)


@pytest.mark.parametrize(
    ("statement", "action", "is_covered"),
    [
        ({"actions": ["createFlag"]}, "createFlag", True),
        ({"actions": ["createFlag"]}, "createflag", False),
        ({"actions": ["update*", "view*"]}, "viewProject", True),
        ({"actions": ["update*On"]}, "updateOn", True),
        ({"notActions": ["view*"]}, "viewProject", False),
        ({"notActions": ["view*"]}, "createFlag", True),
    ],
)
def test_covers_action__named_or_negated__says_whether(
    statement: dict[str, object], action: str, *, is_covered: bool
) -> None:
    (parsed,) = parse_statements([{"effect": "allow", "resources": ["*"], **statement}])
    assert parsed.covers_action(action) is is_covered


@pytest.mark.parametrize(
    ("statement", "is_covered"),
    [
        ({"resources": ["proj/web"]}, True),
        ({"resources": ["team/*", "proj/w*"]}, True),
        ({"resources": ["proj/api"]}, False),
        ({"notResources": ["proj/web"]}, False),
        ({"notResources": ["team/*", "proj/api"]}, True),
    ],
)
def test_covers_resource__named_or_negated__says_whether(
    statement: dict[str, object], *, is_covered: bool
) -> None:
    (parsed,) = parse_statements([{"effect": "allow", "actions": ["*"], **statement}])
    assert parsed.covers_resource(Address.of(("proj", "web"))) is is_covered
