"""The seven metrics: from the facts of a period to raw values, or to the reason why there is none."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, Protocol, TypeVar

from daybreak.logic.scoring.facts import (
    Coverage,
    CreationFacts,
    DeploymentFacts,
    ExperimentationFacts,
    Facts,
    FlagHealthFacts,
    ImpactFacts,
    LeadTimeFacts,
)
from daybreak.logic.scoring.model import DAY, Indicator, Metric

TRUSTED_FROM = 7 * DAY


class Frequency(enum.StrEnum):
    """Ten services that deploy monthly are not a team that deploys every third day, unless one says so."""

    PER_APPLICATION = "perApplication"
    SUM = "sum"


class Reason(enum.StrEnum):
    """Why a metric has no score, in the reader's words."""

    NO_SOURCE = "nothing records this"
    NO_EVENT = "nothing was recorded before the end of the period"
    BACKFILL_RUNNING = "older events are still being imported"
    TOO_SHORT = "fewer than 7 days of the period are covered"
    NO_LIVE_APPLICATION = "no application was deployed in the last 182 days"
    NO_CHANGE = "no change was first deployed in the period"
    NO_SETTLED_DEPLOYMENT = "no deployment finished or failed in the period"
    NO_FAILED_DEPLOYMENT = "no failed deployment of the period was followed by a successful one"
    NO_IMPACT = "no flag event changed what anybody was served"
    NO_EVALUATIONS = "flag events are known, but no evaluations to measure their impact by"
    NO_FLAG_EVENT = "no flag event in the period"
    NO_EXPERIMENT = "the project ran no experiment in the last 182 days"
    NO_TEMPORARY_FLAG = "no temporary flag at the end of the period"
    NO_FLAG_CAME_OR_WENT = "no temporary flag was created and none retired in the period"
    NO_EXPOSURE = "no flag that came with a deployment of the period was served to half of its evaluations"
    NO_PART = "none of its parts has a score"
    TOO_FEW_PARTS = "fewer than two of its parts have a score"


@dataclass(frozen=True, slots=True)
class Gap:
    """Instead of a value: there was nothing to work on, or what there was cannot be trusted."""

    indicator: Literal[Indicator.NOT_CALCULATED, Indicator.UNKNOWN]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Measurement:
    value: Fraction | Gap
    sample_size: int
    coverage: Coverage | None
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def raw(self) -> Fraction | None:
        return None if isinstance(self.value, Gap) else self.value

    @property
    def reason(self) -> Reason | None:
        return self.value.reason if isinstance(self.value, Gap) else None


class Watched(Protocol):
    """Any facts: they know how long somebody watched and what was left out."""

    @property
    def coverage(self) -> Coverage: ...

    @property
    def excluded(self) -> Mapping[str, int]: ...


_Facts = TypeVar("_Facts", bound=Watched)


def measure_all(facts: Facts, frequency: Frequency = Frequency.PER_APPLICATION) -> dict[Metric, Measurement]:
    deployments = facts.deployments
    frequency_of = _summed_frequency if frequency is Frequency.SUM else _frequency_per_application
    return {
        Metric.DEPLOYMENT_FREQUENCY: measure(deployments, frequency_of, lambda each: each.finished_versions),
        Metric.LEAD_TIME: measure(facts.lead_times, _lead_time, lambda each: each.changes),
        Metric.DEPLOYMENT_FAILURE_RATE: measure(deployments, _failure_rate, lambda each: each.settled),
        Metric.IMPACT_SIZE: measure(facts.impact, _impact_size, lambda each: each.events),
        Metric.EXPERIMENTATION_COVERAGE: measure(
            facts.experimentation, _experimentation_coverage, lambda each: each.events
        ),
        Metric.FLAG_HEALTH: measure(facts.flag_health, _flag_health, lambda each: each.temporary),
        Metric.CREATION_RATIO: measure(
            facts.creation, _creation_ratio, lambda each: each.created + each.retired
        ),
    }


def measure(
    facts: _Facts | None,
    value_of: Callable[[_Facts], Fraction | Gap],
    sample_size_of: Callable[[_Facts], int],
) -> Measurement:
    """The rules that all metrics share: without facts, or without trust in them, nothing is computed."""
    if facts is None:
        return Measurement(not_calculated(Reason.NO_SOURCE), 0, None)
    value = _distrust(facts.coverage) or value_of(facts)
    return Measurement(value, sample_size_of(facts), facts.coverage, facts.excluded)


def not_calculated(reason: Reason) -> Gap:
    return Gap(Indicator.NOT_CALCULATED, reason)


def _unknown(reason: Reason) -> Gap:
    return Gap(Indicator.UNKNOWN, reason)


def _distrust(coverage: Coverage) -> Gap | None:
    if coverage.is_backfill_running:
        return _unknown(Reason.BACKFILL_RUNNING)
    if coverage.covered == 0:
        return not_calculated(Reason.NO_EVENT)
    return _unknown(Reason.TOO_SHORT) if coverage.covered < TRUSTED_FROM else None


def _percentage(part: int, whole: int) -> Fraction:
    return Fraction(100 * part, whole)


def _summed_frequency(facts: DeploymentFacts) -> Fraction | Gap:
    if not facts.live_applications:
        return not_calculated(Reason.NO_LIVE_APPLICATION)
    return facts.finished_versions / facts.coverage.days


def _frequency_per_application(facts: DeploymentFacts) -> Fraction | Gap:
    total = _summed_frequency(facts)
    return total if isinstance(total, Gap) else total / facts.live_applications


def _lead_time(facts: LeadTimeFacts) -> Fraction | Gap:
    return not_calculated(Reason.NO_CHANGE) if facts.median is None else facts.median


def _failure_rate(facts: DeploymentFacts) -> Fraction | Gap:
    if not facts.settled:
        return not_calculated(Reason.NO_SETTLED_DEPLOYMENT)
    return _percentage(facts.failed, facts.settled)


def _impact_size(facts: ImpactFacts) -> Fraction | Gap:
    if facts.mean_impact is not None:
        return facts.mean_impact
    # Without evaluations every event looks as if it had moved nobody.
    if facts.events_without_evaluations:
        return _unknown(Reason.NO_EVALUATIONS)
    return not_calculated(Reason.NO_IMPACT)


def _experimentation_coverage(facts: ExperimentationFacts) -> Fraction | Gap:
    if not facts.has_experiment:
        return not_calculated(Reason.NO_EXPERIMENT)
    if not facts.events:
        return not_calculated(Reason.NO_FLAG_EVENT)
    return _percentage(facts.events_with_experiment, facts.events)


def _flag_health(facts: FlagHealthFacts) -> Fraction | Gap:
    if not facts.temporary:
        return not_calculated(Reason.NO_TEMPORARY_FLAG)
    return _percentage(facts.stale, facts.temporary)


def _creation_ratio(facts: CreationFacts) -> Fraction | Gap:
    if not facts.created and not facts.retired:
        return not_calculated(Reason.NO_FLAG_CAME_OR_WENT)
    # One is added to both, so that a period in which nothing was retired has a ratio too.
    return Fraction(facts.created + 1, facts.retired + 1)
