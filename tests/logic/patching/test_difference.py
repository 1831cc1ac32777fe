"""Differences: short and readable patches that always lead from one document to the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.logic.patching import alignment
from daybreak.logic.patching.difference import Change, ChangeKind, describe_changes, difference
from daybreak.logic.patching.json_patch import Operation, OperationKind, apply_patch, parse_patch
from daybreak.logic.patching.json_value import Json, is_json_equal
from daybreak.logic.patching.pointer import MAX_DEPTH

# Few names and few plain values, so that documents often agree in part.
PLAIN_VALUES = st.sampled_from([None, True, False, 0, 1, 1.5, "", "a", "a/b~c"])
DOCUMENTS = st.recursive(
    PLAIN_VALUES,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["a", "b", "~", "/"]), inner, max_size=3)
    ),
    max_leaves=15,
)


def as_json(operations: tuple[Operation, ...]) -> list[Json]:
    """Operations the short way: `["replace", "/a", 1]`, or `["remove", "/a"]`."""
    return [
        [operation.kind.value, operation.path]
        + ([] if operation.kind is OperationKind.REMOVE else [operation.value])
        for operation in operations
    ]


@settings(max_examples=300, deadline=None)
@given(before=DOCUMENTS, after=DOCUMENTS)
def test_difference__any_two_documents__leads_from_one_to_the_other(before: Json, after: Json) -> None:
    operations = difference(before, after)
    assert is_json_equal(apply_patch(before, operations), after)
    assert bool(operations) is not is_json_equal(before, after)


@settings(max_examples=100, deadline=None)
@given(before=st.lists(st.integers(0, 4), max_size=12), after=st.lists(st.integers(0, 4), max_size=12))
def test_difference__lists_too_long_to_align__leads_from_one_to_the_other(
    before: list[int], after: list[int]
) -> None:
    filler_before, filler_after = list(range(100, 160)), list(range(200, 260))
    old, new = [*before, *filler_before], [*after, *filler_after]
    assert len(filler_before) * len(filler_after) > alignment.MAX_PAIRS_COMPARED
    assert apply_patch(old, difference(old, new)) == new


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, [["replace", "/a", True]]),
        ({"a": 1, "b": 2}, {"b": 3, "c": 4}, [["remove", "/a"], ["replace", "/b", 3], ["add", "/c", 4]]),
        ({"a": {"b/c": 1}}, {"a": {"b/c": 2}}, [["replace", "/a/b~1c", 2]]),
        ({"a": None}, {}, [["remove", "/a"]]),
        ([], {}, [["replace", "", {}]]),
        (["x", "y", "z"], ["x", "z"], [["remove", "/1"]]),
        (["x", "z"], ["x", "y", "z"], [["add", "/1", "y"]]),
        (["x"], ["x", "y", "z"], [["add", "/1", "y"], ["add", "/2", "z"]]),
        (["x", "y"], ["x", "z"], [["replace", "/1", "z"]]),
        (["w", "x", "y", "z"], ["x", "v", "z"], [["remove", "/0"], ["replace", "/1", "v"]]),
        ([1, 1, 1], [1], [["remove", "/1"], ["remove", "/1"]]),
        ([{}, 1], [{}, 2], [["replace", "/1", 2]]),
        ([1, {}, 3], [2, {}, 4], [["replace", "/0", 2], ["replace", "/2", 4]]),
        (
            [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
            [{"id": 2, "name": "c"}],
            [["remove", "/0"], ["replace", "/0/name", "c"]],
        ),
        (
            [{"id": 1, "name": "a"}],
            [{"id": 2, "name": "b"}],
            [["replace", "/0", {"id": 2, "name": "b"}]],
        ),
        ([{"id": 1}], [[1]], [["replace", "/0", [1]]]),
        ([{}], [{"id": 1}], [["replace", "/0", {"id": 1}]]),
    ],
)
def test_difference__typical_edits__reads_as_the_edit(
    before: Json, after: Json, expected: list[Json]
) -> None:
    assert as_json(difference(before, after)) == expected


def test_difference__very_deep_documents__stays_within_the_depth_of_patches() -> None:
    before: Json = 1
    after: Json = 2
    for _ in range(MAX_DEPTH + 5):
        before, after = {"a": before}, {"a": after}
    (operation,) = difference(before, after)
    assert operation.path == "/a" * MAX_DEPTH
    as_received = {"op": operation.kind.value, "path": operation.path, "value": operation.value}
    assert parse_patch([as_received]) == (operation,)
    assert apply_patch(before, (operation,)) == after


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        (1, 2, [Change("", 1, 2, ChangeKind.CHANGED)]),
        (
            {"name": "x", "old": None, "same": 1},
            {"name": "y", "same": 1, "new": None},
            [
                Change("/name", "x", "y", ChangeKind.CHANGED),
                Change("/old", None, None, ChangeKind.REMOVED),
                Change("/new", None, None, ChangeKind.ADDED),
            ],
        ),
        (
            {"tags": ["a", "b"]},
            {"tags": ["a", "c"]},
            [Change("/tags", ["a", "b"], ["a", "c"], ChangeKind.CHANGED)],
        ),
        (
            {"rules": [{"id": 1}]},
            {"rules": []},
            [Change("/rules", [{"id": 1}], [], ChangeKind.CHANGED)],
        ),
        ({"rules": [1]}, {"rules": 1}, [Change("/rules", [1], 1, ChangeKind.CHANGED)]),
        (
            {"variations": [{"name": "on"}, {"name": "off"}]},
            {"variations": [{"name": "on"}, {"name": "none"}]},
            [Change("/variations/1/name", "off", "none", ChangeKind.CHANGED)],
        ),
    ],
)
def test_describe_changes__typical_edits__names_each_change_once(
    before: Json, after: Json, expected: list[Change]
) -> None:
    assert list(describe_changes(before, after)) == expected
