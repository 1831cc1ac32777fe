"""What changed between two documents: as a JSON patch that turns one into the other, and as a list of
changes for people to read (titles of the audit log).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from daybreak.logic.patching.alignment import Step, align, is_same_thing
from daybreak.logic.patching.json_patch import Operation, OperationKind
from daybreak.logic.patching.json_value import Json, is_json_equal
from daybreak.logic.patching.pointer import MAX_DEPTH, Pointer, represent_pointer


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    path: str
    before: Json
    after: Json
    kind: ChangeKind
    """Tells a path that is absent, whose value reads None, from one that holds null."""


def difference(before: Json, after: Json) -> tuple[Operation, ...]:
    """A short JSON patch: applying it to `before` gives `after`."""
    return tuple(_compare((), before, after))


def describe_changes(before: Json, after: Json) -> tuple[Change, ...]:
    """Each changed member once, by where it stands. A list of plain values, or one that grew or shrank, is
    a single change: which item moved where is nothing that people read.
    """
    return tuple(_describe((), before, after))


def _compare(path: Pointer, before: Json, after: Json) -> Iterator[Operation]:
    if is_json_equal(before, after):
        return
    # Deeper paths would not be accepted back as a patch.
    if len(path) == MAX_DEPTH:
        yield _operation(OperationKind.REPLACE, path, after)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _compare_objects(path, before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _compare_lists(path, before, after)
    else:
        yield _operation(OperationKind.REPLACE, path, after)


def _compare_objects(path: Pointer, before: dict[str, Json], after: dict[str, Json]) -> Iterator[Operation]:
    for name, value in before.items():
        if name in after:
            yield from _compare((*path, name), value, after[name])
        else:
            yield _operation(OperationKind.REMOVE, (*path, name))
    for name, value in after.items():
        if name not in before:
            yield _operation(OperationKind.ADD, (*path, name), value)


def _compare_lists(path: Pointer, before: list[Json], after: list[Json]) -> Iterator[Operation]:
    olds, news = iter(before), iter(after)
    # Operations apply one after another, so the position is the one in the list as patched so far.
    position = 0
    for step in align(before, after):
        place = (*path, str(position))
        if step is Step.REMOVE:
            next(olds)
            yield _operation(OperationKind.REMOVE, place)
            continue
        if step is Step.ADD:
            yield _operation(OperationKind.ADD, place, next(news))
        else:
            yield from _compare_items(place, next(olds), next(news))
        position += 1


def _compare_items(path: Pointer, before: Json, after: Json) -> Iterator[Operation]:
    """As for members, but objects that agree in nothing are two things, not one that changed."""
    both_objects = isinstance(before, dict) and isinstance(after, dict)
    if both_objects and not is_same_thing(before, after) and not is_json_equal(before, after):
        yield _operation(OperationKind.REPLACE, path, after)
    else:
        yield from _compare(path, before, after)


def _operation(kind: OperationKind, path: Pointer, value: Json = None) -> Operation:
    return Operation(kind, represent_pointer(path), value)


def _describe(path: Pointer, before: Json, after: Json) -> Iterator[Change]:
    if is_json_equal(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _describe_members(path, before, after)
    elif _compares_by_item(before, after):
        for position, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _describe((*path, str(position)), old, new)
    else:
        yield Change(represent_pointer(path), before, after, ChangeKind.CHANGED)


def _describe_members(path: Pointer, before: dict[str, Json], after: dict[str, Json]) -> Iterator[Change]:
    for name in [*before, *(name for name in after if name not in before)]:
        here = (*path, name)
        if name not in after:
            yield Change(represent_pointer(here), before[name], None, ChangeKind.REMOVED)
        elif name not in before:
            yield Change(represent_pointer(here), None, after[name], ChangeKind.ADDED)
        else:
            yield from _describe(here, before[name], after[name])


def _compares_by_item(before: Json, after: Json) -> bool:
    if not isinstance(before, list) or not isinstance(after, list) or len(before) != len(after):
        return False
    return any(isinstance(item, dict | list) for item in before)
