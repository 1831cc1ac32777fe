"""JSON merge patch: objects merge, null removes, everything else replaces."""

import copy

import pytest

from daybreak.logic.patching.errors import PatchFailed
from daybreak.logic.patching.json_value import MAX_NESTING, Json, is_json_equal
from daybreak.logic.patching.merge_patch import apply_merge_patch


@pytest.mark.parametrize(
    ("document", "patch", "expected"),
    [
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"a": None}, {"b": 2}),
        ({"a": 1}, {"b": None}, {"a": 1}),
        ({"a": None}, {"b": 1}, {"a": None, "b": 1}),
        ({"a": [1]}, {"a": [2, None]}, {"a": [2, None]}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": None, "d": 3}}, {"a": {"c": 2, "d": 3}}),
        ({}, {"a": {"b": {"c": None}}}, {"a": {"b": {}}}),
        ({"a": [1]}, {"a": {"b": None, "c": 1}}, {"a": {"c": 1}}),
        ([1, 2], {"a": 1}, {"a": 1}),
        ({"a": 1}, [1], [1]),
        ({"a": 1}, None, None),
        ({"a": 1}, {}, {"a": 1}),
    ],
)
def test_apply_merge_patch__any_patch__gives_the_document(
    document: Json, patch: Json, expected: Json
) -> None:
    assert is_json_equal(apply_merge_patch(document, patch), expected)


def test_apply_merge_patch__result_changed__leaves_the_inputs_alone() -> None:
    document, patch = {"kept": [1], "a": {"b": [1]}}, {"a": {"c": [2]}}
    inputs = copy.deepcopy((document, patch))
    after = apply_merge_patch(document, patch)
    after["kept"].append(2)
    after["a"]["b"].append(2)
    after["a"]["c"].append(3)
    assert (document, patch) == inputs


def test_apply_merge_patch__nested_too_deeply__fails() -> None:
    patch: Json = 1
    for _ in range(MAX_NESTING + 1):
        patch = {"a": patch}
    with pytest.raises(PatchFailed, match="nested deeper"):
        apply_merge_patch({}, patch)
