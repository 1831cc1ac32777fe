"""Which tables grow without end, and by which column a distributed PostgreSQL may spread their rows.

A table that says `info=spread_by(…)` is large. The column stands in its primary key and in each of its unique
indexes, so that one server alone can keep them. It stands last in them: what stands before is an id that no
two projects share, so a column in front would narrow no search, and every search would have to name it.
All other tables are small: each server may have a copy.
"""

from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

PROJECT = "project_id"
REPOSITORY = "repository_id"

_SPREAD_BY = "spread by"


def spread_by(column: str) -> dict[str, str]:
    """What the `info` of a large table says."""
    return {_SPREAD_BY: column}


def spreading_column(table: Table) -> Column[Any] | None:
    """The column that a large table is spread by; None of a small one."""
    name = table.info.get(_SPREAD_BY)
    return None if name is None else table.c[name]


class _WhereItLies(ColumnElement[bool]):
    """Made by `where_it_lies`."""

    inherit_cache = True
    type = Boolean()
    _traverse_internals = [("condition", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - SQLAlchemy's own way

    def __init__(self, condition: ColumnElement[bool]) -> None:
        self.condition = condition


def where_it_lies(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition that follows from the others, and only tells a distributed database which server to ask.

    SQLite, which has it all in one file, is spared looking at it in each of a million rows.
    """
    return _WhereItLies(condition)


@compiles(_WhereItLies, "sqlite")
def _anywhere(element: _WhereItLies, compiler: Any, **options: Any) -> str:  # noqa: ARG001 - SQLAlchemy's signature
    return "1"


@compiles(_WhereItLies, "postgresql")
def _there(element: _WhereItLies, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.condition, **options))
