"""Where a deployment event belongs among what is known of its version. Pure: rows in, rows out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from daybreak.areas.insights.facts.pairing import Run, pair_events
from daybreak.areas.insights.facts.scope import CUSTOM, FAILED, STARTED
from daybreak.logic.linking.deployments import TIMED_OUT_AFTER
from daybreak.platform.columns import Json

# The external id of a deployment that nobody told of: its version was seen running.
SEEN = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentEvent:
    """One step of one deployment. `type` is started, finished, failed or custom; `at` None means now.

    `external_id`: what its provider calls the deployment, where every step says so; or SEEN.
    """

    application_key: str
    version: str
    type: str
    at: int | None = None
    application_name: str = ""
    application_kind: str = "server"
    version_name: str = ""
    deployment_metadata: Mapping[str, Json] = field(default_factory=dict)
    event_metadata: Mapping[str, Json] = field(default_factory=dict)
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRun:
    """What of a stored deployment events may change."""

    id: str
    ordinal: int
    external_id: str | None
    status: str
    started_at: int | None
    ended_at: int | None
    at: int
    version_name: str
    metadata: Mapping[str, Any]
    event_metadata: Mapping[str, Any]

    @property
    def is_blank(self) -> bool:
        """Whether only custom events told of it."""
        return self.started_at is None and self.ended_at is None

    def with_run(self, run: Run) -> "StoredRun":
        at = run.started_at if run.ended_at is None else run.ended_at
        assert at is not None
        status = run.outcome or STARTED
        return replace(self, status=status, started_at=run.started_at, ended_at=run.ended_at, at=at)


@dataclass(frozen=True, slots=True)
class Placement:
    """`changed` are the rows to write, new ones among them; `id` is of the one the event belongs to."""

    id: str
    changed: Sequence[StoredRun]


def place_event(
    known: Sequence[StoredRun], event: DeploymentEvent, at: int, name_run: Callable[[int], str]
) -> Placement:
    """`known` are runs of the event's version; `name_run` makes the id of a new one from its ordinal."""
    latest = _latest(known, None)
    if event.external_id == SEEN and latest is not None:
        # That a version runs is no news about one that was deployed.
        return Placement(latest.id, [])
    before = {run.id: run for run in known}
    known = [_give_way(run, event, at) for run in known]
    ordinal = 1 + (0 if latest is None else latest.ordinal)
    new = StoredRun(name_run(ordinal), ordinal, event.external_id, CUSTOM, None, None, at, "", {}, {})
    if event.type == CUSTOM:
        after = [_latest(known, event.external_id) or new]
        belongs = after[0].id
    elif event.external_id is not None:
        after = [_step_of_its_own(_latest(known, event.external_id) or new, event.type, at)]
        belongs = after[0].id
    else:
        after = _pair_anew([run for run in known if run.external_id is None], new, event.type, at)
        belongs = next(
            run.id for run in after if at == (run.started_at if event.type == STARTED else run.ended_at)
        )
    after = [_with_words(run, event) if run.id == belongs else run for run in after]
    return Placement(belongs, [run for run in after if run != before.get(run.id)])


def _give_way(run: StoredRun, event: DeploymentEvent, at: int) -> StoredRun:
    """Who deployed a version knows better when than who saw it run about that time."""
    if run.external_id != SEEN or event.type == CUSTOM or abs(at - run.at) > TIMED_OUT_AFTER:
        return run
    return replace(run, external_id=event.external_id, status=CUSTOM, started_at=None, ended_at=None)


def _latest(known: Sequence[StoredRun], external_id: str | None) -> StoredRun | None:
    own = [run for run in known if external_id is None or run.external_id == external_id]
    return max(own, key=lambda run: run.ordinal, default=None)


def _step_of_its_own(run: StoredRun, step: str, at: int) -> StoredRun:
    """The first start and the last end that the provider told of this deployment."""
    started_at, ended_at, outcome = run.started_at, run.ended_at, run.status
    if step == STARTED:
        started_at = at if started_at is None else min(started_at, at)
    elif ended_at is None or at >= ended_at:
        ended_at, outcome = at, step
    if started_at is not None and ended_at is not None:
        started_at = min(started_at, ended_at)
    return run.with_run(Run(started_at, ended_at, None if ended_at is None else outcome))


def _pair_anew(known: Sequence[StoredRun], new: StoredRun, step: str, at: int) -> list[StoredRun]:
    starts = {run.started_at for run in known if run.started_at is not None}
    ends = {run.ended_at: run.status for run in known if run.ended_at is not None}
    if step == STARTED:
        starts.add(at)
    elif ends.get(at) != FAILED:
        ends[at] = step
    by_start = {run.started_at: run for run in known if run.started_at is not None}
    by_end = {run.ended_at: run for run in known if run.started_at is None and run.ended_at is not None}
    blank = [run for run in known if run.is_blank]
    after = []
    for pair in pair_events(starts, ends):
        row = by_start.get(pair.started_at or 0) or by_end.get(pair.ended_at or 0)
        if row is None:
            # Events add at most one run, and whoever announced it by custom events keeps its row.
            row = blank[0] if blank else new
        after.append(row.with_run(pair))
    return after


def _with_words(run: StoredRun, event: DeploymentEvent) -> StoredRun:
    return replace(
        run,
        version_name=event.version_name or run.version_name or event.version,
        metadata={**run.metadata, **event.deployment_metadata},
        event_metadata={**run.event_metadata, **event.event_metadata},
    )
