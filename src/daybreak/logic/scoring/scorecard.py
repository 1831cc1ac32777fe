"""The eleven scores of a scope: this period against the last, each with its explanation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from daybreak.logic import statistics
from daybreak.logic.scoring.explanation import Explanation, explain, explain_aggregate
from daybreak.logic.scoring.facts import Facts
from daybreak.logic.scoring.grades import DAYBREAK_1, Profile, grade, indicator_of, range_of
from daybreak.logic.scoring.indicators import (
    Frequency,
    Gap,
    Measurement,
    Reason,
    measure_all,
    not_calculated,
)
from daybreak.logic.scoring.model import AGGREGATES, Metric, Score

# One pillar alone must not pass for the whole.
_PILLARS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Both by metric, all eleven; the explanations are those of this period."""

    scores: Mapping[Metric, Score]
    explanations: Mapping[Metric, Explanation]


def scorecard(
    facts: Facts,
    last_facts: Facts,
    profile: Profile = DAYBREAK_1,
    frequency: Frequency = Frequency.PER_APPLICATION,
) -> Scorecard:
    explanations = {}
    scores = {}
