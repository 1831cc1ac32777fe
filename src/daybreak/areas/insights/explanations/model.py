"""What is told about a period beside its scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daybreak.logic.scoring.stability import RecoveryFacts, ReworkFacts


@dataclass(frozen=True, slots=True)
class FailedDeployment:
    """Why a deployment counts as failed, and which later one undid it, if one did."""

    id: str
    reason: str
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Contributors:
    """The newest rows that went into a metric: ids, and SHAs of commits that belong to no pull request."""

    deployments: Sequence[str] = ()
    pull_requests: Sequence[str] = ()
    commits: Sequence[str] = ()
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
    recovery: RecoveryFacts
    rework: ReworkFacts
