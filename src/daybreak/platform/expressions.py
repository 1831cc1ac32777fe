"""Conditions that the two engines spell differently, and those that neither spells as plainly as is meant."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from sqlalchemy import (
    Boolean,
    ColumnElement,
    False_,
    Text,
    True_,
    exists,
    false,
    func,
    literal,
    select,
    true,
)
from sqlalchemy import column as sql_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import InternalTraversal

# SQLite refuses what is nested deeper than a thousand, and to it each part of a chain is a level deeper.
_LONGEST_CHAIN = 32


def contains_text(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Whether the column holds `text`, letter case aside; `%` and `_` stand for themselves."""
    escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return func.lower(column).like(f"%{escaped}%", escape="\\")


def starts_with(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Whether the column begins with `text`, letter case counting on both engines."""
    return func.substr(column, 1, len(text)) == text


class _AnyOf(FunctionElement[bool]):
    """Made by `any_of`: a chain between parentheses, which SQLAlchemy would take away from an `or_`."""

    inherit_cache = True
    type = Boolean()
    name = "any_of"

    def self_group(self, against: Any = None) -> Self:  # noqa: ARG002 - SQLAlchemy's signature
        return self


@compiles(_AnyOf)
def _any_of(element: _AnyOf, compiler: Any, **options: Any) -> str:
    return f"({' OR '.join(compiler.process(each, **options) for each in element.clauses)})"


def any_of(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether one of the conditions holds, as `or_`, but of as many as a caller cares to name."""
    parts = [each for each in conditions if not isinstance(each, False_)]
    if any(isinstance(each, True_) for each in parts):
        return true()
    while len(parts) > 1:
        parts = [
            _chain(parts[start : start + _LONGEST_CHAIN]) for start in range(0, len(parts), _LONGEST_CHAIN)
        ]
    return parts[0] if parts else false()


def _chain(parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    return _AnyOf(*parts) if len(parts) > 1 else parts[0]


class _MatchesPattern(ColumnElement[bool]):
    """Made by `matches_pattern`."""

    inherit_cache = True
    type = Boolean()
    _traverse_internals = [  # noqa: RUF012 - SQLAlchemy's own way
        ("column", InternalTraversal.dp_clauseelement),
        ("globbed", InternalTraversal.dp_clauseelement),
        ("liked", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: ColumnElement[str], pattern: str) -> None:
        self.column = column
        self.globbed = literal("".join(f"[{c}]" if c in "[?" else c for c in pattern))
        self.liked = literal("".join(f"\\{c}" if c in "\\%_" else c for c in pattern).replace("*", "%"))


def matches_pattern(column: ColumnElement[str], pattern: str) -> ColumnElement[bool]:
    """Whether the column matches; `*` stands for any characters or none, letter case counts."""
    return _MatchesPattern(column, pattern)


@compiles(_MatchesPattern, "sqlite")
def _glob(element: _MatchesPattern, compiler: Any, **options: Any) -> str:
    return (
        f"{compiler.process(element.column, **options)} GLOB {compiler.process(element.globbed, **options)}"
    )


@compiles(_MatchesPattern, "postgresql")
def _like(element: _MatchesPattern, compiler: Any, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} LIKE {compiler.process(element.liked, **options)}"


class _Items(FunctionElement[str]):
    """The texts of a list that a column holds as JSON."""

    inherit_cache = True
    name = "json_items"


@compiles(_Items, "sqlite")
def _each(element: _Items, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Items, "postgresql")
def _elements(element: _Items, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json))"


def has_item(
    column: ColumnElement[Any], test: Callable[[ColumnElement[str]], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Whether a list of texts, that a column holds as JSON, has one that passes."""
    items = _Items(column).table_valued(sql_column("value", Text))
    return exists(select(literal(1)).select_from(items).where(test(items.c.value)).correlate(column.table))
