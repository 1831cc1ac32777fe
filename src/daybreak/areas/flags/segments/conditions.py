"""What segments are filtered by."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from sqlalchemy import Column, ColumnElement, Text, false, func, or_, true, type_coerce

from daybreak.areas.flags.segments.tables import segments
from daybreak.platform.columns import Json
from daybreak.platform.expressions import contains_text
from daybreak.platform.tags import has_every_tag
from daybreak.rest.conditions import ANY_OF, Field, truth_field

KIND = "segment"


def _lists_any(column: Column[Json]) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    """Whether a document of keys by kind lists one of some keys: as text, where each key stands between
    brackets or commas, and the kinds do not.
    """

    def look(keys: Sequence[str]) -> ColumnElement[bool]:
        return or_(*(_holds(column, spelled) for key in keys for spelled in _spell(key)))

    return look


def _spell(key: str) -> list[str]:
    encoded = msgspec.json.encode(key).decode()
    return [f"{before}{encoded}{after}" for before in "[," for after in ",]"]


def _holds(column: Column[Json], text: str) -> ColumnElement[bool]:
    """Letter case counts, as it does in keys; LIKE would not count it on every engine."""
    plain = type_coerce(column, Text)
    return func.replace(plain, text, "") != plain


def _has_any_tag(tags: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(has_every_tag(KIND, segments.c.id, [tag]) for tag in tags))


def _named(values: Sequence[str]) -> ColumnElement[bool]:
    return or_(contains_text(segments.c.name, values[0]), contains_text(segments.c.key, values[0]))


def _is_external(values: Sequence[str]) -> ColumnElement[bool]:
    """No segment is kept by another system."""
    return false() if values[0].lower() == "true" else true()


CONDITIONS: Mapping[str, Field] = {
    "query": Field(str, {"equals": _named}),
    "tags": Field(str, {ANY_OF: _has_any_tag}),
    "includedKeys": Field(str, {ANY_OF: _lists_any(segments.c.included)}),
    "excludedKeys": Field(str, {ANY_OF: _lists_any(segments.c.excluded)}),
    "unbounded": truth_field(segments.c.is_unbounded),
    "external": Field(str, {"exists": _is_external}),
    # There are no views that a segment could be in.
    "view": Field(str, {"equals": lambda _: false()}),
}
