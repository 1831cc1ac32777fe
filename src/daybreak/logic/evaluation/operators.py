"""What clauses can ask of a value. Each operator takes all values of a clause at once and is made once per
flag change, so that dates, versions and patterns are parsed once and sets are looked up.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

from daybreak.logic.evaluation.matching import Pattern
from daybreak.logic.evaluation.model import Json
from daybreak.logic.evaluation.patterns import PatternRefused

Test = Callable[[Json], bool]

_INSTANT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))\Z",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# No version has numbers of more than 100 digits; those of thousands Python would refuse to read.
_DIGITS = "0|[1-9][0-9]{0,99}"
_NUMBER = rf"({_DIGITS})"
_WORD = rf"(?:{_DIGITS}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
_VERSION = re.compile(
    rf"{_NUMBER}(?:\.{_NUMBER})?(?:\.{_NUMBER})?(?:-({_WORD}(?:\.{_WORD})*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\Z"
)

Version = tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]


def prepare_operator(op: str, values: Sequence[Json]) -> Test:
    """Whether a value passes with any of the clause's values. Nothing passes an unknown operator."""
    make = _OPERATORS.get(op)
    return _nothing if make is None else make(values)


def prepare_any(op: str, test: Test) -> Test:
    """The test of an operator, asked of a list: whether any value in it passes."""
    return test if op == "matches" else lambda values: any(map(test, values))


def parse_instant(value: Json) -> float | None:
    """Milliseconds since 1970 of a number, or of a date and time with a zone as RFC 3339 writes it."""
    if _is_number(value):
        return _float(value)
    found = _INSTANT.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    fraction, sign, hours, minutes = found.groups()[6:]
    microseconds = int((fraction or "0")[:6].ljust(6, "0"))
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-offset if sign == "-" else offset)
        at = datetime(year, month, day, hour, minute, second, microseconds, tzinfo=zone)
    except ValueError:
        return None
    return (at - _EPOCH).total_seconds() * 1000.0


def parse_version(value: Json) -> Version | None:
    """A semantic version, as something that compares as versions do; missing parts are 0."""
    found = _VERSION.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    major, minor, patch, label = found.groups()
    words = tuple(_rank(word) for word in label.split(".")) if label else ()
    # A version without a label comes after all with one.
    return int(major), int(minor or 0), int(patch or 0), not label, words


def _rank(word: str) -> tuple[bool, int, str]:
    return (False, int(word), "") if word.isdigit() else (True, 0, word)


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _nothing(value: Json) -> bool:  # noqa: ARG001 - as all tests
    return False


def _is_in(values: Sequence[Json]) -> Test:
    """Equal to one of them, and of the same type: true is not 1, and "1" is not 1."""
    texts = frozenset(value for value in values if isinstance(value, str))
    numbers = frozenset(value for value in values if _is_number(value))
    booleans = frozenset(value for value in values if isinstance(value, bool))
    others = [value for value in values if isinstance(value, list | dict)]

    def test(value: Json) -> bool:
        if isinstance(value, str):
            return value in texts
        if isinstance(value, bool):
            return value in booleans
        if isinstance(value, int | float):
            return value in numbers
        return value in others

    return test


def _text_test(passes: Callable[[str, tuple[str, ...]], bool]) -> Callable[[Sequence[Json]], Test]:
    def make(values: Sequence[Json]) -> Test:
        texts = tuple(value for value in values if isinstance(value, str))
        return lambda value: isinstance(value, str) and passes(value, texts)

    return make


def _matches(values: Sequence[Json]) -> Test:
    """Takes a list as well: what searching may cost is for all of its texts together."""
    patterns = [pattern for value in values if (pattern := _compile(value)) is not None]

    def test(value: Json) -> bool:
        given = value if isinstance(value, list) else (value,)
        return any(pattern.finds(given) for pattern in patterns)

    return test


def _compile(value: Json) -> Pattern | None:
    """None for what is refused: whatever was stored, no evaluation takes for ever."""
    if not isinstance(value, str):
        return None
    try:
        return Pattern(value)
    except PatternRefused:
        return None


def _ordered(
    parse: Callable[[Json], Json],
    passes: Callable[[Json, Json], bool],
    farthest: Callable[[list[Json]], Json],
) -> Callable[[Sequence[Json]], Test]:
    """Passing with any of the values is passing with the farthest of them."""

    def make(values: Sequence[Json]) -> Test:
        bounds = [bound for value in values if (bound := parse(value)) is not None]
        if not bounds:
            return _nothing
        bound = farthest(bounds)

        def test(value: Json) -> bool:
            parsed = parse(value)
            return parsed is not None and passes(parsed, bound)

        return test

    return make


def _same_version(values: Sequence[Json]) -> Test:
    versions = frozenset(parse_version(value) for value in values) - {None}
    return lambda value: parse_version(value) in versions


def _parse_number(value: Json) -> float | None:
    return _float(value) if _is_number(value) else None


def _less(a: Json, b: Json) -> bool:
    return bool(a < b)


def _greater(a: Json, b: Json) -> bool:
    return bool(a > b)


_OPERATORS: Mapping[str, Callable[[Sequence[Json]], Test]] = {
    "in": _is_in,
    "startsWith": _text_test(str.startswith),
    "endsWith": _text_test(str.endswith),
    "contains": _text_test(lambda value, texts: any(text in value for text in texts)),
    "matches": _matches,
    "lessThan": _ordered(_parse_number, _less, max),
    "lessThanOrEqual": _ordered(_parse_number, lambda a, b: bool(a <= b), max),
    "greaterThan": _ordered(_parse_number, _greater, min),
    "greaterThanOrEqual": _ordered(_parse_number, lambda a, b: bool(a >= b), min),
    "before": _ordered(parse_instant, _less, max),
    "after": _ordered(parse_instant, _greater, min),
    "semVerEqual": _same_version,
    "semVerLessThan": _ordered(parse_version, _less, max),
    "semVerGreaterThan": _ordered(parse_version, _greater, min),
}

OPERATORS = (*_OPERATORS, "segmentMatch")
