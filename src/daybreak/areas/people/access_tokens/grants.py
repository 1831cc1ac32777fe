"""Whether a token would grant more than its maker has: nobody may lift themselves up by making a token."""

from collections.abc import Iterable
from typing import Final

from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import Effect, Statement

# Each of these may do whatever those before it may.
ASCENDING_ROLES: Final = ("no_access", "reader", "writer", "admin", "owner")


def grants_more(policy: Policy, role: str, *, maker_role: str, maker_policies: Iterable[Policy]) -> bool:
    """Whether a token of `policy` (a built-in role's if `role` is given) may do what its maker may not.

    Admins may hand out anything. Inline roles are compared by their statements: every permission must be one
    of the maker's, word for word, and no denial may be missing. That errs on the side of refusing.
    """
    rank = _rank(maker_role)
    if rank >= _rank("admin"):
        return False
    if role and rank >= 0:
        return _rank(role) > rank
    return not any(_is_part_of(policy, own) for own in maker_policies)


def _rank(role: str) -> int:
    return ASCENDING_ROLES.index(role) if role in ASCENDING_ROLES else -1


def _is_part_of(policy: Policy, own: Policy) -> bool:
    return _with_effect(policy, Effect.ALLOW) <= _with_effect(own, Effect.ALLOW) and _with_effect(
        own, Effect.DENY
    ) <= _with_effect(policy, Effect.DENY)


def _with_effect(policy: Policy, effect: Effect) -> set[Statement]:
    return {statement for statement in policy.statements if statement.effect is effect}
