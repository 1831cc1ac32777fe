"""Delivered JSON, and what no SDK accepts."""

from typing import Any

import pytest

from daybreak.logic.evaluation.model import Flag, Segment, SegmentTarget
from daybreak.logic.evaluation.reading import DataInvalid, read_flag, read_segment


def test_read_flag__all_that_may_is_left_out__is_an_empty_flag() -> None:
    assert read_flag({"key": "a", "version": 1, "rules": None}) == Flag("a", 1)


def test_read_segment__all_that_may_is_left_out__is_an_empty_segment() -> None:
    nobody = (SegmentTarget(frozenset()),)
    assert read_segment({"key": "a", "version": 1}) == Segment("a", 1, included=nobody, excluded=nobody)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"version": 1}, "key: is missing"),
        ({"key": "a", "version": True}, "version: bool where int belongs"),
        ({"key": "a", "version": 1, "rules": {}}, "rules: dict where list belongs"),
        ({"key": "a", "version": 1, "targets": [{"values": [5], "variation": 0}]}, "values: int"),
        ({"key": "a", "version": 1, "prerequisites": ["b"]}, "prerequisites: str where dict belongs"),
    ],
)
def test_read_flag__another_shape__is_refused(data: Any, reason: str) -> None:
    with pytest.raises(DataInvalid, match=reason):
        read_flag(data)
