"""Whether rights would be handed out that whoever hands them out does not have: nobody may lift themselves up
by making a token, a role, or a friend an admin.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import product
from typing import Final, TypeVar

from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.extent import is_covered, may_meet
from daybreak.logic.policy.statement import Effect, Statement

# Each of these may do whatever those before it may.
ASCENDING_ROLES: Final = ("no_access", "reader", "writer", "admin", "owner")

Item = TypeVar("Item")


def covers(own: Iterable[Policy], given: Policy) -> bool:
    """Whether one of a giver's policies permits all that `given` does.

    They are compared by their statements: each permission must lie within one of the giver's, and what is
    denied to the giver must be denied by `given` too, or be nothing that it permits. What cannot be told from
    the texts is refused.
    """
    permitted = _parts(given, Effect.ALLOW)
    return not permitted or any(_covers(policy, permitted, _parts(given, Effect.DENY)) for policy in own)


def _covers(own: Policy, permitted: Collection[Statement], denied: Collection[Statement]) -> bool:
    permissions = _parts(own, Effect.ALLOW)
    return all(
        part in permissions or any(is_covered(part, permission) for permission in permissions)
        for part in permitted
    ) and all(
        part in denied
        or any(is_covered(part, denial) for denial in denied)
        or not any(may_meet(part, each) for each in permitted)
        for part in _parts(own, Effect.DENY)
    )


def _parts(policy: Policy, effect: Effect) -> set[Statement]:
    """Its statements, taken apart as far as they are lists of what is meant."""
    return {
        replace(statement, resources=resources, actions=actions)
        for statement in policy.statements
        if statement.effect is effect
        for resources, actions in product(_each(statement.resources), _each(statement.actions))
    }


def _each(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    return [(item,) for item in items] or [()]
