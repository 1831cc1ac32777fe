"""Aligns two lists: the cheapest way to turn one into the other by keeping, editing, adding and removing
items. difference.py writes the result down as operations of a patch.
"""

from enum import Enum, auto
from typing import Final

from daybreak.logic.patching.json_value import Json, is_json_equal

# Aligning costs the product of the lengths; beyond this, lists are compared place by place.
MAX_PAIRS_COMPARED: Final = 2_500

# Editing an item that stayed the same thing reads as easily as adding or removing one; making one thing out
# of another reads worse, yet better than a removal and an addition.
_EDIT: Final = 2
_REMAKE: Final = 3
_ADD_OR_REMOVE: Final = 2


class Step(Enum):
    PAIR = auto()
    ADD = auto()
    REMOVE = auto()


def align(old: list[Json], new: list[Json]) -> list[Step]:
    first = _count_equal(old, new)
    last = min(_count_equal(old[::-1], new[::-1]), len(old) - first, len(new) - first)
    middle = _align_middle(old[first : len(old) - last], new[first : len(new) - last])
    return [Step.PAIR] * first + middle + [Step.PAIR] * last


def is_same_thing(old: Json, new: Json) -> bool:
    """Whether one item may have become the other by an edit: objects that still agree in some member."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    return any(name in new and is_json_equal(value, new[name]) for name, value in old.items())


def _count_equal(old: list[Json], new: list[Json]) -> int:
    count = 0
    for before, after in zip(old, new, strict=False):
        if not is_json_equal(before, after):
            break
        count += 1
    return count


def _align_middle(old: list[Json], new: list[Json]) -> list[Step]:
    if len(old) * len(new) > MAX_PAIRS_COMPARED:
        paired = min(len(old), len(new))
        return [Step.PAIR] * paired + [Step.REMOVE] * (len(old) - paired) + [Step.ADD] * (len(new) - paired)
    best = _choose_steps(old, new)
    steps: list[Step] = []
    i, j = 0, 0
    while i < len(old) or j < len(new):
        step = best[i][j]
        steps.append(step)
        i += step is not Step.ADD
        j += step is not Step.REMOVE
    return steps


def _choose_steps(old: list[Json], new: list[Json]) -> list[list[Step]]:
    """For every rest old[i:] and new[j:], the first step of the cheapest way from one to the other."""
    rows: list[list[Step]] = [[Step.ADD] * (len(new) + 1)]
    below = [_ADD_OR_REMOVE * (len(new) - j) for j in range(len(new) + 1)]
    for before in reversed(old):
        steps = [Step.REMOVE] * (len(new) + 1)
        costs = [below[-1] + _ADD_OR_REMOVE] * (len(new) + 1)
        for j in reversed(range(len(new))):
            pair = below[j + 1] + _pair_cost(before, new[j])
            remove, add = below[j] + _ADD_OR_REMOVE, costs[j + 1] + _ADD_OR_REMOVE
            costs[j] = min(pair, remove, add)
            if costs[j] == pair:
                steps[j] = Step.PAIR
            elif costs[j] == add:
                steps[j] = Step.ADD
        rows.append(steps)
        below = costs
    return rows[::-1]


def _pair_cost(old: Json, new: Json) -> int:
    if is_json_equal(old, new):
        return 0
    return _EDIT if is_same_thing(old, new) else _REMAKE
