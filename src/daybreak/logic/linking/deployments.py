"""Deployments of one application in one environment: which count, and in which order they happened."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

TIMED_OUT_AFTER = 24 * 60 * 60 * 1000


class Outcome(enum.StrEnum):
    FINISHED = "finished"
    FAILED = "failed"


class Standing(enum.StrEnum):
    SETTLED = "settled"
    IN_PROGRESS = "inProgress"
    TIMED_OUT = "timedOut"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Deployment:
    """One start of one version. Instants are event times in ms; `outcome` is None until it ended.

    `sha` is the resolved commit. `delivers` and `reverts` name changes so that they can be compared: full
    SHAs (in `reverts` also beginnings of one), and names the caller makes of repository and pull request.
    """

    id: str
    version: str
    started_at: int
    ended_at: int | None = None
    outcome: Outcome | None = None
    sha: str | None = None
    is_archived: bool = False
    event_metadata: Mapping[str, object] = field(default_factory=dict)
    deployment_metadata: Mapping[str, object] = field(default_factory=dict)
    delivers: frozenset[str] = frozenset()
    reverts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """A deployment that ended and counts, with its place among those that did."""

    deployment: Deployment
    position: int
    ended_at: int
    is_finished: bool


def standing(deployment: Deployment, now: int) -> Standing:
    if deployment.is_archived:
        return Standing.ARCHIVED
    if deployment.outcome is None or deployment.ended_at is None:
        is_late = now - deployment.started_at > TIMED_OUT_AFTER
        return Standing.TIMED_OUT if is_late else Standing.IN_PROGRESS
    if deployment.outcome is Outcome.FAILED and _was_called_off(deployment):
        return Standing.CANCELLED
    return Standing.SETTLED


def settled_in_order(deployments: Iterable[Deployment]) -> list[Settled]:
    """Those that ended and count, by the time they ended, whenever word of them came."""
    ended = [
        (deployment.ended_at, deployment)
        for deployment in deployments
        # Whatever has not ended is left out, late or not, so no clock is needed.
        if deployment.ended_at is not None and standing(deployment, deployment.ended_at) is Standing.SETTLED
    ]
    ended.sort(key=lambda pair: (pair[0], pair[1].started_at, pair[1].id))
    return [
        Settled(deployment, position, ended_at, deployment.outcome is Outcome.FINISHED)
        for position, (ended_at, deployment) in enumerate(ended)
    ]


def _was_called_off(deployment: Deployment) -> bool:
    status = deployment.event_metadata.get("status")
    return isinstance(status, str) and status.lower() in {"cancelled", "canceled", "skipped"}
