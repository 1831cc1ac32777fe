"""May this action be done to this resource? Within one role a denial beats a permission, and what no
statement speaks of is denied; several roles together allow whatever one of them allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.index import StatementIndex
from daybreak.logic.policy.statement import Effect, Statement
from daybreak.logic.policy.wildcard import VIEWING


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    reason: Statement | None = None
    """The statement that decided; None when no statement spoke of it."""
    role_name: str | None = None
    """The role that holds the statement."""


_NOTHING_SAID: Final = Decision(allowed=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """A role's statements, indexed once so that a decision looks only at those that may apply."""

    role_name: str
    statements: tuple[Statement, ...]
    _denials: StatementIndex = field(init=False, repr=False, compare=False)
    _permissions: StatementIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        denials = StatementIndex(item for item in self.statements if item.effect is Effect.DENY)
        permissions = StatementIndex(item for item in self.statements if item.effect is Effect.ALLOW)
        object.__setattr__(self, "_denials", denials)
        object.__setattr__(self, "_permissions", permissions)

    def may_change_within(self, place: Address) -> bool:
        """Whether a statement permits more than viewing for something in a place, as in one of its flags.
        Denials are not looked at: they may leave something, and often do.
        """
        return any(
            item.effect is Effect.ALLOW and item.covers_more_than(VIEWING) and item.reaches_into(place)
            for item in self.statements
        )

    def decide(self, action: str, address: Address) -> Decision:
        denial = self._denials.find(action, address)
        if denial is not None:
            return Decision(allowed=False, reason=denial, role_name=self.role_name)
        permission = self._permissions.find(action, address)
        if permission is not None:
            return Decision(allowed=True, reason=permission, role_name=self.role_name)
        return _NOTHING_SAID


def decide(policies: Iterable[Policy], action: str, address: Address) -> Decision:
    refusal = _NOTHING_SAID
    for policy in policies:
        decision = policy.decide(action, address)
        if decision.allowed:
            return decision
        if refusal.reason is None:
            refusal = decision
    return refusal
