"""JSON patch, operation by operation, and the limits that keep hostile patches harmless."""

import copy

import pytest

from daybreak.logic.patching.errors import PatchFailed, PatchInvalid, PatchTestFailed
from daybreak.logic.patching.json_patch import (
    MAX_OPERATIONS,
    Operation,
    OperationKind,
    apply_patch,
    parse_patch,
    touched,
)
from daybreak.logic.patching.json_value import MAX_NESTING, Json, is_json_equal
from daybreak.logic.patching.pointer import MAX_DEPTH


def patched(document: Json, *operations: Json) -> Json:
    return apply_patch(document, parse_patch(list(operations)))


@pytest.mark.parametrize(
    ("document", "operation", "expected"),
    [
        ({"a": 1}, {"op": "add", "path": "/b", "value": 2}, {"a": 1, "b": 2}),
        ({"a": 1}, {"op": "add", "path": "/a", "value": 2}, {"a": 2}),
        ({"a": 1}, {"op": "add", "path": "", "value": [1]}, [1]),
        ({"a": 1}, {"op": "add", "path": "/", "value": 2}, {"a": 1, "": 2}),
        ({"a": 1}, {"op": "add", "path": "/b", "value": None}, {"a": 1, "b": None}),
        ({"t": [1]}, {"op": "add", "path": "/t/-", "value": 2}, {"t": [1, 2]}),
        ({"t": [1]}, {"op": "add", "path": "/t/0", "value": 2}, {"t": [2, 1]}),
        ({"t": [1]}, {"op": "add", "path": "/t/1", "value": 2}, {"t": [1, 2]}),
        ({"t": [[1]]}, {"op": "add", "path": "/t/0/-", "value": [2]}, {"t": [[1, [2]]]}),
        ({}, {"op": "add", "path": "/a~1b~0c", "value": 1}, {"a/b~c": 1}),
        ({}, {"op": "add", "path": "/~01", "value": 1}, {"~1": 1}),
        ({"a": 1}, {"op": "replace", "path": "/a", "value": 2}, {"a": 2}),
        ({"a": 1}, {"op": "replace", "path": "/b", "value": 2}, {"a": 1, "b": 2}),
        ({"t": [1, 2]}, {"op": "replace", "path": "/t/1", "value": 3}, {"t": [1, 3]}),
        ({"a": 1}, {"op": "replace", "path": "", "value": None}, None),
        ({"a": 1, "b": 2}, {"op": "remove", "path": "/a"}, {"b": 2}),
        ({"b": 2}, {"op": "remove", "path": "/a"}, {"b": 2}),
        ({"t": [1, 2]}, {"op": "remove", "path": "/t/0"}, {"t": [2]}),
        ({"0": 1}, {"op": "remove", "path": "/0"}, {}),
        ({"a": 1}, {"op": "move", "from": "/a", "path": "/b"}, {"b": 1}),
        ({"a": 1}, {"op": "move", "from": "/a", "path": "/a"}, {"a": 1}),
        ({"a": {"b": 1}}, {"op": "move", "from": "/a", "path": ""}, {"b": 1}),
        ({"a": 1}, {"op": "move", "from": "", "path": ""}, {"a": 1}),
        ({"t": [1, 2, 3]}, {"op": "move", "from": "/t/0", "path": "/t/2"}, {"t": [2, 3, 1]}),
        ({"t": [1, 2, 3]}, {"op": "move", "from": "/t/0", "path": "/t/-"}, {"t": [2, 3, 1]}),
        ({"a": 1, "ab": {}}, {"op": "move", "from": "/a", "path": "/ab/a"}, {"ab": {"a": 1}}),
        ({"a": [1]}, {"op": "copy", "from": "/a", "path": "/b"}, {"a": [1], "b": [1]}),
        ({"a": 1}, {"op": "copy", "from": "", "path": "/b"}, {"a": 1, "b": {"a": 1}}),
        ({"a": 1}, {"op": "add", "path": "/b", "value": 1, "comment": "ignored"}, {"a": 1, "b": 1}),
    ],
)
def test_apply_patch__one_operation__gives_the_document(
    document: Json, operation: Json, expected: Json
) -> None:
    assert is_json_equal(patched(document, operation), expected)


@pytest.mark.parametrize(
    ("document", "value", "is_met"),
    [
        (1, 1, True),
        (1, 1.0, True),
        (1, True, False),
        (False, 0, False),
        (True, True, True),
        (None, None, True),
        (None, False, False),
        ("1", 1, False),
        ([], {}, False),
        ({}, [], False),
        ({}, None, False),
        ({"a": 1, "b": [1, {}]}, {"b": [1, {}], "a": 1}, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1, 2], [2, 1], False),
        ([1], [1, 2], False),
        ([True], [1], False),
    ],
)
def test_apply_patch__test_operation__compares_as_json(document: Json, value: Json, *, is_met: bool) -> None:
    operation = {"op": "test", "path": "/at", "value": value}
    if is_met:
        assert patched({"at": document}, operation) == {"at": document}
    else:
        with pytest.raises(PatchTestFailed, match="'/at'"):
            patched({"at": document}, operation)


@pytest.mark.parametrize("path", ["/b", "/a/b", "/t/1", "/t/-"])
def test_apply_patch__test_of_an_absent_place__is_a_failed_test(path: str) -> None:
    with pytest.raises(PatchTestFailed):
        patched({"a": 1, "t": [1]}, {"op": "test", "path": path, "value": 1})


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ({"op": "add", "path": "/b/c", "value": 1}, "cannot add '/b/c': there is no 'b'"),
        ({"op": "add", "path": "/a/c", "value": 1}, "cannot add '/a/c': its parent holds no members"),
        ({"op": "add", "path": "/t/2", "value": 1}, "'2' is no position in a list of 1 items"),
        ({"op": "add", "path": "/t/01", "value": 1}, "'01' is no position"),
        ({"op": "add", "path": "/t/x", "value": 1}, "'x' is no position"),
        ({"op": "add", "path": "/t/-1", "value": 1}, "'-1' is no position"),
        ({"op": "add", "path": "/t/²", "value": 1}, "'²' is no position"),
        ({"op": "add", "path": "/t/" + "1" * 5000, "value": 1}, "is no position"),
        ({"op": "replace", "path": "/t/1", "value": 1}, "'1' is no position"),
        ({"op": "replace", "path": "/t/-", "value": 1}, "'-' is no position"),
        ({"op": "replace", "path": "/b/c", "value": 1}, "there is no 'b'"),
        ({"op": "remove", "path": "/t/1"}, "'1' is no position"),
        ({"op": "remove", "path": "/b/c"}, "there is no 'b'"),
        ({"op": "remove", "path": ""}, "the whole document cannot be removed"),
        ({"op": "move", "from": "/b", "path": "/c"}, "cannot move '/b': there is no 'b'"),
        ({"op": "copy", "from": "/t/-", "path": "/c"}, "cannot copy '/t/-': there is no '-'"),
        ({"op": "copy", "from": "/a", "path": "/b/c"}, "cannot copy '/b/c': there is no 'b'"),
    ],
)
def test_apply_patch__place_that_does_not_exist__fails_and_names_it(operation: Json, message: str) -> None:
    with pytest.raises(PatchFailed) as failure:
        patched({"a": 1, "t": [1]}, operation)
    assert message in str(failure.value)
    assert not isinstance(failure.value, PatchTestFailed)


def test_apply_patch__many_operations__each_sees_the_one_before() -> None:
    document = {"variations": [{"value": 1}, {"value": 2}]}
    after = patched(
        document,
        {"op": "add", "path": "/variations/-", "value": {"value": 3}},
        {"op": "remove", "path": "/variations/0"},
        {"op": "replace", "path": "/variations/1/value", "value": 4},
    )
    assert after == {"variations": [{"value": 2}, {"value": 4}]}


def test_apply_patch__any_outcome__leaves_document_and_operations_alone() -> None:
    document = {"a": {"b": [1]}, "c": [1, 2]}
    operations = parse_patch(
        [
            {"op": "add", "path": "/d", "value": {"e": []}},
            {"op": "add", "path": "/d/e/-", "value": 1},
            {"op": "copy", "from": "/a", "path": "/f"},
            {"op": "add", "path": "/f/b/-", "value": 2},
            {"op": "remove", "path": "/c/0"},
        ]
    )
    untouched, operations_before = copy.deepcopy(document), copy.deepcopy(operations)
    after = apply_patch(document, operations)
    assert after == {"a": {"b": [1]}, "c": [2], "d": {"e": [1]}, "f": {"b": [1, 2]}}
    after["a"]["b"].append(3)
    assert document == untouched
    assert operations == operations_before
    with pytest.raises(PatchFailed):
        apply_patch(document, (*operations, Operation(OperationKind.REMOVE, "/x/y")))
    assert document == untouched


def test_apply_patch__list_copied_into_itself__is_stopped() -> None:
    doubling = [{"op": "copy", "from": "/t", "path": "/t/-"}] * 40
    with pytest.raises(PatchFailed, match="at most 100000 values"):
        patched({"t": [1, 2, 3]}, *doubling)


def test_apply_patch__moves_that_nest_ever_deeper__are_stopped() -> None:
    deeper = [
        {"op": "add", "path": "/b", "value": {}},
        {"op": "move", "from": "/a", "path": "/b/a"},
        {"op": "move", "from": "/b", "path": "/a"},
    ]
    with pytest.raises(PatchFailed, match="nested deeper"):
        patched({"a": {}}, *(deeper * MAX_NESTING))


@pytest.mark.parametrize("opening", ["list", "object"])
def test_apply_patch__value_nested_too_deeply__fails(opening: str) -> None:
    value: Json = 1
    for _ in range(MAX_NESTING):
        value = [value] if opening == "list" else {"a": value}
    assert apply_patch(value, ()) == value
    with pytest.raises(PatchFailed, match="nested deeper"):
        patched({}, {"op": "add", "path": "/a", "value": value})


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({"op": "add"}, "a JSON patch is a list of operations"),
        (["add"], "operation 0 is not an object"),
        ([{"path": "/a"}], "operation 0: op must be one of add, replace, remove, test, move, copy, not None"),
        ([{"op": "ADD", "path": "/a", "value": 1}], "not 'ADD'"),
        ([{"op": ["add"], "path": "/a", "value": 1}], "op must be one of"),
        ([{"op": "remove", "path": "/a"}, {"op": "remove"}], "operation 1: 'path' must be a string"),
        ([{"op": "remove", "path": 1}], "operation 0: 'path' must be a string"),
        ([{"op": "remove", "path": "a"}], "operation 0: path 'a' must be empty or begin with '/'"),
        ([{"op": "remove", "path": "/a~2"}], "neither '~0' nor '~1'"),
        ([{"op": "remove", "path": "/a~"}], "neither '~0' nor '~1'"),
        ([{"op": "remove", "path": "/a" * (MAX_DEPTH + 1)}], "at most 32 names deep"),
        ([{"op": "add", "path": "/a"}], "operation 0: add needs a value"),
        ([{"op": "replace", "path": "/a"}], "operation 0: replace needs a value"),
        ([{"op": "test", "path": "/a"}], "operation 0: test needs a value"),
        ([{"op": "move", "path": "/a"}], "operation 0: 'from' must be a string"),
        ([{"op": "copy", "path": "/a", "from": "b"}], "operation 0: path 'b' must be empty or begin"),
        ([{"op": "move", "path": "/a/b", "from": "/a"}], "'/a' cannot be moved into itself"),
        ([{"op": "move", "path": "/a", "from": ""}], "'' cannot be moved into itself"),
        ([{"op": "remove", "path": "/a"}] * (MAX_OPERATIONS + 1), "at most 1000 operations, not 1001"),
    ],
)
def test_parse_patch__malformed__says_where_and_why(patch: Json, message: str) -> None:
    with pytest.raises(PatchInvalid) as invalid:
        parse_patch(patch)
    assert message in str(invalid.value)


def test_parse_patch__at_the_limits__is_accepted() -> None:
    operations = parse_patch([{"op": "remove", "path": "/a" * MAX_DEPTH}] * MAX_OPERATIONS)
    assert operations == (Operation(OperationKind.REMOVE, "/a" * MAX_DEPTH),) * MAX_OPERATIONS
    assert parse_patch([]) == ()


def test_touched__every_kind__names_what_is_written_or_read_once() -> None:
    operations = parse_patch(
        [
            {"op": "test", "path": "/version", "value": 1},
            {"op": "replace", "path": "/name", "value": "x"},
            {"op": "move", "from": "/a", "path": "/b"},
            {"op": "copy", "from": "/b", "path": "/c~1d"},
            {"op": "remove", "path": "/name"},
        ]
    )
    assert touched(operations) == ("/name", "/a", "/b", "/c~1d")
