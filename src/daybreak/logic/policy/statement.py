"""Statements, the sentences of a policy: this effect, on these resources, for these actions.
decision.py weighs many of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from daybreak.logic.policy.address import Address, Specifier, SpecifierInvalid, matches, parse_specifier
from daybreak.logic.policy.wildcard import Wildcard


class StatementInvalid(ValueError):
    """A policy statement says too much, too little, or nothing that can be understood."""


class Effect(StrEnum):
    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Statement:
    """Of each pair exactly one is given; the other is empty."""

    effect: Effect
    resources: tuple[Specifier, ...] = ()
    not_resources: tuple[Specifier, ...] = ()
    actions: tuple[Wildcard, ...] = ()
    not_actions: tuple[Wildcard, ...] = ()

    def __post_init__(self) -> None:
        # A statement that gives neither would cover everything.
        if bool(self.resources) is bool(self.not_resources):
            raise StatementInvalid("give either resources or notResources, a list that is not empty")
        if bool(self.actions) is bool(self.not_actions):
            raise StatementInvalid("give either actions or notActions, a list that is not empty")

    def covers_action(self, action: str) -> bool:
        if self.actions:
            return any(wildcard.matches(action) for wildcard in self.actions)
        return not any(wildcard.matches(action) for wildcard in self.not_actions)

    def covers_more_than(self, beginning: str) -> bool:
        """Whether it speaks of an action whose name does not begin so."""
        return bool(self.not_actions) or not all(
            wildcard.text.startswith(beginning) for wildcard in self.actions
        )

    def reaches_into(self, place: Address) -> bool:
        """Whether it speaks of the place or of something in it."""
        return bool(self.not_resources) or any(specifier.reaches_into(place) for specifier in self.resources)

    def covers_resource(self, address: Address) -> bool:
        # Loops, not any(): this is the innermost step of every decision.
        for specifier in self.resources:
            if matches(specifier, address):
                return True
        if self.resources:
            return False
        return not any(matches(specifier, address) for specifier in self.not_resources)


_EFFECTS: Final = ", ".join(Effect)


def parse_statements(value: object) -> tuple[Statement, ...]:
    if not isinstance(value, list):
        raise StatementInvalid("a policy is a list of statements")
    return tuple(_parse_statement(item, f"statement {position}") for position, item in enumerate(value))


def represent_statement(statement: Statement) -> dict[str, str | list[str]]:
    lists = {
        "resources": [specifier.text for specifier in statement.resources],
        "notResources": [specifier.text for specifier in statement.not_resources],
        "actions": [action.text for action in statement.actions],
        "notActions": [action.text for action in statement.not_actions],
    }
    return {"effect": statement.effect.value} | {name: texts for name, texts in lists.items() if texts}


def _parse_statement(item: object, where: str) -> Statement:
    if not isinstance(item, dict):
        raise StatementInvalid(f"{where} is not an object")
    effect = item.get("effect")
    if effect not in list(Effect):
        raise StatementInvalid(f"{where}: effect must be one of {_EFFECTS}, not {effect!r}")
    try:
        return Statement(
            Effect(effect),
            resources=_parse_specifiers(item, "resources"),
            not_resources=_parse_specifiers(item, "notResources"),
            actions=_parse_actions(item, "actions"),
            not_actions=_parse_actions(item, "notActions"),
        )
    except (StatementInvalid, SpecifierInvalid) as invalid:
        raise StatementInvalid(f"{where}: {invalid}") from invalid


def _parse_specifiers(item: Mapping[str, object], name: str) -> tuple[Specifier, ...]:
    return tuple(parse_specifier(text) for text in _parse_texts(item, name))


def _parse_actions(item: Mapping[str, object], name: str) -> tuple[Wildcard, ...]:
    return tuple(Wildcard(text) for text in _parse_texts(item, name))


def _parse_texts(item: Mapping[str, object], name: str) -> list[str]:
    # Generated clients send an empty list or null for what was not given.
    texts = item.get(name) or []
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise StatementInvalid(f"{name} must be a list of strings that are not empty")
    return texts
