"""Whether rights would be handed out that whoever hands them out does not have: nobody may lift themselves up
by making a token, a role, or a friend an admin.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Final, TypeVar

from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.extent import is_covered, may_meet
from daybreak.logic.policy.statement import Effect, Statement

# Each of these may do whatever those before it may.
ASCENDING_ROLES: Final = ("no_access", "reader", "writer", "admin", "owner")

# Of single resources and actions. Whoever writes policies could keep the server busy with more.
MOST_COMPARISONS: Final = 1_000_000

Item = TypeVar("Item")


def covers(own: Iterable[Policy], given: Policy) -> bool:
    """Whether one of a giver's policies permits all that `given` does.

    They are compared by their statements: each permission must lie within one of the giver's, and what is
    denied to the giver must be denied by `given` too, or be nothing that it permits. What cannot be told from
    the texts, or not soon, is refused.
    """
    permitted, denied = _saying(given, Effect.ALLOW), _saying(given, Effect.DENY)
    return not permitted or any(_covers(policy, permitted, denied) for policy in own)


def _covers(own: Policy, permitted: set[Statement], denied: set[Statement]) -> bool:
    permissions, denials = _saying(own, Effect.ALLOW), _saying(own, Effect.DENY)
    # What both say word for word needs no comparing.
    asked, missing = permitted - permissions, denials - denied
    comparisons = _count(asked) * _count(permissions) + _count(missing) * (_count(denied) + _count(permitted))
    return (
        comparisons <= MOST_COMPARISONS
        and all(any(is_covered(part, each) for each in permissions) for part in _parts(asked))
        and all(
            any(is_covered(part, each) for each in denied)
            or not any(may_meet(part, each) for each in permitted)
            for part in _parts(missing)
        )
    )


def _saying(policy: Policy, effect: Effect) -> set[Statement]:
    return {statement for statement in policy.statements if statement.effect is effect}


def _count(statements: Iterable[Statement]) -> int:
    return sum(max(1, len(each.resources)) * max(1, len(each.actions)) for each in statements)


def _parts(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements, taken apart as far as they are lists of what is meant."""
    for statement in statements:
        for resources, actions in product(_each(statement.resources), _each(statement.actions)):
            yield replace(statement, resources=resources, actions=actions)


def _each(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    return [(item,) for item in items] or [()]
