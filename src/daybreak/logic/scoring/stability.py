"""The two DORA keys that are shown but not scored: how soon failures are repaired, and how often one must."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.indicators import Gap, Measurement, Reason, measure, not_calculated
from daybreak.logic.statistics import median


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """Of the failed deployments that ended in the period: ascending ms until recovery, of those recovered.

    `excluded` says how many still wait for it.
    """

    coverage: Coverage
    durations: tuple[int, ...]
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReworkFacts:
    """Of the deployments that settled in the period: all, and those made because another had failed."""

    coverage: Coverage
    settled: int
    rework: int
    excluded: Mapping[str, int] = field(default_factory=dict)


def measure_recovery_time(facts: RecoveryFacts | None) -> Measurement:
    """Failed deployment recovery time, in ms: DORA's fourth key, which since 2023 counts failures that a
    deployment caused and no others.

    The median, over failed deployments, of the time from the failed deployment's end to the end of the next
    deployment of that application which finished and did not fail in turn. It begins with the end of the
    deployment, not with the discovery: when people noticed is seldom recorded. What has not recovered yet
    has no duration and is left out.
    """
    return measure(facts, _median_duration, lambda each: len(each.durations))


def measure_rework_rate(facts: ReworkFacts | None) -> Measurement:
    """Deployment rework rate, in percent: DORA's fifth key, introduced in 2024 as the share of deployments
    that nobody planned but that a trouble in production made necessary.

    The share of settled deployments which rolled back, fixed or reverted one that had failed. Those count
    that finished and those that failed, because a failed attempt to repair was work too.
    """
    return measure(facts, _rework_rate, lambda each: each.settled)


def _median_duration(facts: RecoveryFacts) -> Fraction | Gap:
    middle = median(facts.durations)
    return not_calculated(Reason.NO_FAILED_DEPLOYMENT) if middle is None else middle


def _rework_rate(facts: ReworkFacts) -> Fraction | Gap:
    if not facts.settled:
        return not_calculated(Reason.NO_SETTLED_DEPLOYMENT)
    return Fraction(100 * facts.rework, facts.settled)
