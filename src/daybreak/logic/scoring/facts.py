"""What is known of a period, in plain numbers: all that the metrics are computed from.

Whoever fetches them decides the scope: an environment, some of its applications, a group.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from daybreak.logic.scoring.model import DAY, Period


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many ms of a period a source has watched: those since its first event, whenever it arrived."""

    covered: int
    is_backfill_running: bool = False

    @property
    def days(self) -> Fraction:
        return Fraction(self.covered, DAY)


def coverage_of(period: Period, first_event_at: int | None, *, is_backfill_running: bool = False) -> Coverage:
    if first_event_at is None:
        return Coverage(0, is_backfill_running)
    return Coverage(max(0, period.end - max(period.start, first_event_at)), is_backfill_running)


@dataclass(frozen=True, slots=True)
class DeploymentFacts:
    """`finished_versions` counts each version of each application once, however often it was deployed.

    An application is live if it was deployed in the 182 days before the period's end.
    """

    coverage: Coverage
    finished_versions: int
    live_applications: int
    settled: int
    failed: int
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeadTimeFacts:
    """Of the changes that first reached the environment in the period; `median` is in ms, None of none."""

    coverage: Coverage
    changes: int
    median: Fraction | None
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImpactFacts:
    """`mean_impact` is the percentage of people moved, over the `events` that moved any; None of none.

    `events_without_evaluations` are those whose impact nobody can know.
    """

    coverage: Coverage
    events: int
    mean_impact: Fraction | None
    events_without_evaluations: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExperimentationFacts:
    """`has_experiment`: whether the project ran any in the 182 days before the period's end."""

    coverage: Coverage
    events: int
    events_with_experiment: int
    has_experiment: bool
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FlagHealthFacts:
    """At the end of the period."""

    coverage: Coverage
    temporary: int
    stale: int
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CreationFacts:
    """Temporary flags created, and flags archived or deleted, in the period."""

    coverage: Coverage
    created: int
    retired: int
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one period; None where nothing records such facts."""

    deployments: DeploymentFacts | None = None
    lead_times: LeadTimeFacts | None = None
    impact: ImpactFacts | None = None
    experimentation: ExperimentationFacts | None = None
    flag_health: FlagHealthFacts | None = None
    creation: CreationFacts | None = None
