"""The x axis: a window of time cut into buckets of one width."""

from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy import ColumnElement

from daybreak.logic.scoring.model import Period
from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.errors import InvalidRequest

DEFAULT_SPAN = 7 * DAY
MOST_BUCKETS = 1_000


class Cut(Protocol):
    """How a window is to be cut: every query of a chart along time says so."""

    start: int | None
    to: int | None
    bucket_type: Literal["rolling", "hour", "day"]
    bucket_ms: int


@dataclass(frozen=True, slots=True)
class Buckets:
    """`count` buckets of `width` ms from `start` on. Each holds its beginning, and not its end."""

    start: int
    width: int
    count: int

    @property
    def period(self) -> Period:
        return Period(self.start, self.start + self.count * self.width)

    @property
    def starts(self) -> range:
        return range(self.start, self.period.end, self.width)

    def number(self, column: ColumnElement[int]) -> ColumnElement[int]:
        """Which bucket an instant in the period falls into, from 0."""
        return (column - self.start) // self.width


def cut_buckets(query: Cut, now: int) -> Buckets:
    """Rolling buckets are counted back from the end; those of an hour or a day keep to UTC.

    All are whole, so that they compare: the first may begin before the window, and with hours and days the
    last may end after it.

    Raises:
        InvalidRequest: a window that ends before it starts, or holds too many buckets.

    """
    end = now if query.to is None else query.to
    start = max(0, end - DEFAULT_SPAN) if query.start is None else query.start
    if start >= end:
        raise InvalidRequest(f"from: {start} is not before the end of the time asked for, {end}")
    width = {"hour": HOUR, "day": DAY, "rolling": query.bucket_ms}[query.bucket_type]
    if query.bucket_type == "rolling":
        count = -(-(end - start) // width)
        first = end - count * width
    else:
        first = start - start % width
        count = -(-(end - first) // width)
    if count > MOST_BUCKETS:
        raise InvalidRequest(f"The chart would have {count} buckets: ask for a shorter time or wider buckets")
    return Buckets(first, width, count)
