"""Finds the statements of one effect that cover an action on a resource without trying them all: they are
shelved by the actions and by the resources that they name outright, without a wildcard.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from daybreak.logic.policy.address import Address, Name, Specifier, matches
from daybreak.logic.policy.statement import Statement
from daybreak.logic.policy.wildcard import ANYTHING


class StatementIndex:
    __slots__ = ("_by_action", "_by_pattern")

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._by_action: dict[str, _Shelf] = {}
        self._by_pattern = _Shelf()
        for statement in statements:
            exact = {action.text for action in statement.actions if action.is_exact}
            for action in exact:
                self._by_action.setdefault(action, _Shelf()).add(statement)
            if not statement.actions or len(exact) < len(statement.actions):
                self._by_pattern.add(statement)

    def find(self, action: str, address: Address) -> Statement | None:
        shelf = self._by_action.get(action)
        if shelf is not None:
            for statement in shelf.list_covering(address):
                return statement
        for statement in self._by_pattern.list_covering(address):
            if statement.covers_action(action):
                return statement
        return None


_Kept: TypeAlias = list[tuple[Specifier, Statement]]


class _Shelf:
    """A specifier is kept under what it says of the innermost segment that it says something of: its key, a
    tag, or what its key begins with; else under the types it speaks of.
    """

    __slots__ = ("_beginnings", "_named", "_negated", "_tagged", "_typed", "_untyped")

    def __init__(self) -> None:
        self._named: dict[Name, _Kept] = {}
        self._tagged: dict[Name, _Kept] = {}
        # By type, and by the length of the beginning.
        self._beginnings: dict[str, dict[int, dict[str, _Kept]]] = {}
        self._typed: dict[tuple[str, ...], _Kept] = {}
        self._untyped: _Kept = []
        self._negated: list[Statement] = []

    def add(self, statement: Statement) -> None:
        if statement.not_resources:
            self._negated.append(statement)
        for specifier in statement.resources:
            self._place(specifier).append((specifier, statement))

    def _place(self, specifier: Specifier) -> _Kept:
        for segment in reversed(specifier.segments):
            if segment.type == ANYTHING:
                continue
            if segment.key.is_exact:
                return self._named.setdefault((segment.type, segment.key.text), [])
            tag = next((tag.text for tag in segment.tags if tag.is_exact), None)
            if tag is not None:
                return self._tagged.setdefault((segment.type, tag), [])
            beginning = segment.key.text.partition(ANYTHING)[0]
            if beginning:
                by_length = self._beginnings.setdefault(segment.type, {})
                return by_length.setdefault(len(beginning), {}).setdefault(beginning, [])
        return self._untyped if specifier.has_any_type else self._typed.setdefault(specifier.types, [])

    def list_covering(self, address: Address) -> Iterator[Statement]:
        for kept in self._list_likely(address):
            for specifier, statement in kept:
                if matches(specifier, address):
                    yield statement
        for statement in self._negated:
            if statement.covers_resource(address):
                yield statement

    def _list_likely(self, address: Address) -> Iterator[_Kept]:
        """All that match are in one of these."""
        for name in address.names:
            if name in self._named:
                yield self._named[name]
        if self._tagged:
            yield from self._list_tagged(address)
        if self._beginnings:
            yield from self._list_beginning(address)
        if address.types in self._typed:
            yield self._typed[address.types]
        yield self._untyped

    def _list_tagged(self, address: Address) -> Iterator[_Kept]:
        for segment in address.segments:
            for tag in segment.tags:
                if (segment.type, tag) in self._tagged:
                    yield self._tagged[segment.type, tag]

    def _list_beginning(self, address: Address) -> Iterator[_Kept]:
        for type_, key in address.names:
            for length, known in self._beginnings.get(type_, _NONE).items():
                if key[:length] in known:
                    yield known[key[:length]]


_NONE: Mapping[int, dict[str, _Kept]] = {}
