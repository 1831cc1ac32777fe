"""What specifiers may ever cover, told from their texts; it agrees with the addresses that they match."""

import pytest
from hypothesis import given

from daybreak.logic.policy.address import Address, Specifier, matches, parse_specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.extent import lies_within, may_share, reaches_over
from daybreak.logic.policy.statement import parse_statements
from logic.policy.specifiers import ADDRESSES, SPECIFIERS


@given(SPECIFIERS, SPECIFIERS, ADDRESSES)
def test_extent__any_two_specifiers__errs_on_the_safe_side(
    inner: Specifier, outer: Specifier, address: Address
) -> None:
    if matches(inner, address) and matches(outer, address):
        assert may_share(inner, outer)
    if matches(inner, address) and lies_within(inner, outer):
        assert matches(outer, address)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("proj/web", "*", True),
        ("*", "proj/*", False),
        ("proj/web:env/*", "proj/w*:env/*", True),
        ("proj/web", "proj/w*:env/*", False),
        ("proj/web;beta,old", "proj/*;beta", True),
        ("proj/web", "proj/*;beta", False),
        ("proj/web", "*/*", True),
        ("member/ann", "proj/*", False),
    ],
)
def test_lies_within__specifier__is_told_from_the_texts(inner: str, outer: str, *, expected: bool) -> None:
    assert lies_within(parse_specifier(inner), parse_specifier(outer)) is expected


@pytest.mark.parametrize(
    ("denied", "expected"),
    [("proj/web", True), ("proj/shop:env/*", True), ("proj/web:env/test", False), ("*", False)],
)
def test_reaches_over__denial__counts_where_it_may_touch(denied: str, *, expected: bool) -> None:
    statements = [
        {"effect": "allow", "resources": ["*"], "actions": ["*"]},
        {"effect": "deny", "resources": [denied], "actions": ["view*"]},
    ]
    policy = Policy("own", parse_statements(statements))
    assert reaches_over([policy], "viewFlag", [parse_specifier("proj/web:env/*")]) is expected
    assert reaches_over([policy], "updateOn", [parse_specifier("proj/web:env/*")])
