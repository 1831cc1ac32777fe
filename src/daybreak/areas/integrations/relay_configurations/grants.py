"""Whose keys a policy would hand to a Relay Proxy: nobody may hand out those that they may not see."""

from collections.abc import Iterator
from typing import Final

from daybreak.logic.policy.address import Specifier, parse_specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.extent import may_share
from daybreak.logic.policy.statement import Effect

_ENVIRONMENTS: Final = parse_specifier("proj/*:env/*")


def may_name_environments(specifier: Specifier) -> bool:
    """Whether there can be an environment that the specifier matches."""
    return may_share(specifier, _ENVIRONMENTS)


def extent_of(policy: Policy) -> list[Specifier]:
    """All environments that the policy may ever cover, those of tomorrow too; perhaps more."""
    return list(_list_extent(policy))


def _list_extent(policy: Policy) -> Iterator[Specifier]:
    for statement in policy.statements:
        if statement.effect is Effect.ALLOW:
            # What is not named may be anything.
            if statement.not_resources:
                yield _ENVIRONMENTS
            for specifier in statement.resources:
                yield specifier if specifier.segments else _ENVIRONMENTS
