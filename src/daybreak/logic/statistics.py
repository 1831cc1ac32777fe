"""Exact statistics of samples that are already sorted: no floats, so no edge is missed by rounding."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

PERCENTILES = (50, 75, 90, 95, 99)


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
