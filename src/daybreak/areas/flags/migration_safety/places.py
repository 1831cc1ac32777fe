"""What of a flag may serve a context: the places where evaluation ends, in the order in which it passes them.
Prerequisites are left out: other flags decide whether they hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daybreak.areas.flags.feature_flags.model import FlagEnvironment
from daybreak.areas.flags.targeting import Clause, Served

OFF = "off"
TARGETS = "targets"
FALLTHROUGH = "fallthrough"


@dataclass(frozen=True, slots=True)
class Place:
    """One place and what it serves. It takes the contexts that match all clauses or are among the keys;
    without either it takes everybody. `salt` and `served` decide together how a rollout deals.
    """

    id: str
    served: Served
    salt: str
    clauses: tuple[Clause, ...] | None = None
    keys: frozenset[tuple[str, str]] | None = None

    def takes_all_of(self, other: "Place") -> bool:
        """Whether every context that `other` takes is taken here too, as far as one can tell."""
        if self.clauses is None and self.keys is None:
            return True
        if self.keys is not None:
            return other.keys is not None and other.keys <= self.keys
        return other.clauses is not None and _meaning(self.clauses) == _meaning(other.clauses)


def list_places(environment: FlagEnvironment) -> Sequence[Place]:
    """The last one takes whatever comes to it."""
    if not environment.on:
        return (Place(OFF, Served(variation_id=environment.off_variation_id), environment.salt),)
    return tuple(_list_places(environment))


def _list_places(environment: FlagEnvironment) -> Iterator[Place]:
    salt = environment.salt
    for target in environment.targets:
        keys = frozenset((target.context_kind, key) for key in target.values)
        yield Place(TARGETS, Served(variation_id=target.variation_id), salt, keys=keys)
    for rule in environment.rules:
        # A rule without clauses takes everybody, one that is disabled nobody.
        if not rule.is_disabled:
            yield Place(rule.id, rule.served, salt, clauses=rule.clauses or None)
    yield Place(FALLTHROUGH, environment.fallthrough, salt)


def may_move(before: Sequence[Place], start: int, after: Sequence[Place], end: int) -> bool:
    """Whether there may be a context that was served by `before[start]` and will be by `after[end]`.

    There is none where a place that comes earlier in the same order would have taken it: `after` one that
    takes all that `start` takes, or `before` one that takes all that `end` takes. Clauses are compared as
    they are written, so where rules overlap without being equal, a move counts as possible.
    """
    source, goal = before[start], after[end]
    if any(place.takes_all_of(source) for place in after[:end]):
        return False
    return not any(place.takes_all_of(goal) for place in before[:start])


def _meaning(clauses: Sequence[Clause] | None) -> list[tuple[object, ...]]:
    """Clauses without their ids, which mean nothing."""
    return [(c.attribute, c.op, c.values, c.context_kind, c.negate) for c in clauses or ()]
