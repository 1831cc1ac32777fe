"""Text in which `*` stands for any characters or none. Compiled once to the cheapest test that does;
no regular expressions, because `*a*a*a*b` would make them backtrack for minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import methodcaller
from typing import Final, TypeAlias

TextTest: TypeAlias = Callable[[str], bool]

ANYTHING: Final = "*"

# What the names of actions begin with that change nothing.
VIEWING: Final = "view"


@dataclass(frozen=True, slots=True)
class Wildcard:
    text: str
    matches: TextTest = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matches", _compile(self.text))

    @property
    def is_exact(self) -> bool:
        return "*" not in self.text

    @property
    def is_anything(self) -> bool:
        return self.text == ANYTHING


def _compile(text: str) -> TextTest:
    first, *rest = text.split("*")
    if not rest:
        return text.__eq__
    *middle, last = rest
    if not any(middle) and not last:
        return methodcaller("startswith", first)
    return lambda value: _matches_parts(value, first, [part for part in middle if part], last)


def _matches_parts(value: str, first: str, middle: list[str], last: str) -> bool:
    position, end = len(first), len(value) - len(last)
    if position > end or not value.startswith(first) or not value.endswith(last):
        return False
    # Taking each part at its first occurrence leaves most room for the others: no need to try again.
    for part in middle:
        found = value.find(part, position, end)
        if found < 0:
            return False
        position = found + len(part)
    return True
