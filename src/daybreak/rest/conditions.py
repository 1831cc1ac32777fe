"""The operator grammar of `filter=`: `kind anyOf ["mobile", "server"], name startsWith "Web"`.

A comma means and, a bar means or, parentheses group; the comma binds more tightly than the bar. Values are
JSON texts or bare words. Letter case does not count, as the API documents.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import ColumnElement, and_, func, or_

from daybreak.platform.errors import InvalidRequest
from daybreak.platform.expressions import contains_text, starts_with
from daybreak.rest.parsing import require_storable

MOST_CONDITIONS = 50
DEEPEST_GROUP = 10
MOST_VALUES = 100

# The operator that takes a list, as a rule.
ANY_OF = "anyOf"

# Fields may be attributes of contexts, which have any name: what needs spaces stands in quotes.
_FIELD = re.compile(r"[A-Za-z_*][^\s,|()\[\]\"]*")
_OPERATOR = re.compile(r"[A-Za-z]+")
_BARE = re.compile(r'[^\s,|()\[\]"](?:[^,|()\[\]"]*[^\s,|()\[\]"])?')
_SPACE = re.compile(r"\s*")
_json = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Field:
    """What can be filtered by: `read` understands one value, `operators` make SQL of all of them, and those
    in `listed` take a list. Where `is_spelled`, `read` gets values as they are written, so that it can tell
    `44` from `"44"`.
    """

    read: Callable[[str], Any]
    operators: Mapping[str, Callable[[Sequence[Any]], ColumnElement[bool]]]
    listed: Sequence[str] = (ANY_OF,)
    is_spelled: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and how it is written."""

    text: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Condition:
    """`field operator value`; `position` is where it starts in the text."""

    field: str
    operator: str
    values: tuple["Value", ...]
    is_list: bool
    position: int


@dataclass(frozen=True, slots=True)
class Group:
    """Several terms, of which any or all must hold."""

    is_any: bool
    terms: tuple["Condition | Group", ...]


def text_field(column: ColumnElement[str]) -> Field:
    lowered = func.lower(column)
    return Field(
        str.lower,
        {
            "equals": lambda values: lowered == values[0],
            "notEquals": lambda values: lowered != values[0],
            ANY_OF: lowered.in_,
            "startsWith": lambda values: starts_with(lowered, values[0]),
            "contains": lambda values: contains_text(column, values[0]),
        },
    )


def truth_field(column: ColumnElement[bool]) -> Field:
    return Field(
        _read_truth,
        {
            "equals": lambda values: column.is_(values[0]),
            "notEquals": lambda values: column.is_not(values[0]),
        },
    )


def _read_truth(value: str) -> bool:
    known = {"true": True, "false": False}
    if value.lower() not in known:
        raise ValueError(f"{value!r} is neither true nor false")
    return known[value.lower()]


def condition_predicates(text: str | None, fields: Mapping[str, Field]) -> list[ColumnElement[bool]]:
    """The SQL of a `filter=`.

    Raises:
        InvalidRequest: with the position, and the known fields or operators where one is unknown.

    """
    term = parse_conditions(text or "")
    return [] if term is None else [_predicate(term, fields)]


def parse_conditions(text: str) -> Condition | Group | None:
    """What a filter says; None for one that says nothing."""
    if not text.strip():
        return None
    reader = _Reader(text)
    term = reader.read_any(0)
    if reader.position < len(text):
        reader.refuse("a comma, a bar or the end")
    return term


def fields_in(term: Condition | Group | None) -> set[str]:
    """The fields that a filter names."""
    if term is None:
        return set()
    if isinstance(term, Condition):
        return {term.field}
    return {name for part in term.terms for name in fields_in(part)}


class _Reader:
    """Reads a filter from left to right; `position` is the next character that is no space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.conditions = 0
        self._skip(0)

    def refuse(self, expected: str) -> NoReturn:
        found = (
            repr(self.text[self.position : self.position + 20])
            if self.position < len(self.text)
            else "the end"
        )
        raise InvalidRequest(f"filter: {expected} expected at character {self.position + 1}, found {found}")

    def read_any(self, depth: int) -> Condition | Group:
        terms = [self._read_all(depth)]
        while self._takes("|"):
            terms.append(self._read_all(depth))
        return terms[0] if len(terms) == 1 else Group(is_any=True, terms=tuple(terms))

    def _read_all(self, depth: int) -> Condition | Group:
        terms = [self._read_term(depth)]
        while self._takes(","):
            terms.append(self._read_term(depth))
        return terms[0] if len(terms) == 1 else Group(is_any=False, terms=tuple(terms))

    def _read_term(self, depth: int) -> Condition | Group:
        if not self._takes("("):
            return self._read_condition()
        if depth == DEEPEST_GROUP:
            raise InvalidRequest(f"filter: parentheses go {DEEPEST_GROUP} levels deep at most")
        term = self.read_any(depth + 1)
        if not self._takes(")"):
            self.refuse("a closing parenthesis")
        return term

    def _read_condition(self) -> Condition:
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            raise InvalidRequest(f"filter: {MOST_CONDITIONS} conditions at most")
        position = self.position
        field, operator = self._read_field(), self._read_word(_OPERATOR, "an operator")
        if not self._takes("["):
            return Condition(field, operator, (self._read_value(),), is_list=False, position=position)
        values = self._read_list()
        return Condition(field, operator, values, is_list=True, position=position)

    def _read_list(self) -> tuple[Value, ...]:
        values: list[Value] = []
        while not self._takes("]"):
            if values and not self._takes(","):
                self.refuse("a comma or a closing bracket")
            values.append(self._read_value())
            if len(values) > MOST_VALUES:
                raise InvalidRequest(f"filter: a list has {MOST_VALUES} values at most")
        return tuple(values)

    def _read_field(self) -> str:
        if self.text.startswith('"', self.position):
            return self._read_value().text
        return self._read_word(_FIELD, "a field")

    def _read_word(self, pattern: re.Pattern[str], what: str) -> str:
        word = pattern.match(self.text, self.position)
        if word is None:
            self.refuse(what)
        self._skip(word.end())
        return word[0]

    def _read_value(self) -> Value:
        start = self.position
        if self.text.startswith('"', start):
            try:
                value, end = _json.raw_decode(self.text, start)
            except ValueError:
                self.refuse("a JSON text")
            require_storable(value)
            self._skip(end)
            return Value(str(value), self.text[start:end])
        bare = _BARE.match(self.text, start)
        if bare is None:
            self.refuse("a value")
        self._skip(bare.end())
        return Value(bare[0], bare[0])

    def _takes(self, character: str) -> bool:
        if not self.text.startswith(character, self.position):
            return False
        self._skip(self.position + 1)
        return True

    def _skip(self, position: int) -> None:
        space = _SPACE.match(self.text, position)
        self.position = space.end() if space else position


def _predicate(term: Condition | Group, fields: Mapping[str, Field]) -> ColumnElement[bool]:
    if isinstance(term, Condition):
        return _condition_predicate(term, fields)
    parts = [_predicate(part, fields) for part in term.terms]
    return or_(*parts) if term.is_any else and_(*parts)


def _condition_predicate(condition: Condition, fields: Mapping[str, Field]) -> ColumnElement[bool]:
    where = f"filter, character {condition.position + 1}"
    field = fields.get(condition.field)
    if field is None:
        raise InvalidRequest(
            f"{where}: the field {condition.field!r} is unknown here; known: {', '.join(fields)}"
        )
    operator = field.operators.get(condition.operator)
    if operator is None:
        known = ", ".join(field.operators)
        raise InvalidRequest(
            f"{where}: {condition.field} has no operator {condition.operator!r}; known: {known}"
        )
    if condition.is_list and condition.operator not in field.listed:
        listed = ", ".join(field.listed)
        raise InvalidRequest(f"{where}: {condition.operator} takes one value, {listed} takes a list")
    try:
        spelled = field.is_spelled
        return operator([field.read(each.spelling if spelled else each.text) for each in condition.values])
    except ValueError as error:
        raise InvalidRequest(f"{where}: {condition.field}: {error}") from None
