"""What the doctor finds, and what it tells to do about it."""

from dataclasses import dataclass
from enum import Enum

from daybreak.platform.clock import DAY, HOUR, MINUTE


class Health(Enum):
    """How grave a finding is: only what is broken makes the command fail."""

    GOOD = "✓"
    DOUBTFUL = "!"
    BROKEN = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do where it is not good."""

    health: Health
    what: str
    advice: str = ""


def good(what: str) -> Finding:
    return Finding(Health.GOOD, what)


def doubtful(what: str, advice: str) -> Finding:
    return Finding(Health.DOUBTFUL, what, advice)


def broken(what: str, advice: str) -> Finding:
    return Finding(Health.BROKEN, what, advice)


def in_words(milliseconds: int) -> str:
    """About how long: `3 hours`."""
    for length, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if milliseconds >= length:
            count = milliseconds // length
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "less than a minute"
