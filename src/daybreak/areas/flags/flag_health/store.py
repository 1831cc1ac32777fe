"""The health of flags: read as it is now, and kept for every day."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, delete, exists, func, select

from daybreak.areas.flags.evaluation_counts.store import list_requests
from daybreak.areas.flags.evaluation_counts.tables import flag_applications, flag_requests
from daybreak.areas.flags.feature_flags.store import list_temporary_flags_in
from daybreak.areas.flags.flag_changes.model import Extent
from daybreak.areas.flags.flag_health.model import HealthCounts, TemporaryFlag, is_stale
from daybreak.areas.flags.flag_health.tables import flag_health_days
from daybreak.platform.clock import DAY, HOUR, SECOND, start_of_day
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job

# What is asked up to so recently is asked as of now.
RECENT = HOUR

# A day that nobody wrote down is as the one before it.
LONGEST_GAP = 2 * DAY
KEPT = 400 * DAY

# As many environments as one run of the job looks at.
AT_ONCE = 20


# The project of each environment, both by id.
Places = Mapping[str, str]


def list_temporary(db: Transaction, places: Places, now: int) -> Mapping[str, list[TemporaryFlag]]:
    """All temporary flags by environment. Three queries, however many environments."""
    projects = set(places.values())
    flags = list_temporary_flags_in(db, projects, places)
    requests = {
        (each.environment_id, each.flag_id): each
        for each in list_requests(db, projects, places, [flag.id for flag in flags])
    }
    return {
        id: [
            TemporaryFlag(
                flag.id,
                flag.key,
                is_stale(flag, id, requests.get((id, flag.id)), now),
                flag.maintainer_id,
                flag.maintainer_team_key,
            )
            for flag in flags
            if flag.project_id == project_id
        ]
        for id, project_id in places.items()
    }


def evaluated_by(db: Transaction, places: Places, keys: Collection[str]) -> set[tuple[str, str, str]]:
    """Which flags these applications evaluate: environment, application, flag."""
    if not keys:
        return set()
    table = flag_applications.c
    found = select(table.environment_id, table.application_key, table.flag_id).where(
        table.project_id.in_(set(places.values())),
        table.environment_id.in_(places),
        table.application_key.in_(keys),
    )
    return {(row.environment_id, row.application_key, row.flag_id) for row in db.rows(found)}


def only_evaluated(
    flags: Sequence[TemporaryFlag], extent: Extent, evaluated: Collection[tuple[str, str, str]]
) -> list[TemporaryFlag]:
    """Those that one of the extent's applications evaluates; all where it names none."""
    keys = extent.application_keys
    return [
        flag
        for flag in flags
        if not keys or any((extent.environment_id, key, flag.id) in evaluated for key in keys)
    ]


def count_health(db: Transaction, extents: Sequence[Extent], now: int) -> list[HealthCounts | None]:
    """At the end of each extent; None where nobody wrote it down, as nobody does for applications. Seven
    queries, however many extents.
    """
    live = [extent for extent in extents if extent.end > now - RECENT]
    kept = [extent for extent in extents if extent.end <= now - RECENT and not extent.application_keys]
    current = {extent.environment_id: extent.home.project_id for extent in live}
    flags = list_temporary(db, current, now) if current else {}
    evaluated = evaluated_by(db, current, {key for extent in live for key in extent.application_keys})
    days = _read_days(db, kept)
    since = _read_beginnings(db, {each.environment_id: each.home.project_id for each in (*live, *kept)})

    def count(extent: Extent) -> tuple[int, int] | None:
        if extent.end > now - RECENT:
            return _tally(only_evaluated(flags.get(extent.environment_id, []), extent, evaluated))
        return None if extent.application_keys else days.get((extent.environment_id, extent.end))

    counted = [(extent, count(extent)) for extent in extents]
    return [
        None if counts is None else HealthCounts(since.get(extent.environment_id), *counts)
        for extent, counts in counted
    ]


def _tally(flags: Sequence[TemporaryFlag]) -> tuple[int, int]:
    """How many there are, and how many of them are stale."""
    return len(flags), sum(flag.is_stale for flag in flags)


def _read_beginnings(db: Transaction, places: Places) -> dict[str, int]:
    found: dict[str, int] = {}
    if not places:
        return found
    projects = set(places.values())
    for table, at in (
        (flag_requests, flag_requests.c.first_at),
        (flag_health_days, flag_health_days.c.day),
    ):
        mine = table.c.project_id.in_(projects), table.c.environment_id.in_(places)
        first = select(table.c.environment_id, func.min(at).label("at")).where(*mine)
        for row in db.rows(first.group_by(table.c.environment_id)):
            found[row.environment_id] = min(row.at, found.get(row.environment_id, row.at))
    return found


def _read_days(db: Transaction, extents: Sequence[Extent]) -> dict[tuple[str, int], tuple[int, int]]:
    """By environment and end of the extent, what the last day before it had."""
    if not extents:
        return {}
    table, ends = flag_health_days.c, {extent.end for extent in extents}
    wanted = select(flag_health_days).where(
        table.project_id.in_({extent.home.project_id for extent in extents}),
        table.environment_id.in_({extent.environment_id for extent in extents}),
        table.day > min(ends) - LONGEST_GAP,
        table.day <= max(ends),
    )
    rows = list(db.rows(wanted.order_by(table.day)))
    return {
        (row.environment_id, end): (row.temporary, row.stale)
        for end in ends
        for row in rows
        if end - LONGEST_GAP < row.day <= end
    }


def keep_health(db: Transaction, now: int) -> None:
    """Writes the day down for some environments that have none yet. Only where evaluations are known: else
    every flag would seem to be of no use.
    """
    waiting = {row.environment_id: row.project_id for row in db.rows(_unwritten(now).limit(AT_ONCE))}
    today = start_of_day(now)
    rows = [
        {"environment_id": id, "day": today, "project_id": waiting[id], "temporary": number, "stale": stale}
        for id, flags in list_temporary(db, waiting, now).items()
        for number, stale in [_tally(flags)]
    ]
    db.insert_or_update(flag_health_days, rows, ["temporary", "stale"])
    db.execute(delete(flag_health_days).where(flag_health_days.c.day < now - KEPT))


def _needs_keeping(db: Transaction, now: int) -> bool:
    return db.first(_unwritten(now).limit(1)) is not None


def _unwritten(now: int) -> Select[Any]:
    written = exists().where(
        flag_health_days.c.project_id == flag_requests.c.project_id,
        flag_health_days.c.environment_id == flag_requests.c.environment_id,
        flag_health_days.c.day == start_of_day(now),
    )
    places = select(flag_requests.c.environment_id, flag_requests.c.project_id)
    return places.where(~written).distinct()


JOBS = [Job("write down how healthy flags are", 10 * SECOND, keep_health, is_needed=_needs_keeping)]
