"""`sort=-creationDate,name` -> ORDER BY, with the id last so that pages never overlap."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from daybreak.platform.errors import InvalidRequest


def order_by(
    text: str | None, sorts: Mapping[str, ColumnElement[Any]], tie_break: ColumnElement[Any]
) -> list[ColumnElement[Any]]:
    """The order a `sort=` asks for.

    Raises:
        InvalidRequest: an unknown field; the known ones are listed.

    """
    order: list[ColumnElement[Any]] = []
    for part in (text or "").split(","):
        name = part.strip()
        if not name:
            continue
        field = name.removeprefix("-")
        if field not in sorts:
            raise InvalidRequest(
                f"sort: {field!r} is unknown here; known: {', '.join(sorted(sorts)) or 'none'}"
            )
        order.append(sorts[field].desc() if name.startswith("-") else sorts[field].asc())
    return [*order, tie_break.asc()]
