"""The lead time of one change in one deployment, cut into stages that always add up to it."""

import enum
from dataclasses import dataclass


class Boundary(enum.StrEnum):
    FIRST_COMMIT = "firstCommit"
    CREATED = "created"
    AUTHORED = "authored"
    READY = "ready"
    MERGED = "merged"
    STARTED = "started"


@dataclass(frozen=True, slots=True)
class Milestones:
    """Instants in ms; None is unknown. A pull request is ready when it was last taken out of draft.

    `authored_at` is of the commit that landed the change: a squash hides when the first was written.
    """

    started_at: int
    ended_at: int
    first_commit_at: int | None = None
    created_at: int | None = None
    authored_at: int | None = None
    ready_at: int | None = None
    merged_at: int | None = None


@dataclass(frozen=True, slots=True)
class LeadTime:
    """A stage is None where one of its ends is unknown: never zero for want of knowledge.

    `began_with` is the boundary that the total counts from; any but the first commit makes it partial.
    """

    total: int
    coding: int | None
    review: int | None
    wait: int | None
    deploy: int
    began_with: Boundary
    clipped: tuple[Boundary, ...]
    is_partial: bool


def commit_milestones(authored_at: int, committed_at: int, started_at: int, ended_at: int) -> Milestones:
    """Of a change that is a commit of its own: nobody reviewed it, it was ready and merged at once."""
    return Milestones(
        started_at=started_at,
        ended_at=ended_at,
        first_commit_at=authored_at,
        ready_at=committed_at,
        merged_at=committed_at,
    )


def lead_time(milestones: Milestones) -> LeadTime | None:
    """None if nothing is known of the change before its deployment."""
    recorded = {
        Boundary.FIRST_COMMIT: milestones.first_commit_at,
        Boundary.READY: milestones.ready_at,
        Boundary.MERGED: milestones.merged_at,
        Boundary.STARTED: milestones.started_at,
    }
    if milestones.first_commit_at is None:
        recorded = {**_substitute(milestones), **recorded}
    at, clipped = _clip(recorded, milestones.ended_at)
    began_with = next(iter(at))
    if began_with is Boundary.STARTED:
        return None
    coding = _between(at, Boundary.FIRST_COMMIT, Boundary.READY)
    review = _between(at, Boundary.READY, Boundary.MERGED)
    wait = _between(at, Boundary.MERGED, Boundary.STARTED)
    return LeadTime(
        total=milestones.ended_at - at[began_with],
        coding=coding,
        review=review,
        wait=wait,
        deploy=milestones.ended_at - at[Boundary.STARTED],
        began_with=began_with,
        clipped=clipped,
        is_partial=None in {coding, review, wait},
    )


def _substitute(milestones: Milestones) -> dict[Boundary, int | None]:
    """Where to count from when the first commit is unknown: the earliest that is certain to come after it."""
    if milestones.created_at is not None:
        return {Boundary.CREATED: milestones.created_at}
    # A squash is authored when it is merged, so this says less than the time it was ready.
    return {Boundary.AUTHORED: milestones.authored_at} if milestones.ready_at is None else {}


def _clip(recorded: dict[Boundary, int | None], end: int) -> tuple[dict[Boundary, int], tuple[Boundary, ...]]:
    """Each known boundary, no later than the next one: skewed clocks and rewritten commits go backwards."""
    at: dict[Boundary, int] = {}
    clipped = []
    latest = end
    for boundary, instant in reversed(recorded.items()):
        if instant is None:
            continue
        if instant > latest:
            clipped.append(boundary)
        latest = at[boundary] = min(instant, latest)
    return dict(reversed(at.items())), tuple(reversed(clipped))


def _between(at: dict[Boundary, int], beginning: Boundary, end: Boundary) -> int | None:
    return at[end] - at[beginning] if beginning in at and end in at else None
