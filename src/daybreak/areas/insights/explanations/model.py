"""What is told about a period beside its scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daybreak.logic.scoring.exposure import ExposureFacts
from daybreak.logic.scoring.stability import RecoveryFacts, ReworkFacts


@dataclass(frozen=True, slots=True)
class FailedDeployment:
    """Why a deployment counts as failed, and which later one undid it, if one did."""

    id: str
    reason: str
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Deployed:
    """A deployment that finished."""

    id: str
    application_key: str
    version: str
    ended_at: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """How long after a deployment what a flag guards reached so many percent of the evaluations; None: never.

    `seen_in` tells how it is known that the flag came with the deployment: codeReferences or evaluations.
    """

    deployment_id: str
    flag_key: str
    seen_in: str
    lags: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Exposures:
    """Of the flags that came with deployments of the period, the newest deployment first."""

    facts: ExposureFacts
    listed: Sequence[Exposure] = ()
    is_truncated: bool = False


@dataclass(frozen=True, slots=True)
class Contributors:
    """The newest rows that went into a metric: ids, and SHAs of commits that belong to no pull request."""

    deployments: Sequence[str] = ()
    pull_requests: Sequence[str] = ()
    commits: Sequence[str] = ()
    flag_events: Sequence[str] = ()
    flags: Sequence[str] = ()
    is_truncated: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of one period: what counted for which metric, what failed, and what was left out."""

    finished: Contributors
    settled: Contributors
    delivered: Contributors
    failed: Sequence[FailedDeployment]
    left_out_deployments: Mapping[str, int]
    left_out_changes: Mapping[str, int]
    exposures: Exposures
    moving: Contributors
    stale: Contributors
    turned: Contributors
    recovery: RecoveryFacts
    rework: ReworkFacts
