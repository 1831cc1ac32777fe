"""The eleven scores of a scope: this period against the last, each with its explanation."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

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
    measurements = measure_all(facts, frequency)
    scores = _score_all(measurements, profile)
    last_scores = scores_of(last_facts, profile, frequency)
    explanations = {metric: explain(metric, each, profile) for metric, each in measurements.items()}
    for metric in AGGREGATES:
        explanations[metric] = explain_aggregate(metric, _mean(metric, scores), profile)
    return Scorecard(_compare(scores, last_scores), explanations)


def scores_of(
    facts: Facts, profile: Profile = DAYBREAK_1, frequency: Frequency = Frequency.PER_APPLICATION
) -> Mapping[Metric, Score]:
    """All eleven, compared with nothing."""
    return _score_all(measure_all(facts, frequency), profile)


def _score_all(measurements: Mapping[Metric, Measurement], profile: Profile) -> dict[Metric, Score]:
    scores = {
        metric: _without_score(each.value)
        if isinstance(each.value, Gap)
        else _with_score(grade(profile.scales[metric], each.value))
        for metric, each in measurements.items()
    }
    for metric in AGGREGATES:
        scores[metric] = _aggregate(metric, scores)
    return scores


def _with_score(score: int, aggregate_of: tuple[Metric, ...] | None = None) -> Score:
    indicator = indicator_of(score)
    return Score(score, indicator, range_of(indicator), aggregate_of)


def _without_score(gap: Gap, aggregate_of: tuple[Metric, ...] | None = None) -> Score:
    return Score(0, gap.indicator, range_of(gap.indicator), aggregate_of)


def _aggregate(metric: Metric, scores: Mapping[Metric, Score]) -> Score:
    mean = _mean(metric, scores)
    if isinstance(mean.value, Gap):
        return _without_score(mean.value, aggregate_of=())
    return _with_score(math.floor(mean.value), aggregate_of=_parts(metric, scores))


def _parts(metric: Metric, scores: Mapping[Metric, Score]) -> tuple[Metric, ...]:
    return tuple(part for part in AGGREGATES[metric] if scores[part].indicator.has_score)


def _mean(metric: Metric, scores: Mapping[Metric, Score]) -> Measurement:
    """Of the scores as they are shown, so that anybody can check it."""
    shown = [scores[part].score for part in _parts(metric, scores)]
    if not shown:
        return Measurement(not_calculated(Reason.NO_PART), 0, None)
    if metric is Metric.OVERALL and len(shown) < _PILLARS_NEEDED:
        return Measurement(not_calculated(Reason.TOO_FEW_PARTS), len(shown), None)
    return Measurement(Fraction(sum(shown), len(shown)), len(shown), None)


def _compare(scores: Mapping[Metric, Score], last_scores: Mapping[Metric, Score]) -> dict[Metric, Score]:
    compared: dict[Metric, Score] = {}
    for metric, score in scores.items():
        last = last_scores[metric]
        difference = score.score - last.score if _is_comparable(score, last, compared) else None
        compared[metric] = replace(score, last_period=last, diff_vs_last_period=difference)
    return compared


def _is_comparable(score: Score, last: Score, compared: Mapping[Metric, Score]) -> bool:
    """A mean of other parts is another number, and so is a mean of means that are: a feed that fell silent
    must not look like progress.
    """
    return (
        score.indicator.has_score
        and last.indicator.has_score
        and score.aggregate_of == last.aggregate_of
        and all(compared[part].diff_vs_last_period is not None for part in score.aggregate_of or ())
    )
