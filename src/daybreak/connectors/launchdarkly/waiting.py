"""How long to wait: before a limit is reached, after it was, and after an answer that may be better later.
All results are in seconds.
"""

from collections.abc import Mapping
from typing import Final

from daybreak.platform.clock import SECOND

# Limits hold for a window of ten seconds. Whoever names a later end has another clock.
LONGEST_WINDOW: Final = 20.0
LONGEST_WAIT: Final = 300.0
# Others use the account too: the last request of a window is left to them.
LEFT_TO_OTHERS: Final = 1

_REMAINING: Final = (
    "x-ratelimit-global-remaining",
    "x-ratelimit-route-remaining",
    "x-ratelimit-auth-token-remaining",
)
_RESET: Final = ("x-ratelimit-reset", "x-ratelimit-auth-token-reset")


def wait_before_next(headers: Mapping[str, str], now: int) -> float:
    """After a good answer: until the window ends where it leaves no more requests, else no time at all."""
    remaining = [number for name in _REMAINING if (number := _number(headers.get(name))) is not None]
    if not remaining or min(remaining) > LEFT_TO_OTHERS:
        return 0.0
    return _until_reset(headers, now)


def wait_when_limited(headers: Mapping[str, str], now: int, attempt: int) -> float:
    """After a refusal for too many requests. `attempt` counts refusals in a row, from 0."""
    seconds = _number(headers.get("retry-after"))
    # "At once" would be asked just as often as it is told.
    if seconds is not None and seconds > 0:
        return min(float(seconds), LONGEST_WAIT)
    return max(_until_reset(headers, now), wait_after_failure(attempt))


def wait_after_failure(attempt: int) -> float:
    """1, 2, 4, 8, … seconds."""
    return min(2.0**attempt, LONGEST_WAIT)


def _until_reset(headers: Mapping[str, str], now: int) -> float:
    ends = [number for name in _RESET if (number := _number(headers.get(name))) is not None]
    if not ends:
        return 0.0
    return min(max(0.0, (max(ends) - now) / SECOND), LONGEST_WINDOW)


def _number(text: str | None) -> int | None:
    """None where it is no whole number: a limit that cannot be read is none."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None
