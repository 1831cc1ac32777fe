"""How much of what people are served a change of a flag moved."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

Size = Literal["none", "small", "medium", "large"]

# Impacts are stored in these parts of one percent.
PARTS = 10_000

# The percentages at which LaunchDarkly calls an impact medium, and large.
MEDIUM_FROM, MEDIUM_TO = 20, 80


def measure_impact(before: Mapping[str, int], after: Mapping[str, int]) -> Fraction | None:
    """In percent of the evaluations: half the sum of what each variation's share changed by, which is the
    total variation distance of the two distributions. None where one side was never evaluated.
    """
    whole = sum(before.values()), sum(after.values())
    if not all(whole):
        return None
    moved = Fraction(0)
    for variation in before.keys() | after.keys():
        was = Fraction(before.get(variation, 0), whole[0])
        moved += abs(Fraction(after.get(variation, 0), whole[1]) - was)
    return 50 * moved


def size_of(percentage: Fraction) -> Size:
    if not percentage:
        return "none"
    if percentage < MEDIUM_FROM:
        return "small"
    return "medium" if percentage <= MEDIUM_TO else "large"
