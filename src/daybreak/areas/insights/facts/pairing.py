"""Which end of a deployment belongs to which start, whatever the order in which word of them came. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daybreak.logic.linking.deployments import TIMED_OUT_AFTER


@dataclass(frozen=True, slots=True)
class Run:
    """One start of a version. `started_at` is None where nobody told, `ended_at` where it has not ended."""

    started_at: int | None
    ended_at: int | None = None
    outcome: str | None = None


def pair_events(starts: Iterable[int], ends: Mapping[int, str]) -> list[Run]:
    """The runs of one version, from the instants at which it started, and ended with which outcome.

    An end belongs to the latest start that is still open. A start that a later one overtook stays open for a
    day: after that it has timed out, and an end without a start is a run of its own.
    """
    beginnings = set(starts)
    runs: list[Run] = []
    waiting: list[int] = []
    latest: int | None = None
    for instant in sorted(beginnings | ends.keys()):
        outcome = ends.get(instant)
        if outcome and waiting and (waiting[-1] == latest or instant - waiting[-1] <= TIMED_OUT_AFTER):
            runs.append(Run(waiting.pop(), instant, outcome))
            outcome = None
        if instant in beginnings:
            latest = instant
            if outcome:
                runs.append(Run(instant, instant, outcome))
                continue
            waiting.append(instant)
        elif outcome:
            runs.append(Run(None, instant, outcome))
    return runs + [Run(start) for start in waiting]
