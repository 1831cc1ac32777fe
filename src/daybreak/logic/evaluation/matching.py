"""How `matches` searches: as SDKs do, but never for long. See `patterns.py` for which patterns are possible.

Contexts come from anybody, and are evaluated on the event loop. So a text that is too long for its pattern is
not searched, and does not match. A pattern with one repetition searches texts of a few thousand characters,
with two of some 500, with three of some 150. One that begins with `^` does with one repetition more, and `.*`
at its beginning or end does not count. All texts of a list share what one text may take.
"""

import re
from collections.abc import Iterable, Sequence
from math import factorial
from re import _constants as code
from re import _parser as parser
from typing import Any

from daybreak.logic.evaluation.model import Json
from daybreak.logic.evaluation.patterns import REPETITIONS, count_choices, require_safe

# Of some ten nanoseconds each.
MOST_STEPS = 30_000_000

# So many characters that do not vary are compared in the time of a step.
COMPARED_AT_ONCE = 16

Parts = Sequence[tuple[Any, Any]]


class Pattern:
    """A pattern, and how many steps it may take at most for a text of a length."""

    __slots__ = ("_degree", "_factor", "_search")

    def __init__(self, pattern: str) -> None:
        """Raises PatternRefused."""
        require_safe(pattern)
        pattern = _without_beginning(pattern)
        self._search = re.compile(pattern).search
        parsed = parser.parse(pattern)
        parts: Parts = list(parsed)
        repetitions, options = count_choices(_without_end(parts))
        # Where a match begins varies as what a repetition takes does. Each choice is no farther left than the
        # one before it: of n characters there are about n ** degree / degree! ways to choose.
        self._degree = repetitions + (not _is_anchored(parts, parsed.state.flags))
        weight = 2**options * (1 + _count_fixed(parts) // COMPARED_AT_ONCE)
        self._factor = weight / factorial(self._degree)

    def count_steps(self, length: int) -> float:
        return float(self._factor * length**self._degree)

    def finds(self, values: Iterable[Json]) -> bool:
        """Whether it is found in any text among the values that can be searched."""
        left: float = MOST_STEPS
        for value in values:
            if not isinstance(value, str):
                continue
            steps = self.count_steps(len(value))
            if steps <= left:
                left -= steps
                if self._search(value) is not None:
                    return True
        return False


def _without_beginning(pattern: str) -> str:
    """What may begin anywhere is found wherever the rest is."""
    while pattern.startswith(".*"):
        pattern = pattern.removeprefix(".*").removeprefix("?")
    return pattern


def _without_end(parts: Parts) -> Parts:
    """Without the repetitions after which nothing can fail, so that no other length of theirs is tried."""
    end = len(parts)
    while end and parts[end - 1][0] in REPETITIONS:
        end -= 1
        least, _, _ = parts[end][1]
        if least:
            break
    return parts[:end]


def _is_anchored(parts: Parts, flags: int) -> bool:
    if not parts or parts[0][0] is not code.AT:
        return False
    place = parts[0][1]
    return place is code.AT_BEGINNING_STRING or (place is code.AT_BEGINNING and not flags & re.MULTILINE)


def _count_fixed(parts: Iterable[tuple[Any, Any]]) -> int:
    """How many parts there are to compare where each repetition is as short as it can be."""
    count = 0
    for operation, argument in parts:
        if operation in REPETITIONS:
            least, _, part = argument
            count += max(1, least * max(1, _count_fixed(part)))
        elif operation is code.SUBPATTERN:
            count += _count_fixed(argument[3])
        elif operation is code.BRANCH:
            count += sum(_count_fixed(part) for part in argument[1])
        else:
            count += 1
    return count
