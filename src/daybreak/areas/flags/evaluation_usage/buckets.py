"""The time that is asked for, cut into minutes, hours or days of a time zone."""

import math
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from daybreak.platform.clock import DAY, HOUR, MINUTE, SECOND
from daybreak.platform.errors import InvalidRequest

DEFAULT_SPAN = 30 * DAY
MOST_DAYS = 1_000

# How long ago the time may have begun for buckets of a width. What an answer takes to be asked for is added.
BY_MINUTE, BY_HOUR = 2 * HOUR + MINUTE, 2 * DAY + HOUR


@dataclass(frozen=True, slots=True)
class Buckets:
    """Each lasts until the next one starts, and the last until `end` (Unix ms)."""

    starts: Sequence[int]
    end: int

    @property
    def step(self) -> int:
        """The longest time of which they all consist, at most a day."""
        return math.gcd(DAY, self.end, *self.starts)

    def add_up(self, counts: Mapping[int, Mapping[str, int]]) -> list[Counter[str]]:
        """What was counted by the start of a step within them, for each bucket."""
        sums: list[Counter[str]] = [Counter() for _ in self.starts]
        for at, numbers in counts.items():
            sums[bisect(self.starts, at) - 1].update(numbers)
        return sums


def cut_buckets(start: int | None, to: int | None, zone: str | None, now: int) -> Buckets:
    """Minutes for what began within the past two hours, hours for the past two days, and days for all that is
    older, as the contract has it. All are whole: the first may start before the time that is asked for, and
    the last may end after it. Only days keep to the time zone; nothing is told of what is to come.

    Raises:
        InvalidRequest: a time that ends before it starts, is too long, or an unknown time zone.

    """
    place = UTC if zone is None else _parse_zone(zone)
    end = now if to is None else min(to, now)
    begin = max(0, end - DEFAULT_SPAN) if start is None else start
    if begin >= end:
        raise InvalidRequest(f"from: {begin} is not before the end of the time asked for, {end}")
    if begin >= now - BY_MINUTE:
        return _cut_evenly(begin, end, MINUTE)
    if begin >= now - BY_HOUR:
        return _cut_evenly(begin, end, HOUR)
    if end - begin > MOST_DAYS * DAY:
        raise InvalidRequest(f"from: at most {MOST_DAYS} days are told at once")
    return _cut_days(begin, end, place)


def _parse_zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    # A name may also lead to a folder, to a file of another kind, or out of the place where zones are.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidRequest(f"tz: no time zone {name!r} is known; known are such as Europe/Vienna") from None


def _cut_evenly(begin: int, end: int, width: int) -> Buckets:
    starts = range(begin - begin % width, end, width)
    return Buckets(starts, starts[-1] + width)


def _cut_days(begin: int, end: int, zone: tzinfo) -> Buckets:
    day = datetime.fromtimestamp(begin // SECOND, zone).date()
    starts = [_start_of(day, zone)]
    while starts[-1] < end:
        day += timedelta(days=1)
        # There are places that once left out a day.
        if (start := _start_of(day, zone)) > starts[-1]:
            starts.append(start)
    return Buckets(starts[:-1], starts[-1])


def _start_of(day: date, zone: tzinfo) -> int:
    """Midnight, or where clocks were put forward then, the first instant after it."""
    return int(datetime.combine(day, time(), zone).timestamp()) * SECOND
