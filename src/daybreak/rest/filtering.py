"""The `field:value,field:value` grammar of `filter=`: a comma means and; a value may be a JSON object."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import ColumnElement

from daybreak.platform.errors import InvalidRequest

Filter = Callable[[str], ColumnElement[bool]]

# A statement nests only so deep, and each part is one level.
MOST_PARTS = 50


def split_outside_braces(text: str, separator: str = ",") -> list[str]:
    """Splits at separators that stand outside of braces, brackets and double quotes."""
    parts: list[str] = []
    depth, quoted, start = 0, False, 0
    for index, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "{[(":
            depth += 1
        elif not quoted and character in ")]}":
            depth = max(0, depth - 1)
        elif not quoted and depth == 0 and character == separator:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def parse_filter(text: str | None) -> list[tuple[str, str]]:
    """`"query:abc,tags:a+b"` -> `[("query", "abc"), ("tags", "a+b")]`.

    Raises:
        InvalidRequest: a part without a colon, or too many parts.

    """
    pairs: list[tuple[str, str]] = []
    parts = split_outside_braces(text or "")
    if len(parts) > MOST_PARTS:
        raise InvalidRequest(f"filter: {MOST_PARTS} parts at most, not {len(parts)}")
    for part in parts:
        field, colon, value = part.partition(":")
        if not colon:
            raise InvalidRequest(f"filter: {part!r} is not of the form field:value")
        pairs.append((field.strip(), value.strip()))
    return pairs


def filter_predicates(text: str | None, filters: Mapping[str, Filter]) -> list[ColumnElement[bool]]:
    """The SQL of a `filter=`.

    Raises:
        InvalidRequest: an unknown field; the known ones are listed.

    """
    predicates = []
    for field, value in parse_filter(text):
        if field not in filters:
            known = ", ".join(sorted(filters)) or "none"
            raise InvalidRequest(f"filter: {field!r} is unknown here; known: {known}")
        predicates.append(filters[field](value))
    return predicates


def parse_tags(value: str) -> Sequence[str]:
    """Tags joined by `+`; a plus sign that was not encoded arrives as a space."""
    return [tag for tag in value.replace(" ", "+").split("+") if tag]
