"""Exact statistics of samples that are already sorted: no floats, so no edge is missed by rounding."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

PERCENTILES = (50, 75, 90, 95, 99)

_WORTH_GUESSING = 5_000
_PROBES = 1_000


def mean(values: Sequence[int | Fraction]) -> Fraction | None:
    """None of an empty sample, as everywhere here: charts show a gap, not a zero."""
    return Fraction(sum(values)) / len(values) if values else None


def median(ordered: Sequence[int]) -> Fraction | None:
    """The middle of an ascending sample, or halfway between the two middle ones."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    return Fraction(ordered[middle] + ordered[~middle], 2)


def percentiles(ordered: Sequence[int], ranks: Iterable[int] = PERCENTILES) -> dict[int, int]:
    """Nearest rank: the least member of an ascending sample that at least so many percent do not exceed."""
    if not ordered:
        return {}
    return {rank: ordered[max(0, -(-rank * len(ordered) // 100) - 1)] for rank in ranks}


def median_of_unsorted(values: Sequence[int]) -> Fraction | None:
    """`median` of a sample in any order, without sorting a large one whole.

    A sample of the sample tells about where the middle lies; only what is near it is sorted. When the guess
    was wrong everything is, so the result is always exact.
    """
    if len(values) < _WORTH_GUESSING:
        return median(sorted(values))
    probe = sorted(values[:: len(values) // _PROBES])
    low, high = probe[len(probe) * 45 // 100], probe[len(probe) * 55 // 100]
    below = len([value for value in values if value < low])
    near = sorted([value for value in values if low <= value <= high])
    first, second = (len(values) - 1) // 2 - below, len(values) // 2 - below
    if first < 0 or second >= len(near):
        return median(sorted(values))
    return Fraction(near[first] + near[second], 2)
