"""The only place that asks what time it is. All instants are Unix milliseconds, UTC."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# Nothing that is told here happened earlier: an instant before it is a mistake.
YEAR_2000 = 946_684_800_000


def start_of_day(at: int) -> int:
    """When the day (UTC) of an instant began."""
    return at - at % DAY


def rfc_3339(at: int) -> str:
    """As LaunchDarkly writes an instant where it is no number: `2020-02-05T18:17:01.514Z`."""
    moment = datetime.fromtimestamp(at // SECOND, UTC).replace(microsecond=at % SECOND * 1_000)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> int:
        """Unix milliseconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


@dataclass(slots=True)
class FixedClock:
    """A clock that moves only when told to: for tests."""

    at: int

    def now(self) -> int:
        return self.at

    def advance(self, milliseconds: int) -> None:
        self.at += milliseconds


def stopwatch() -> float:
    """Seconds on a clock that never jumps: only differences have a meaning."""
    return time.perf_counter()
