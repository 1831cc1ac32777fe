"""What a caller may see, as a condition on the rows of a list: what `logic/policy` decides for each row, made
from the same statements. So pages and totals are exact, and nothing is read that is not shown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import ColumnElement, False_, True_, and_, false, func, not_, true

from daybreak.logic.policy.address import SegmentPattern, Specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import Effect, Statement
from daybreak.logic.policy.wildcard import ANYTHING, Wildcard
from daybreak.platform.expressions import any_of, matches_pattern

Condition: TypeAlias = ColumnElement[bool]
TextTest: TypeAlias = Callable[[ColumnElement[str]], Condition]


def _here(condition: Condition) -> Condition:
    return condition


@dataclass(frozen=True, slots=True)
class Level:
    """One segment of the addresses of a table's rows, as the database knows it.

    `key` is the column of the key, or the key that all have. `tagged` makes of a test of a tag a condition
    on the row that has such a tag; `marks` are tags that stand for columns. Where these are columns of what
    holds the row, `reach` makes of a condition on the holder one on the row.
    """

    type: str
    key: ColumnElement[str] | str
    tagged: Callable[[TextTest], Condition] | None = None
    marks: Mapping[str, Condition] = field(default_factory=dict)
    reach: Callable[[Condition], Condition] = _here

    def matching(self, patterns: Iterable[SegmentPattern]) -> Condition:
        """Which rows one of the patterns matches."""
        keys: list[Wildcard] = []
        single_tags: list[Wildcard] = []
        conditions: list[Condition] = []
        for pattern in patterns:
            if not pattern.tags:
                keys.append(pattern.key)
            elif pattern.key.is_anything and len(pattern.tags) == 1:
                single_tags.append(pattern.tags[0])
            else:
                tagged = (self._tagged([tag]) for tag in pattern.tags)
                conditions.append(and_(_text_is(self.key, [pattern.key]), *tagged))
        found = any_of([_text_is(self.key, keys), self._tagged(single_tags), *conditions])
        return found if isinstance(found, True_ | False_) else self.reach(found)

    def _tagged(self, tags: Sequence[Wildcard]) -> Condition:
        """Which rows have one of the tags."""
        if not tags:
            return false()
        marked = [mark for text, mark in self.marks.items() if any(tag.matches(text) for tag in tags)]
        own = false() if self.tagged is None else self.tagged(lambda tag: _text_is(tag, tags))
        return any_of([own, *marked])


@dataclass(frozen=True, slots=True)
class Located:
    """How the rows of a table are addressed, from the outermost level to the row's own; where not all rows
    are addressed alike, those that are `only` so.
    """

    levels: tuple[Level, ...]
    only: Condition = field(default_factory=true)

    def matching(self, specifiers: Iterable[Specifier]) -> Condition:
        """Which rows one of the specifiers matches."""
        inner: dict[tuple[SegmentPattern, ...], list[SegmentPattern]] = defaultdict(list)
        for specifier in specifiers:
            if not specifier.segments:
                return self.only
            if self._is_of_types(specifier):
                *outer, last = specifier.segments
                inner[tuple(outer)].append(last)
        *above, own = self.levels
        conditions = [
            and_(
                own.matching(lasts),
                *(level.matching([pattern]) for level, pattern in zip(above, outer, strict=True)),
            )
            for outer, lasts in inner.items()
        ]
        return and_(self.only, any_of(conditions))

    def _is_of_types(self, specifier: Specifier) -> bool:
        return len(specifier.segments) == len(self.levels) and all(
            pattern.type in {ANYTHING, level.type}
            for pattern, level in zip(specifier.segments, self.levels, strict=True)
        )


def where_allowed(
    groups: Sequence[Sequence[Policy]], action: str, located: Sequence[Located]
) -> list[Condition]:
    """Conditions on the rows to which the action may be done: of each group at least one policy has to allow
    it. None where all may be.
    """
    allowed = and_(
        true(), *(any_of(_allowed(policy, action, located) for policy in group) for group in groups)
    )
    return [] if isinstance(allowed, True_) else [allowed]


def _allowed(policy: Policy, action: str, located: Sequence[Located]) -> Condition:
    spoken = [statement for statement in policy.statements if statement.covers_action(action)]
    permitted = _covered([each for each in spoken if each.effect is Effect.ALLOW], located)
    denied = _covered([each for each in spoken if each.effect is Effect.DENY], located)
    return and_(permitted, not_(denied))


def _covered(statements: Sequence[Statement], located: Sequence[Located]) -> Condition:
    named = [specifier for statement in statements for specifier in statement.resources]
    others = [
        not_(_matching(statement.not_resources, located))
        for statement in statements
        if statement.not_resources
    ]
    return any_of([_matching(named, located), *others])


def _matching(specifiers: Sequence[Specifier], located: Sequence[Located]) -> Condition:
    return any_of(each.matching(specifiers) for each in located)


def _text_is(text: ColumnElement[str] | str, wildcards: Sequence[Wildcard]) -> Condition:
    """Whether one of the wildcards matches. Many of one kind cost hardly more than one: a look into a set."""
    if isinstance(text, str):
        return true() if any(wildcard.matches(text) for wildcard in wildcards) else false()
    if any(wildcard.is_anything for wildcard in wildcards):
        return true()
    exact: set[str] = set()
    beginnings: dict[int, set[str]] = defaultdict(set)
    patterns: dict[int, set[str]] = defaultdict(set)
    for wildcard in wildcards:
        beginning, star, rest = wildcard.text.partition("*")
        if not star:
            exact.add(beginning)
        elif not rest:
            beginnings[len(beginning)].add(beginning)
        else:
            patterns[len(beginning)].add(wildcard.text)
    looked_up = [text.in_(sorted(exact))] if exact else []
    begun = (_begins(text, size, each) for size, each in sorted(beginnings.items()))
    matched = (
        and_(
            _begins(text, size, {pattern[:size] for pattern in each}),
            any_of(matches_pattern(text, pattern) for pattern in sorted(each)),
        )
        for size, each in sorted(patterns.items())
    )
    return any_of([*looked_up, *begun, *matched])


def _begins(text: ColumnElement[str], size: int, beginnings: Iterable[str]) -> Condition:
    """Whether it begins with one of the texts, which are all of one size."""
    return func.substr(text, 1, size).in_(sorted(beginnings)) if size else true()
