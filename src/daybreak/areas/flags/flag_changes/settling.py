"""The impact of changes: looked for once there are evaluations after them, and for a day at most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from daybreak.areas.flags.evaluation_counts.model import Span
from daybreak.areas.flags.evaluation_counts.store import count_served
from daybreak.areas.flags.feature_flags.store import bare_flags_by_id
from daybreak.areas.flags.flag_changes.model import FlagChange
from daybreak.areas.flags.flag_changes.store import has_due, list_due, list_times, save_impacts
from daybreak.areas.projects.queries import Home
from daybreak.logic.scoring.impact import PARTS, measure_impact
from daybreak.platform.clock import DAY, HOUR, MINUTE
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job

# How long before and after a change evaluations are compared, and how far one looks while there are none.
COMPARED = HOUR
FARTHEST = DAY

# Until then SDKs have sent what they evaluated.
SENT_WITHIN = 5 * MINUTE

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Between which instants what was before a change held, and what came after it."""

    start: int
    changed: int
    settled: int
    end: int


def first_look_at(at: int) -> int:
    return at + MINUTE + COMPARED + SENT_WITHIN


def settle(db: Transaction, now: int) -> None:
    """As many queries for one change as for a hundred."""
    due = list_due(db, now, AT_ONCE)
    bounds = _find_bounds(db, due)
    before = _count(db, due, [(max(b.start, b.changed - COMPARED), b.changed) for b in bounds])
    before = _widen(db, due, before, [(b.start, b.changed) for b in bounds])
    after = _count(db, due, [(b.settled, min(b.end, b.settled + COMPARED)) for b in bounds])
    after = _widen(db, due, after, [(b.settled, b.end) for b in bounds])
    values = _read_values(db, due)
    save_impacts(
        db,
        [
            _settle(change, bounds[n], before[n], after[n], values.get(change.flag_id, {}), now)
            for n, change in enumerate(due)
        ],
    )


def _settle(
    change: FlagChange,
    bounds: _Bounds,
    before: Mapping[str, int],
    after: Mapping[str, int],
    values: Mapping[str, object],
    now: int,
) -> FlagChange:
    impact = measure_impact(before, after)
    if impact is None and before and now < bounds.end + SENT_WITHIN:
        return replace(change, settle_at=now + HOUR)
    served = [
        {"value": values.get(id), "before": before.get(id, 0), "after": after.get(id, 0)}
        for id in [*values, *sorted((before.keys() | after.keys()) - values.keys())]
        if id in before or id in after
    ]
    parts = None if impact is None else round(impact * PARTS)
    return replace(change, settle_at=None, impact=parts, served=served)


def _find_bounds(db: Transaction, due: Sequence[FlagChange]) -> list[_Bounds]:
    """The minute of a change belongs to neither side, and no side reaches beyond another change."""
    times = list_times(db, due, FARTHEST + HOUR)
    found = []
    for change in due:
        others = times[change.environment_id, change.flag_id]
        minute = change.at - change.at % MINUTE
        earlier = [at for at in others if at < change.at]
        later = [at for at in others if at > change.at]
        start = max(minute - FARTHEST, _next_minute(max(earlier)) if earlier else 0)
        settled = _next_minute(change.at)
        end = min(settled + FARTHEST, min(later) - min(later) % MINUTE if later else settled + FARTHEST)
        found.append(_Bounds(min(start, minute), minute, settled, max(settled, end)))
    return found


def _next_minute(at: int) -> int:
    return at - at % MINUTE + MINUTE


def _count(
    db: Transaction, due: Sequence[FlagChange], times: Sequence[tuple[int, int]]
) -> list[dict[str, int]]:
    return count_served(
        db,
        [
            Span(Home(change.project_id, change.environment_id), change.flag_id, start, end)
            for change, (start, end) in zip(due, times, strict=True)
        ],
    )


def _widen(
    db: Transaction,
    due: Sequence[FlagChange],
    counts: list[dict[str, int]],
    times: Sequence[tuple[int, int]],
) -> list[dict[str, int]]:
    """Where nothing was evaluated nearby, whatever was within a day."""
    empty = [n for n, count in enumerate(counts) if not count]
    found = _count(db, [due[n] for n in empty], [times[n] for n in empty])
    wider = dict(zip(empty, found, strict=True))
    return [wider.get(n, count) for n, count in enumerate(counts)]


def _read_values(db: Transaction, due: Sequence[FlagChange]) -> dict[str, dict[str, object]]:
    flags = bare_flags_by_id(db, {change.flag_id for change in due})
    return {id: {v.id: v.value for v in flag.variations} for id, flag in flags.items()}


JOBS = [Job("settle impacts of flag changes", MINUTE, settle, is_needed=has_due)]
