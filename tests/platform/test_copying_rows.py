"""Tallies tell tables apart whose rows differ, and none whose rows do not."""

from typing import Any

import pytest

from daybreak.platform.copying.rows import Tally


def tally(*rows: tuple[Any, ...]) -> Tally:
    made = Tally()
    for row in rows:
        made.add([row])
    return made


def test_tally__same_rows_in_another_order__is_the_same() -> None:
    assert tally((1, "a", None), (2, "b", True)) == tally((2, "b", True), (1, "a", None))


@pytest.mark.parametrize(
    "other",
    [
        [(1, "a"), (2, "c")],
        [(1, "b"), (2, "a")],
        [(1, "a")],
        [(1, "a"), (2, "b"), (2, "b")],
        [(1, "a"), (2, None)],
        [("1", "a"), (2, "b")],
    ],
)
def test_tally__another_value_or_count__differs(other: list[tuple[Any, ...]]) -> None:
    assert tally((1, "a"), (2, "b")) != tally(*other)


def test_tally__pairs_of_equal_rows__are_not_taken_for_others() -> None:
    assert tally((1,), (1,)) != tally((2,), (2,))
