"""JSON values as Python holds them, with the two things Python does differently from JSON:
equality (Python says `True == 1`) and copying (here bounded, because documents come from outside).
"""

from collections.abc import Hashable, Iterator
from dataclasses import fields
from typing import Any, Final, TypeAlias

from daybreak.logic.patching.errors import PatchFailed

Json: TypeAlias = Any

MAX_NESTING: Final = 64


def is_json_equal(left: Json, right: Json) -> bool:
    """Equal as JSON: numbers by value, `true` never a number, members of objects in any order."""
    # A stack rather than recursion: a hostile document must not exhaust the interpreter's own.
    pairs = [(left, right)]
    while pairs:
        a, b = pairs.pop()
        if isinstance(a, dict):
            if not isinstance(b, dict) or a.keys() != b.keys():
                return False
            pairs.extend((value, b[name]) for name, value in a.items())
        elif isinstance(a, list | tuple):
            if type(a) is not type(b) or len(a) != len(b):
                return False
            pairs.extend(zip(a, b, strict=True))
        elif isinstance(a, bool) is not isinstance(b, bool) or a != b:
            return False
    return True


def has_equal_fields(left: Any, right: Any) -> bool:
    """Whether two of a dataclass that holds JSON are equal as JSON: what its `__eq__` says."""
    names = (each.name for each in fields(left))
    return all(is_json_equal(getattr(left, name), getattr(right, name)) for name in names)


def identify(value: Json) -> Hashable:
    """The same for values that are equal as JSON, and for no others: for sets of values."""
    if isinstance(value, dict):
        return frozenset((name, identify(member)) for name, member in value.items())
    if isinstance(value, list):
        return tuple(identify(item) for item in value)
    return isinstance(value, bool), value


def copy_json(value: Json, depth: int = 0) -> Json:
    """A copy that shares no list and no object with the original; `depth` is where it will be placed."""
    if isinstance(value, dict):
        require_nesting(depth)
        return {name: copy_json(member, depth + 1) for name, member in value.items()}
    if isinstance(value, list):
        require_nesting(depth)
        return [copy_json(item, depth + 1) for item in value]
    return value


def require_nesting(depth: int) -> None:
    if depth >= MAX_NESTING:
        raise PatchFailed(f"the document would be nested deeper than {MAX_NESTING} levels")


def count_values(value: Json) -> int:
    """How many values a document holds, itself included: what copying it costs."""
    return sum(1 for _ in _walk(value))


def _walk(value: Json) -> Iterator[Json]:
    remaining = [value]
    while remaining:
        current = remaining.pop()
        yield current
        if isinstance(current, dict):
            remaining.extend(current.values())
        elif isinstance(current, list):
            remaining.extend(current)
