"""Policies as bodies carry them."""

import pytest

from daybreak.platform.errors import ValidationFailed
from daybreak.rest.parsing import convert
from daybreak.rest.policies import StatementBody, parse_policy


def test_parse_policy__what_generated_clients_send__is_stored_without_empty_lists() -> None:
    sent = {
        "effect": "deny",
        "resources": ["proj/*"],
        "notResources": [],
        "actions": None,
        "notActions": ["*"],
    }
    assert parse_policy("policy", [convert(sent, StatementBody)]) == [
        {"effect": "deny", "resources": ["proj/*"], "notActions": ["*"]}
    ]


@pytest.mark.parametrize(
    "sent",
    [
        {"effect": "allow", "actions": ["*"]},
        {"effect": "allow", "resources": ["proj/*"]},
        {"effect": "allow", "resources": ["proj/*"], "notResources": ["proj/web"], "actions": ["*"]},
        {"effect": "allow", "resources": ["proj"], "actions": ["*"]},
    ],
)
def test_parse_policy__no_valid_statement__names_the_field(sent: dict[str, object]) -> None:
    with pytest.raises(ValidationFailed) as refused:
        parse_policy("inlineRole", [convert(sent, StatementBody)])
    assert refused.value.faults[0].attribute == "inlineRole"
