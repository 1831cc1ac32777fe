"""Finds the statements of one effect that cover an action on a resource without trying them all: they are
shelved by the actions and by the resources that they name outright, without a wildcard.
"""

from collections.abc import Iterable, Iterator

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


class _Shelf:
    """A specifier is kept under the innermost resource it names, else under the types it speaks of."""

    __slots__ = ("_named", "_negated", "_typed", "_untyped")

    def __init__(self) -> None:
        self._named: dict[Name, list[tuple[Specifier, Statement]]] = {}
        self._typed: dict[tuple[str, ...], list[tuple[Specifier, Statement]]] = {}
        self._untyped: list[tuple[Specifier, Statement]] = []
        self._negated: list[Statement] = []

    def add(self, statement: Statement) -> None:
        if statement.not_resources:
            self._negated.append(statement)
        for specifier in statement.resources:
            name = _read_name(specifier)
            if name is not None:
                place = self._named.setdefault(name, [])
            elif specifier.has_any_type:
                place = self._untyped
            else:
                place = self._typed.setdefault(specifier.types, [])
            place.append((specifier, statement))

    def list_covering(self, address: Address) -> Iterator[Statement]:
        for name in address.names:
            for specifier, statement in self._named.get(name, ()):
                if matches(specifier, address):
                    yield statement
        segments = address.segments
        for specifier, statement in self._typed.get(address.types, ()):
            if specifier.matches_names(segments):
                yield statement
        for specifier, statement in self._untyped:
            if matches(specifier, address):
                yield statement
        for statement in self._negated:
            if statement.covers_resource(address):
                yield statement


def _read_name(specifier: Specifier) -> Name | None:
    for segment in reversed(specifier.segments):
        if segment.type != ANYTHING and segment.key.is_exact:
            return segment.type, segment.key.text
    return None
