"""`sort=-creationDate,name` -> ORDER BY, with the id last so that pages never overlap."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement

from daybreak.platform.errors import InvalidRequest


def order_by(
    text: str | None, sorts: Mapping[str, ColumnElement[Any]], tie_break: ColumnElement[Any]
) -> list[ColumnElement[Any]]:
    """The order a `sort=` asks for.

    Raises:
        InvalidRequest: an unknown field; the known ones are listed.

    """
    order: dict[str, ColumnElement[Any]] = {}
    for part in (text or "").split(","):
        name = part.strip(" ")
        if not name:
            continue
        field = name.removeprefix("-")
        if field not in sorts:
            raise InvalidRequest(
                f"sort: {field!r} is unknown here; known: {', '.join(sorted(sorts)) or 'none'}"
            )
        order.setdefault(field, _directed(sorts[field], is_descending=name.startswith("-")))
    return [*order.values(), tie_break.asc()]


def _directed(column: ColumnElement[Any], *, is_descending: bool) -> ColumnElement[Any]:
    directed = column.desc() if is_descending else column.asc()
    if isinstance(column, Column) and not column.nullable:
        return directed
    # The engines disagree about where absent values go. Said only where there may be some: it hides an index.
    return directed.nulls_last() if is_descending else directed.nulls_first()
