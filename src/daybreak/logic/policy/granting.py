"""Whether rights would be handed out that whoever hands them out does not have: nobody may lift themselves up
by making a token, a role, or a friend an admin.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.logic.policy.statement import Effect, Statement

# Each of these may do whatever those before it may.
ASCENDING_ROLES: Final = ("no_access", "reader", "writer", "admin", "owner")

_ADMIN: Final = ASCENDING_ROLES.index("admin")

# One resource specifier and one action, or a statement that cannot be taken apart.
Atom: TypeAlias = tuple[str, str] | Statement


def covers(own: Iterable[Policy], given: Policy) -> bool:
    """Whether one of a giver's policies permits all that `given` does.

    Admins may hand out anything but what only the owner may. Other policies are compared by their statements:
    each permission must be one of the giver's, word for word, and no denial may be missing. That errs on the
    side of refusing.
    """
    return not _permissions(given) or any(_covers(policy, given) for policy in own)


def _covers(own: Policy, given: Policy) -> bool:
    rank, asked = _rank(own), _rank(given)
    if asked >= 0 and rank >= 0:
        return asked <= rank
    if rank >= _ADMIN:
        return True
    return _permissions(given) <= _permissions(own) and _denials(own) <= _denials(given)


def _rank(policy: Policy) -> int:
    if BUILT_IN_ROLES.get(policy.role_name) is not policy:
        return -1
    return ASCENDING_ROLES.index(policy.role_name)


def _permissions(policy: Policy) -> set[Atom]:
    return _atoms(policy, Effect.ALLOW)


def _denials(policy: Policy) -> set[Atom]:
    return _atoms(policy, Effect.DENY)


def _atoms(policy: Policy, effect: Effect) -> set[Atom]:
    """Statements taken apart, as far as they are lists of what they speak of."""
    atoms: set[Atom] = set()
    for statement in policy.statements:
        if statement.effect is not effect:
            continue
        if statement.resources and statement.actions:
            atoms |= {
                (specifier.text, action.text)
                for specifier in statement.resources
                for action in statement.actions
            }
        else:
            atoms.add(statement)
    return atoms
