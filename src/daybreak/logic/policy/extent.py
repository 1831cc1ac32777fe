"""What specifiers may ever cover, whatever resources there are: whether one lies within another, and whether
rights reach over all of it. What cannot be told from the texts is taken for not so.
"""

from collections.abc import Collection, Iterable

from daybreak.logic.policy.address import SegmentPattern, Specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import Effect, Statement
from daybreak.logic.policy.wildcard import ANYTHING, Wildcard


def reaches_over(policies: Iterable[Policy], action: str, extent: Collection[Specifier]) -> bool:
    """Whether one of the policies surely allows the action on everything that the specifiers may cover, on
    the resources of tomorrow too.
    """
    return not extent or any(_reaches_over(policy, action, extent) for policy in policies)


def _reaches_over(policy: Policy, action: str, extent: Collection[Specifier]) -> bool:
    about = [statement for statement in policy.statements if statement.covers_action(action)]
    denials = [statement for statement in about if statement.effect is Effect.DENY]
    if any(_touches(denial, specifier) for denial in denials for specifier in extent):
        return False
    allowed = [each for item in about if item.effect is Effect.ALLOW for each in item.resources]
    return all(any(lies_within(inner, outer) for outer in allowed) for inner in extent)


def _touches(statement: Statement, specifier: Specifier) -> bool:
    return bool(statement.not_resources) or any(may_share(each, specifier) for each in statement.resources)


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
    is_one_of = inner.key == outer.key or (inner.key.is_exact and outer.key.matches(inner.key.text))
    return is_of_type and (outer.key.is_anything or is_one_of) and set(outer.tags) <= set(inner.tags)
