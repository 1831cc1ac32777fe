"""Bytes -> typed values, or a 4xx that says what is wrong. Nothing past this file sees malformed input."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec

from daybreak.platform.columns import Json
from daybreak.platform.errors import DomainError, FieldFault, InvalidRequest, ValidationFailed
from daybreak.rest.call import Query
from daybreak.rest.keys import INSTANT

DEEPEST = 64
LARGEST_NUMBER = 2**63 - 1
# The end of the year 9999.
LATEST_INSTANT = 253_402_300_800_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SURROGATE = re.compile(r"[\ud800-\udfff\x00]")
_FAULT = re.compile(r"^(?P<reason>.*?)(?: - at `\$?\.?(?P<at>.*)`)?$", re.DOTALL)

T = TypeVar("T")
Q = TypeVar("Q", bound=Query)

_plain = msgspec.json.Decoder()


def parse_json(raw: bytes) -> Json:
    """Any JSON value that can be stored.

    Raises:
        InvalidRequest: not JSON, not UTF-8, too deep, or holding characters no database takes.

    """
    if not raw.strip():
        raise InvalidRequest("The request needs a JSON body")
    try:
        value = _plain.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidRequest(f"The body is not valid JSON: {error}") from None
    require_storable(value)
    return value


def require_storable(value: Json) -> None:
    """Refuses what SQLite or PostgreSQL cannot hold: NUL characters, lone surrogates, endless depth, whole
    numbers of more than 64 bits.
    """
    pending: list[tuple[Json, int]] = [(value, 0)]
    while pending:
        item, depth = pending.pop()
        if depth > DEEPEST:
            raise InvalidRequest(f"The JSON is nested more than {DEEPEST} levels deep")
        if isinstance(item, str):
            if _SURROGATE.search(item):
                raise InvalidRequest("Text may not contain NUL characters or lone surrogates")
        elif isinstance(item, int):
            if not -LARGEST_NUMBER <= item <= LARGEST_NUMBER:
                raise InvalidRequest("Whole numbers may have 64 bits")
        elif isinstance(item, dict):
            pending += [(key, depth + 1) for key in item]
            pending += [(member, depth + 1) for member in item.values()]
        elif isinstance(item, list):
            pending += [(member, depth + 1) for member in item]


def convert(value: Json, kind: type[T]) -> T:
    """A JSON value as `kind`.

    Raises:
        ValidationFailed: naming the attribute that does not fit.

    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise _validation_failed(error) from None


def _validation_failed(error: Exception) -> DomainError:
    match = _FAULT.match(str(error))
    reason = match["reason"] if match else str(error)
    attribute = (match and match["at"]) or "body"
    missing = re.match(r"Object missing required field `(.*)`", reason)
    if missing:
        inside = f"{attribute}." if attribute != "body" else ""
        return ValidationFailed(FieldFault(inside + missing[1], "is required"))
    return ValidationFailed(FieldFault(attribute, reason))


@cache
def _lists(kind: type[Query]) -> frozenset[str]:
    return _fields_where(kind, _is_list)


@cache
def _instants(kind: type[Query]) -> frozenset[str]:
    return _fields_where(kind, _is_instant)


def _fields_where(kind: type[Query], holds: Callable[[Any], bool]) -> frozenset[str]:
    fields = msgspec.structs.fields(kind)
    return frozenset(field.encode_name for field in fields if any(map(holds, _alternatives(field.type))))


def _alternatives(kind: Any) -> Iterator[Any]:
    """A type, and what it consists of where it is annotated or a union."""
    yield kind
    origin = get_origin(kind)
    parts = get_args(kind)[:1] if origin is Annotated else get_args(kind)
    if origin in {Annotated, Union, UnionType}:
        for part in parts:
            yield from _alternatives(part)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in {list, tuple}


def _is_instant(kind: Any) -> bool:
    return get_origin(kind) is Annotated and INSTANT in get_args(kind)[1:]


def _in_milliseconds(text: str) -> str:
    """The official client sends some instants as date-times. What is none stays, and is judged as it is."""
    if "T" not in text:
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return str((aware - _EPOCH) // timedelta(milliseconds=1))


def parse_query(query: str, kind: type[Q]) -> Q:
    """The query's parameters as `kind`. An empty value counts as absent; the last of several wins.

    Instants are Unix milliseconds or date-times.

    Raises:
        InvalidRequest: a value that does not fit, with the parameter's name.

    """
    values: dict[str, Any] = {}
    lists, instants = _lists(kind), _instants(kind)
    for name, value in parse_query_pairs(query):
        if name in lists:
            values.setdefault(name, []).extend(part for part in value.split(",") if part)
        elif value != "":
            values[name] = _in_milliseconds(value) if name in instants else value
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        match = _FAULT.match(str(error))
        where = f"{match['at']}: " if match and match["at"] else ""
        reason = match["reason"] if match else str(error)
        raise InvalidRequest(f"Query parameter {where}{reason}") from None


def parse_query_pairs(query: str) -> list[tuple[str, str]]:
    """Names and values of a query string, decoded strictly."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=200)
    except (ValueError, UnicodeDecodeError):
        raise InvalidRequest("The query is not valid UTF-8, or has more than 200 parameters") from None
    for name, value in pairs:
        if _SURROGATE.search(value) or _SURROGATE.search(name):
            raise InvalidRequest("Query parameters may not contain NUL characters")
    return pairs


def parse_list(text: str | None) -> tuple[str, ...]:
    """`"a, b"` -> `("a", "b")`: a comma separated parameter."""
    return tuple(dict.fromkeys(part.strip() for part in (text or "").split(",") if part.strip()))


def parse_instant(text: str | int | None, name: str, default: int) -> int:
    """Unix milliseconds from a parameter that the API types as a string or as a number.

    Raises:
        InvalidRequest: not a whole number, negative, or after the year 9999.

    """
    if text is None:
        return default
    try:
        value = int(text)
    except ValueError:
        raise InvalidRequest(f"{name} is a Unix time in milliseconds, not {text!r}") from None
    if not 0 <= value < LATEST_INSTANT:
        raise InvalidRequest(f"{name} is a Unix time in milliseconds between 0 and {LATEST_INSTANT}")
    return value


def parse_headers(raw: list[tuple[bytes, bytes]]) -> Mapping[bytes, bytes]:
    """Headers by lower-case name; of several with one name the first."""
    found: dict[bytes, bytes] = {}
    for name, value in raw:
        found.setdefault(name.lower(), value)
    return found
