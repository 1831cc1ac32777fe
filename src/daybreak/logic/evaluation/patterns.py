"""Which regular expressions a clause may hold: those that every SDK reads alike and none takes long over.

Each SDK matches with its language's own engine. Common to all is what the linear-time engines know: no
look-around, no back-references. The others backtrack, and take exponential time where text can be divided in
many ways: so nothing that is repeated may itself vary in length, and only a few parts of a pattern may vary.
How long a text may then be to be searched here: `matching.py`.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as code
from re import _parser as parser
from typing import Any

LONGEST = 1_000
MOST_REPEATED = 1_000

# A repetition multiplies the time by the length of the text, an option by two.
MOST_REPETITIONS = 4
MOST_OPTIONS = 12

REPETITIONS = {code.MAX_REPEAT, code.MIN_REPEAT}
_FORBIDDEN = {
    code.ASSERT: "looks ahead or behind",
    code.ASSERT_NOT: "looks ahead or behind",
    code.GROUPREF: "refers back to a group",
    code.GROUPREF_EXISTS: "refers back to a group",
    code.ATOMIC_GROUP: "has an atomic group",
    code.POSSESSIVE_REPEAT: "has a possessive repetition",
}

Parsed = Iterable[tuple[Any, Any]]


class PatternRefused(ValueError):
    """Not a pattern that is safe to send to SDKs, and why."""


def require_safe(pattern: str) -> None:
    """Raises PatternRefused, in words for whoever wrote the pattern."""
    if len(pattern) > LONGEST:
        raise PatternRefused(f"the pattern has {len(pattern)} characters, {LONGEST} are possible")
    try:
        parsed = parser.parse(pattern)
    except (re.error, ValueError, OverflowError, RecursionError, Warning) as error:
        raise PatternRefused(f"the pattern is not a regular expression: {error}") from None
    repetitions, options = count_choices(parsed)
    if repetitions > MOST_REPETITIONS:
        raise PatternRefused(f"the pattern has {repetitions} repetitions, {MOST_REPETITIONS} are possible")
    if options > MOST_OPTIONS:
        raise PatternRefused(f"the pattern has {options} optional parts, {MOST_OPTIONS} are possible")


def count_choices(parsed: Parsed, *, repeated: bool = False) -> tuple[int, int]:
    """How many repetitions and how many options there are, every one of them safe by itself."""
    repetitions = options = 0
    for operation, argument in parsed:
        if operation in _FORBIDDEN:
            raise PatternRefused(f"the pattern {_FORBIDDEN[operation]}, which not every SDK can")
        parts: Sequence[Parsed] = ()
        is_many = False
        if operation in REPETITIONS:
            least, most, part = argument
            parts, is_many = (part,), most > 1
            if _varies(least, most, repeated=repeated):
                repetitions, options = repetitions + is_many, options + (not is_many)
        elif operation is code.SUBPATTERN:
            parts = (argument[3],)
        elif operation is code.BRANCH:
            parts = argument[1]
            options += _count_ambiguous(parts, repeated=repeated)
        for part in parts:
            more_repetitions, more_options = count_choices(part, repeated=repeated or is_many)
            repetitions, options = repetitions + more_repetitions, options + more_options
    return repetitions, options


def _varies(least: int, most: int, *, repeated: bool) -> bool:
    if (least if most is code.MAXREPEAT else most) > MOST_REPEATED:
        raise PatternRefused(f"the pattern repeats a part more than {MOST_REPEATED} times")
    if least != most and repeated:
        raise PatternRefused("the pattern repeats a repetition: matching it could take for ever")
    return least != most


def _count_ambiguous(alternatives: Sequence[Parsed], *, repeated: bool) -> int:
    if _are_distinct(alternatives):
        return 0
    if repeated:
        raise PatternRefused("the pattern repeats alternatives that may begin alike: make them one")
    return len(alternatives) - 1


def _are_distinct(alternatives: Sequence[Parsed]) -> bool:
    """Whether the first character, in whatever case, tells which of the alternatives it can be."""
    firsts = set()
    for alternative in alternatives:
        operation, character = next(iter(alternative), (None, 0))
        if operation is not code.LITERAL:
            return False
        firsts.add(chr(character).upper().casefold())
    return len(firsts) == len(alternatives)
