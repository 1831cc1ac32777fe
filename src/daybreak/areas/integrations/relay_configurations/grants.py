"""Whose keys a policy would hand to a Relay Proxy: nobody may hand out those that they may not see."""

from collections.abc import Iterable
from typing import Final

from daybreak.logic.policy.address import SegmentPattern, Specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import Effect, Statement
from daybreak.logic.policy.wildcard import ANYTHING

_TYPES: Final = ("proj", "env")


def may_name_environments(specifier: Specifier) -> bool:
    """Whether there can be an environment that the specifier matches."""
    types = specifier.types
    return not types or (
        len(types) == len(_TYPES)
        and all(type_ in (ANYTHING, own) for type_, own in zip(types, _TYPES, strict=True))
    )


def is_within(policy: Policy, own_policies: Iterable[Policy], action: str) -> bool:
    """Whether one of the caller's own policies allows the action on all that `policy` may ever cover.

    Statements are compared, not the environments of today: those of tomorrow are covered too. That errs on
    the side of refusing.
    """
    given = [statement for statement in policy.statements if statement.effect is Effect.ALLOW]
    return not given or any(_covers(own, given, action) for own in own_policies)


def _covers(own: Policy, given: list[Statement], action: str) -> bool:
    about = [each for each in own.statements if each.covers_action(action)]
    if any(each.effect is Effect.DENY and _may_touch_environments(each) for each in about):
        return False
    mine = [specifier for each in about if each.effect is Effect.ALLOW for specifier in each.resources]
    return all(_lies_within(each, mine) for each in given)


def _may_touch_environments(statement: Statement) -> bool:
    return bool(statement.not_resources) or any(map(may_name_environments, statement.resources))


def _lies_within(statement: Statement, mine: list[Specifier]) -> bool:
    if any(_names_every_environment(specifier) for specifier in mine):
        return True
    # What is not named may be anything.
    return not statement.not_resources and all(
        any(_is_part_of(inner, outer) for outer in mine) for inner in statement.resources
    )


def _names_every_environment(specifier: Specifier) -> bool:
    return may_name_environments(specifier) and all(
        segment.key.is_anything and not segment.tags for segment in specifier.segments
    )


def _is_part_of(inner: Specifier, outer: Specifier) -> bool:
    if not may_name_environments(outer) or not inner.segments:
        return False
    return all(map(_is_narrower, inner.segments, outer.segments))


def _is_narrower(inner: SegmentPattern, outer: SegmentPattern) -> bool:
    is_one_of = inner.key == outer.key or (inner.key.is_exact and outer.key.matches(inner.key.text))
    return (outer.key.is_anything or is_one_of) and set(outer.tags) <= set(inner.tags)
