"""What specifiers may ever cover, whatever resources there are: whether one lies within another, and whether
rights reach over all of it. What cannot be told from the texts is taken for not so.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

from daybreak.logic.policy.address import SegmentPattern, Specifier, parse_specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import Effect, Statement
from daybreak.logic.policy.wildcard import ANYTHING, Wildcard

Item = TypeVar("Item")

Listed: TypeAlias = tuple[Sequence[Item], Sequence[Item]]
"""What is meant, or else what alone is not meant; one of them is empty."""


def reaches_over(policies: Iterable[Policy], action: str, extent: Collection[Specifier]) -> bool:
    """Whether one of the policies surely allows the action on everything that the specifiers may cover, on
    the resources of tomorrow too.
    """
    return not extent or any(_reaches_over(policy, action, extent) for policy in policies)


def _reaches_over(policy: Policy, action: str, extent: Collection[Specifier]) -> bool:
    allowed = [item for item in policy.statements if item.effect is Effect.ALLOW]
    denied = [item for item in policy.statements if item.effect is Effect.DENY]
    asked = [Statement(Effect.ALLOW, resources=(each,), actions=(Wildcard(action),)) for each in extent]
    return all(
        any(is_covered(each, item) for item in allowed) and not any(may_meet(each, item) for item in denied)
        for each in asked
    )


def is_covered(inner: Statement, outer: Statement) -> bool:
    """Whether `outer` speaks of all that `inner` speaks of, whatever they say of it."""
    return _RESOURCES.is_covered(
        (inner.resources, inner.not_resources), (outer.resources, outer.not_resources)
    ) and _ACTIONS.is_covered((inner.actions, inner.not_actions), (outer.actions, outer.not_actions))


def may_meet(one: Statement, other: Statement) -> bool:
    """Whether there can be something that both speak of."""
    return _RESOURCES.may_meet(
        (one.resources, one.not_resources), (other.resources, other.not_resources)
    ) and _ACTIONS.may_meet((one.actions, one.not_actions), (other.actions, other.not_actions))


def may_share(one: Specifier, other: Specifier) -> bool:
    """Whether there can be a resource that both match."""
    if not one.segments or not other.segments:
        return True
    return len(one.segments) == len(other.segments) and all(map(_may_share, one.segments, other.segments))


def _may_share(one: SegmentPattern, other: SegmentPattern) -> bool:
    is_same_type = ANYTHING in (one.type, other.type) or one.type == other.type
    return is_same_type and _may_agree(one.key, other.key)


def _may_agree(one: Wildcard, other: Wildcard) -> bool:
    if one.is_exact:
        return other.matches(one.text)
    return not other.is_exact or one.matches(other.text)


def lies_within(inner: Specifier, outer: Specifier) -> bool:
    """Whether everything that `inner` may cover is covered by `outer`."""
    if not outer.segments:
        return True
    return len(inner.segments) == len(outer.segments) and all(
        map(_is_narrower, inner.segments, outer.segments)
    )


def _is_narrower(inner: SegmentPattern, outer: SegmentPattern) -> bool:
    is_of_type = outer.type in (ANYTHING, inner.type)
    return is_of_type and _is_part(inner.key, outer.key) and set(outer.tags) <= set(inner.tags)


def _is_part(inner: Wildcard, outer: Wildcard) -> bool:
    return outer.is_anything or inner == outer or (inner.is_exact and outer.matches(inner.text))


@dataclass(frozen=True, slots=True)
class _Listing(Generic[Item]):
    """Compares lists of what is meant, or of what alone is not meant."""

    everything: Item
    lies_within: Callable[[Item, Item], bool]
    may_share: Callable[[Item, Item], bool]

    def is_covered(self, inner: Listed[Item], outer: Listed[Item]) -> bool:
        (meant, excepted), (outer_meant, outer_excepted) = inner, outer
        if outer_meant:
            return all(self._is_one_of(each, outer_meant) for each in meant or (self.everything,))
        if meant:
            return not any(self.may_share(each, other) for each in meant for other in outer_excepted)
        return all(self._is_one_of(each, excepted) for each in outer_excepted)

    def may_meet(self, one: Listed[Item], other: Listed[Item]) -> bool:
        (meant, excepted), (other_meant, other_excepted) = one, other
        if meant and other_meant:
            return any(self.may_share(each, another) for each in meant for another in other_meant)
        left, out = (meant, other_excepted) if meant else (other_meant, excepted)
        # Two lists of exceptions leave something to both.
        return not left or not all(self._is_one_of(each, out) for each in left)

    def _is_one_of(self, item: Item, wider: Sequence[Item]) -> bool:
        return any(self.lies_within(item, each) for each in wider)


_RESOURCES: Final = _Listing(parse_specifier(ANYTHING), lies_within, may_share)
_ACTIONS: Final = _Listing(Wildcard(ANYTHING), _is_part, _may_agree)
