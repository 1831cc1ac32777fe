"""Stale flags, and how many there were on a day."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, a_project, instructed
from daybreak.areas.flags.area import jobs
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.flag_changes.model import Extent
from daybreak.areas.flags.flag_health.model import HealthCounts
from daybreak.areas.flags.flag_health.store import count_health, list_temporary
from daybreak.areas.flags.intake import count_evaluations
from daybreak.areas.projects.queries import Home
from daybreak.areas.projects.queries import environment as find_environment
from daybreak.platform.clock import DAY, MINUTE, FixedClock
from daybreak.platform.database import Database


@pytest.fixture
def environment(api: Any, database: Database) -> Home:
    a_project(api)
    with database.reading() as db:
        return find_environment(db, "web", "production").home


def evaluated(database: Database, environment: Home, key: str, at: int, application: str = "") -> None:
    runs_in = {(application, "1.0")} if application else set()
    with database.writing() as db:
        count_evaluations(
            db, {(environment.environment_id, key): FlagUse({(at - at % MINUTE, 0): 1}, runs_in=runs_in)}, at
        )


def stale(database: Database, environment: Home, now: int) -> list[str]:
    with database.reading() as db:
        found = list_temporary(db, {environment.environment_id: environment.project_id}, now)
    return [flag.key for flag in found[environment.environment_id] if flag.is_stale]


def counts(database: Database, extent: Extent, now: int) -> HealthCounts | None:
    with database.reading() as db:
        [found] = count_health(db, [extent], now)
    return found


def write_down(database: Database, now: int) -> bool:
    [job] = [job for job in jobs() if job.name == "write down how healthy flags are"]
    with database.writing() as db:
        is_needed = job.is_needed(db, now)
        job.run(db, now)
    return is_needed


def test_flags__old_and_done_or_unused__are_stale(
    api: Any, database: Database, clock: FixedClock, environment: Home
) -> None:
    for key in ("unused", "launched", "active", "forgotten", "archived"):
        a_flag(api, key)
    a_flag(api, "kept", temporary=False)
    instructed(api, {"kind": "turnFlagOn"}, key="launched")
    instructed(api, {"kind": "archiveFlag"}, key="archived")
    evaluated(database, environment, "forgotten", clock.at)
    clock.at += 31 * DAY
    a_flag(api, "young")
    for key in ("launched", "active", "kept", "young"):
        evaluated(database, environment, key, clock.at)
    assert stale(database, environment, clock.at) == ["forgotten", "launched", "unused"]
    assert stale(database, environment, clock.at - 2 * DAY) == []


def test_health__of_days__is_written_down_once_and_found_later(
    api: Any, database: Database, clock: FixedClock, environment: Home
) -> None:
    a_flag(api)
    clock.at += 31 * DAY
    assert not write_down(database, clock.at)
    evaluated(database, environment, "checkout", clock.at)
    first = clock.at
    assert write_down(database, first)
    assert not write_down(database, first + MINUTE)
    clock.at += 8 * DAY
    assert write_down(database, clock.at)

    def at(end: int, *applications: str) -> HealthCounts | None:
        return counts(database, Extent(environment, applications, end - 28 * DAY, end), clock.at)

    watched = first - first % DAY
    assert at(first + MINUTE) == HealthCounts(watched, 1, 0)
    assert at(first + 5 * DAY) is None
    assert at(first - 5 * DAY) is None
    assert at(clock.at) == HealthCounts(watched, 1, 1)
    # Of applications nobody wrote down how they were.
    assert at(first + MINUTE, "till") is None


def test_health__of_an_application__is_that_of_the_flags_it_evaluates(
    api: Any, database: Database, clock: FixedClock, environment: Home
) -> None:
    for key in ("mine", "others"):
        a_flag(api, key)
        evaluated(database, environment, key, clock.at, "till" if key == "mine" else "shop")
    clock.at += 31 * DAY
    found = counts(database, Extent(environment, ("till",), 0, clock.at), clock.at)
    assert found is not None
    assert (found.temporary, found.stale) == (1, 1)


def test_health__nothing_evaluated__is_watched_by_nobody(
    api: Any, database: Database, clock: FixedClock, environment: Home
) -> None:
    a_flag(api)
    assert counts(database, Extent(environment, (), 0, clock.at), clock.at) == HealthCounts(None, 1, 0)
