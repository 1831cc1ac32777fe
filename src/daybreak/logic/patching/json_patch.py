"""JSON patch (RFC 6902): parsed once into operations, then applied to any number of documents.
Two leniencies are deliberate, because existing clients patch without knowing whether a member is set:
`replace` of an absent member adds it, and `remove` of an absent member does nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from daybreak.logic.patching.errors import PatchFailed, PatchInvalid, PatchTestFailed
from daybreak.logic.patching.json_value import Json, copy_json, count_values, is_json_equal
from daybreak.logic.patching.pointer import Pointer, parse_index, parse_pointer

MAX_OPERATIONS: Final = 1_000
# A list copied into itself doubles: thirty short operations would otherwise fill the memory.
MAX_VALUES_COPIED: Final = 100_000


class OperationKind(StrEnum):
    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"
    TEST = "test"
    MOVE = "move"
    COPY = "copy"


_WITH_VALUE: Final = frozenset({OperationKind.ADD, OperationKind.REPLACE, OperationKind.TEST})
_WITH_SOURCE: Final = frozenset({OperationKind.MOVE, OperationKind.COPY})


@dataclass(frozen=True, slots=True)
class Operation:
    kind: OperationKind
    path: str
    value: Json = None
    source: str = ""
    """What JSON calls `from`; only move and copy have one."""


def parse_patch(value: Json) -> tuple[Operation, ...]:
    if not isinstance(value, list):
        raise PatchInvalid("a JSON patch is a list of operations")
    if len(value) > MAX_OPERATIONS:
        raise PatchInvalid(f"a JSON patch may hold at most {MAX_OPERATIONS} operations, not {len(value)}")
    return tuple(_parse_operation(item, position) for position, item in enumerate(value))


def touched(operations: Iterable[Operation]) -> tuple[str, ...]:
    """The paths a patch may change or reads from, each once, in order. A `test` touches nothing."""
    paths: dict[str, None] = {}
    for operation in operations:
        if operation.kind in _WITH_SOURCE:
            paths[operation.source] = None
        if operation.kind is not OperationKind.TEST:
            paths[operation.path] = None
    return tuple(paths)


def apply_patch(document: Json, operations: Sequence[Operation]) -> Json:
    """The patched document: all operations or none. Shares nothing with `document` or the operations."""
    draft = _Draft(document)
    for operation in operations:
        _APPLY[operation.kind](draft, operation)
    return draft.root[_ROOT]


def _parse_operation(item: Json, position: int) -> Operation:
    where = f"operation {position}"
    if not isinstance(item, dict):
        raise PatchInvalid(f"{where} is not an object")
    name = item.get("op")
    if name not in list(OperationKind):
        known = ", ".join(OperationKind)
        raise PatchInvalid(f"{where}: op must be one of {known}, not {name!r}")
    kind = OperationKind(name)
    path = _parse_path(item, "path", where)
    if kind in _WITH_SOURCE:
        source = _parse_path(item, "from", where)
        if kind is OperationKind.MOVE and path.startswith(source + "/"):
            raise PatchInvalid(f"{where}: {source!r} cannot be moved into itself")
        return Operation(kind, path, source=source)
    if kind not in _WITH_VALUE:
        return Operation(kind, path)
    if "value" not in item:
        raise PatchInvalid(f"{where}: {kind} needs a value")
    return Operation(kind, path, item["value"])


def _parse_path(item: dict[str, Json], member: str, where: str) -> str:
    path = item.get(member)
    if not isinstance(path, str):
        raise PatchInvalid(f"{where}: {member!r} must be a string")
    try:
        parse_pointer(path)
    except PatchInvalid as invalid:
        raise PatchInvalid(f"{where}: {invalid}") from invalid
    return path


_ROOT: Final = "document"


class _Draft:
    """The working copy of one application. Nobody else holds it, so it may be changed in place."""

    __slots__ = ("may_still_copy", "root")

    def __init__(self, document: Json) -> None:
        # The document is a member of a holder, so that replacing it whole is no special case.
        self.root: dict[str, Json] = {_ROOT: copy_json(document)}
        self.may_still_copy = MAX_VALUES_COPIED

    def add(self, operation: Operation) -> None:
        pointer = parse_pointer(operation.path)
        self._insert(pointer, copy_json(operation.value, len(pointer)), operation)

    def replace(self, operation: Operation) -> None:
        pointer = parse_pointer(operation.path)
        container, name = self._container(pointer, operation)
        value = copy_json(operation.value, len(pointer))
        if isinstance(container, dict):
            container[name] = value
        else:
            container[_require_index(container, name, len(container), operation)] = value

    def remove(self, operation: Operation) -> None:
        pointer = parse_pointer(operation.path)
        if not pointer:
            raise PatchFailed("the whole document cannot be removed")
        self._remove(pointer, operation)

    def test(self, operation: Operation) -> None:
        try:
            found = self._read(parse_pointer(operation.path), operation.path, operation)
        except PatchFailed as absent:
            raise PatchTestFailed(str(absent)) from absent
        if not is_json_equal(found, operation.value):
            raise PatchTestFailed(f"test of {operation.path!r} failed: the value is another one")

    def move(self, operation: Operation) -> None:
        source, pointer = parse_pointer(operation.source), parse_pointer(operation.path)
        value = self._copy(source, len(pointer), operation)
        if source:
            self._remove(source, operation)
        self._insert(pointer, value, operation)

    def copy(self, operation: Operation) -> None:
        pointer = parse_pointer(operation.path)
        value = self._copy(parse_pointer(operation.source), len(pointer), operation)
        self._insert(pointer, value, operation)

    def _copy(self, source: Pointer, depth: int, operation: Operation) -> Json:
        found = self._read(source, operation.source, operation)
        self.may_still_copy -= count_values(found)
        if self.may_still_copy < 0:
            raise PatchFailed(f"a patch may move and copy at most {MAX_VALUES_COPIED} values in all")
        return copy_json(found, depth)

    def _insert(self, pointer: Pointer, value: Json, operation: Operation) -> None:
        container, name = self._container(pointer, operation)
        if isinstance(container, dict):
            container[name] = value
        elif name == "-":
            container.append(value)
        else:
            container.insert(_require_index(container, name, len(container) + 1, operation), value)

    def _remove(self, pointer: Pointer, operation: Operation) -> None:
        container, name = self._container(pointer, operation)
        if isinstance(container, dict):
            container.pop(name, None)
        else:
            del container[_require_index(container, name, len(container), operation)]

    def _container(self, pointer: Pointer, operation: Operation) -> tuple[dict[str, Json] | list[Json], str]:
        """What holds the place that `pointer` names, and the last name."""
        if not pointer:
            return self.root, _ROOT
        container = self._read(pointer[:-1], operation.path, operation)
        if not isinstance(container, dict | list):
            raise PatchFailed(f"cannot {operation.kind} {operation.path!r}: its parent holds no members")
        return container, pointer[-1]

    def _read(self, pointer: Pointer, path: str, operation: Operation) -> Json:
        value = self.root[_ROOT]
        for name in pointer:
            if isinstance(value, dict) and name in value:
                value = value[name]
            elif isinstance(value, list) and (index := parse_index(name, len(value))) is not None:
                value = value[index]
            else:
                raise PatchFailed(f"cannot {operation.kind} {path!r}: there is no {name!r}")
        return value


def _require_index(container: list[Json], name: str, size: int, operation: Operation) -> int:
    index = parse_index(name, size)
    if index is None:
        raise PatchFailed(
            f"cannot {operation.kind} {operation.path!r}: "
            f"{name!r} is no position in a list of {len(container)} items"
        )
    return index


_APPLY: Final[Mapping[OperationKind, Callable[[_Draft, Operation], None]]] = {
    OperationKind.ADD: _Draft.add,
    OperationKind.REPLACE: _Draft.replace,
    OperationKind.REMOVE: _Draft.remove,
    OperationKind.TEST: _Draft.test,
    OperationKind.MOVE: _Draft.move,
    OperationKind.COPY: _Draft.copy,
}
