"""Months of tables that grow: made ahead of time, filled from what lay in none, dropped when they are old."""

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, false, func, inspect, select, text

import daybreak.app  # noqa: F401 - makes the tables of every area known
from daybreak.areas.flags.evaluation_counts.tables import evaluation_counts
from daybreak.areas.flags.flag_changes.tables import flag_changes
from daybreak.areas.projects.environments.tables import environments
from daybreak.platform.access import Actor
from daybreak.platform.audit import AuditEntry, audit_entries, forgetting_entries, record
from daybreak.platform.clock import DAY
from daybreak.platform.database import Database
from daybreak.platform.partitions import (
    ROWS_AT_ONCE,
    Month,
    forget_before,
    is_partition,
    make_partitions,
    making_partitions,
    partitioned_tables,
)
from daybreak.settings import read_settings


def at(year: int, month: int, day: int = 1) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 1000


@pytest.fixture
def partitioned(database: Database, engine: str) -> Database:
    """A database that has partitions."""
    if engine == "sqlite":
        pytest.skip("SQLite has no partitions")
    return database


def tell(database: Database, *instants: int) -> None:
    actor = Actor("test", "test", "the tests", (), role="admin")
    with database.writing() as db:
        for instant in instants:
            record(db, actor, instant, AuditEntry(
                kind="flag", resource_id="1", address="proj/web:env/*:flag/dark", name="dark",
                title_verb="changed", actions=("updateOn",), path="/",
            ))  # fmt: skip


def count_in(database: Database, name: str) -> int:
    with database.reading() as db:
        return int(db.connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one())


def count(database: Database) -> int:
    with database.reading() as db:
        return int(db.value(select(func.count()).select_from(audit_entries)))


def names(database: Database) -> set[str]:
    with database.reading() as db:
        return {name for name in inspect(db.connection).get_table_names() if name.startswith("audit_entries")}


def make(database: Database, now: int) -> None:
    for table in partitioned_tables():
        with database.writing() as db:
            make_partitions(table, db, now)


def forget(database: Database, before: int) -> None:
    with database.writing() as db:
        forget_before(db, audit_entries, before)


def test_months__at_any_instant__begin_and_end_at_midnight_of_utc() -> None:
    assert Month.of(at(2026, 12, 31)) == Month(2026, 12)
    assert Month.of(at(2027, 1) - 1) == Month(2026, 12)
    assert (Month(2026, 12).start, Month(2026, 12).next.start) == (at(2026, 12), at(2027, 1))


def test_names__of_partitions_and_of_tables__are_told_apart() -> None:
    assert is_partition("audit_entries_y2026m07")
    assert is_partition("flag_changes_rest")
    assert not is_partition("audit_entries")
    assert not is_partition("projects_y2026m07")
    assert not is_partition("projects_rest")


def test_partitions__made__are_those_of_this_month_and_of_three_to_come(partitioned: Database) -> None:
    now = at(2026, 11, 20)
    with partitioned.reading() as db:
        assert all(job.is_needed(db, now) for job in making_partitions())

    make(partitioned, now)

    made = {f"audit_entries_y{month}" for month in ("2026m11", "2026m12", "2027m01", "2027m02")}
    assert names(partitioned) == {"audit_entries", "audit_entries_rest", *made}
    with partitioned.reading() as db:
        assert not any(job.is_needed(db, now) for job in making_partitions())
        assert all(job.is_needed(db, at(2026, 12, 1)) for job in making_partitions())


def test_partitions__made_while_others_write__are_in_nobodys_way(partitioned: Database) -> None:
    stop, failed = threading.Event(), list[BaseException]()

    def write() -> None:
        try:
            while not stop.is_set():
                tell(partitioned, at(2026, 11, 20))
        except Exception as error:  # noqa: BLE001 - whatever it is
            failed.append(error)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for month in range(1, 13):
        make(partitioned, at(2026, month))
    stop.set()
    for writer in writers:
        writer.join()
    assert failed == []


def test_partitions__made_while_an_environment_is_deleted__wait_for_it(partitioned: Database) -> None:
    failed = list[BaseException]()

    def make_all() -> None:
        try:
            make(partitioned, at(2031, 5))
        except Exception as error:  # noqa: BLE001 - whatever it is
            failed.append(error)

    thread = threading.Thread(target=make_all)
    with partitioned.writing() as db:
        # As many rows as it takes to lock as a deletion does.
        db.execute(delete(environments).where(false()))
        thread.start()
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while not db.value(waiting):
            time.sleep(0.01)
        db.execute(delete(flag_changes).where(false()))
        db.execute(delete(evaluation_counts).where(false()))
    thread.join()
    assert failed == []


def test_partitions__rows_that_had_no_month__move_to_theirs(partitioned: Database) -> None:
    tell(partitioned, at(2026, 10, 31), at(2026, 11), at(2026, 11, 30), at(2026, 12))

    make(partitioned, at(2026, 11, 5))
    tell(partitioned, at(2026, 11, 6))

    assert count_in(partitioned, "audit_entries_y2026m11") == 3
    assert count_in(partitioned, "audit_entries_y2026m12") == 1
    assert count_in(partitioned, "audit_entries_rest") == 1
    assert count(partitioned) == 5


def test_partitions__made_twice__change_nothing(partitioned: Database) -> None:
    make(partitioned, at(2026, 11))
    before = names(partitioned)

    make(partitioned, at(2026, 11, 30))

    assert names(partitioned) == before


def test_retention__of_whole_months__drops_them(partitioned: Database) -> None:
    make(partitioned, at(2026, 11))
    tell(partitioned, at(2026, 10, 3), at(2026, 11, 3), at(2026, 12, 3), at(2026, 12, 20))

    forget(partitioned, at(2026, 12, 10))

    assert "audit_entries_y2026m11" not in names(partitioned)
    assert "audit_entries_y2026m12" in names(partitioned)
    assert count(partitioned) == 1


def test_retention__month_that_somebody_reads__is_left_for_later(partitioned: Database) -> None:
    old, kept = at(2026, 1), at(2026, 3)
    make(partitioned, old)
    tell(partitioned, at(2026, 1, 5), at(2026, 3, 5))
    reader = Database(partitioned.url)
    with reader.reading() as db:
        db.rows(select(audit_entries.c.id))
        forget(partitioned, kept)
        assert "audit_entries_y2026m01" in names(partitioned)
    reader.close()
    # Its rows are forgotten nevertheless.
    assert count(partitioned) == 1
    forget(partitioned, kept)
    assert "audit_entries_y2026m01" not in names(partitioned)


def test_retention__on_either_engine__forgets_what_is_older_a_batch_at_a_time(database: Database) -> None:
    tell(database, *range(at(2026, 1), at(2026, 1) + ROWS_AT_ONCE + 5), at(2026, 2))

    forget(database, at(2026, 2))
    assert count(database) == 6
    forget(database, at(2026, 2))
    assert count(database) == 1


def test_retention__by_setting__runs_until_nothing_is_too_old(database: Database) -> None:
    now = at(2026, 6)
    [job] = forgetting_entries(30)
    tell(database, now - 31 * DAY, now - 29 * DAY)
    with database.writing() as db:
        assert job.is_needed(db, now)
        job.run(db, now)
        assert not job.is_needed(db, now)
    assert count(database) == 1
    assert forgetting_entries(0) == []


@pytest.mark.parametrize(
    ("variable", "days"),
    [
        ("DAYBREAK_KEEP_AUDIT_DAYS", "29"),
        ("DAYBREAK_KEEP_EVALUATIONS_DAYS", "59"),
        ("DAYBREAK_KEEP_AUDIT_DAYS", "-1"),
    ],
)
def test_settings__days_that_are_too_few__are_refused_with_the_reason(variable: str, days: str) -> None:
    with pytest.raises(ValueError, match=f"{variable} takes 0, for ever, or .* days and more: "):
        read_settings({variable: days})


def test_settings__days_enough_or_for_ever__are_taken() -> None:
    settings: Any = read_settings({"DAYBREAK_KEEP_AUDIT_DAYS": "30", "DAYBREAK_KEEP_EVALUATIONS_DAYS": "0"})
    assert (settings.keep_audit_days, settings.keep_evaluations_days) == (30, 0)
