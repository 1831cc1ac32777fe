"""Evaluation counts: what SDKs told is added up, folded as it ages, and summed up for whoever asks."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from areas.flags.seeds import a_flag, a_project, ids
from daybreak.areas.flags.evaluation_counts.model import NO_VARIATION, FlagUse, Span
from daybreak.areas.flags.evaluation_counts.store import (
    context_kinds_of,
    count_served,
    fold,
    list_requests,
    needs_folding,
)
from daybreak.areas.flags.evaluation_counts.tables import evaluation_counts, flag_applications
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.flags.intake import count_evaluations
from daybreak.areas.projects.queries import Home, environment
from daybreak.platform.clock import DAY, HOUR, MINUTE
from daybreak.platform.database import Database

NOON = 1_750_000_000_000 - 1_750_000_000_000 % DAY + 12 * HOUR


@dataclass(frozen=True)
class Counted:
    """A flag with two variations in an environment, and where its counts are kept."""

    database: Database
    home: Home
    flag_id: str
    on: str
    off: str

    @property
    def place(self) -> tuple[list[str], list[str]]:
        return [self.home.project_id], [self.home.environment_id]

    def tell(self, *uses: FlagUse, key: str = "checkout", now: int = NOON) -> None:
        for use in uses:
            with self.database.writing() as db:
                count_evaluations(db, {(self.home.environment_id, key): use}, now)

    def served(self, start: int, end: int) -> dict[str, int]:
        with self.database.reading() as db:
            [found] = count_served(db, [Span(self.home, self.flag_id, start, end)])
        return found

    def rows(self) -> int:
        with self.database.reading() as db:
            return int(db.value(select(func.count()).select_from(evaluation_counts)))


@pytest.fixture
def counted(api: Any, database: Database) -> Counted:
    a_project(api)
    on, off = ids(a_flag(api))
    with database.reading() as db:
        home = environment(db, "web", "production").home
        flag_id = db.value(select(feature_flags.c.id))
    return Counted(database, home, flag_id, on, off)


def test_counts__told_twice__add_up(counted: Counted) -> None:
    use = FlagUse({(NOON, 0): 5, (NOON, 1): 2, (NOON + MINUTE, 0): 1})
    counted.tell(use, use)
    assert counted.served(NOON, NOON + MINUTE) == {counted.on: 10, counted.off: 4}
    assert counted.served(NOON, NOON + HOUR) == {counted.on: 12, counted.off: 4}


def test_counts__default_or_lost_variation__belong_to_none(counted: Counted) -> None:
    counted.tell(FlagUse({(NOON, None): 3, (NOON, 7): 1, (NOON, -1): 1}))
    assert counted.served(NOON, NOON + 1) == {NO_VARIATION: 5}


def test_counts__unknown_flag_or_environment__are_passed_over(counted: Counted) -> None:
    counted.tell(FlagUse({(NOON, 0): 3}), key="nothing")
    with counted.database.writing() as db:
        count_evaluations(db, {("nowhere", "checkout"): FlagUse({(NOON, 0): 3})}, NOON)
    assert counted.rows() == 0


def test_counts__aged__are_folded_and_none_is_lost(counted: Counted) -> None:
    counted.tell(FlagUse({(NOON + n * MINUTE, n % 2): 1 for n in range(120)}))
    with counted.database.writing() as db:
        assert not needs_folding(db, NOON + HOUR)
        assert needs_folding(db, NOON + 3 * DAY)
        fold(db, NOON + 3 * DAY)
        assert not needs_folding(db, NOON + 3 * DAY)
    assert counted.rows() == 4
    assert counted.served(NOON, NOON + 2 * HOUR) == {counted.on: 60, counted.off: 60}
    with counted.database.writing() as db:
        fold(db, NOON + 100 * DAY)
    assert counted.rows() == 2
    assert counted.served(NOON - 12 * HOUR, NOON + DAY) == {counted.on: 60, counted.off: 60}


def test_requests__told__remember_the_last_time_and_default(counted: Counted) -> None:
    counted.tell(FlagUse({(NOON, 0): 1}, {"user"}, {("till", "1.0")}, default=False, has_default=True))
    later = FlagUse({(NOON, 0): 1}, {"user", "organization"}, {("till", "1.1")})
    counted.tell(later, now=NOON + HOUR)
    with counted.database.reading() as db:
        [request] = list_requests(db, *counted.place, [counted.flag_id])
        kinds = context_kinds_of(
            db, counted.home.project_id, [counted.home.environment_id], [counted.flag_id], NOON
        )
        versions = [row.version for row in db.rows(select(flag_applications))]
    assert (request.last_at, request.default) == (NOON + HOUR, False)
    assert kinds == {(counted.flag_id, counted.home.environment_id): ["organization", "user"]}
    assert sorted(versions) == ["1.0", "1.1"]


def test_counts__flag_deleted__leave_its_counts_but_no_request(counted: Counted, api: Any) -> None:
    counted.tell(FlagUse({(NOON, 0): 4}))
    assert api.delete("/api/v2/flags/web/checkout").status_code == 204
    assert counted.served(NOON, NOON + 1) == {counted.on: 4}
    with counted.database.reading() as db:
        assert list_requests(db, *counted.place) == []
