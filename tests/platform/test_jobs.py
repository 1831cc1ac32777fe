"""Jobs that look before they write, and that one process does for all."""

from collections.abc import Callable

import pytest
from sqlalchemy import text, update

from daybreak.platform.clock import HOUR, MINUTE, SECOND, FixedClock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.jobs import Job, JobLoop, leases
from daybreak.platform.outbox import list_told


def test_list_due__nothing_to_do__leaves_the_job_out_until_there_is(
    database: Database, clock: FixedClock
) -> None:
    work: list[str] = []
    done: list[str] = []

    def run(db: Transaction, now: int) -> None:
        done.extend(work)
        work.clear()

    jobs = JobLoop(database, clock, [Job("work", SECOND, run, is_needed=lambda *_: bool(work))])
    assert jobs.list_due() == []
    work.append("a letter")
    [job] = jobs.list_due()

    assert jobs.run(job)

    assert done == ["a letter"]
    clock.advance(SECOND)
    assert jobs.list_due() == []


def test_list_due__job_that_rests__is_asked_again_only_after_that(
    database: Database, clock: FixedClock
) -> None:
    asked: list[int] = []

    def is_needed(db: Transaction, now: int) -> bool:
        asked.append(now)
        return len(asked) > 1

    job = Job("work", SECOND, lambda *_: None, is_needed=is_needed, rest=MINUTE)
    jobs = JobLoop(database, clock, [job])
    assert jobs.list_due() == []
    clock.advance(MINUTE - 1)
    assert jobs.list_due() == []
    assert len(asked) == 1
    clock.advance(1)
    assert jobs.list_due() == [job]
    # What is there to do goes on at once.
    assert jobs.list_due() == [job]
    # A clock that was set back keeps nothing from being asked.
    clock.advance(-HOUR)
    assert jobs.list_due() == [job]


def test_list_due__one_that_cannot_say__does_not_keep_the_others_from_it(
    database: Database, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(db: Transaction, now: int) -> bool:
        return bool(db.value(text("SELECT nothing FROM nowhere")))

    odd = Job("odd", SECOND, lambda *_: None, is_needed=fail)
    jobs = JobLoop(database, clock, [odd, Job("work", SECOND, lambda *_: None)])

    due = jobs.list_due()

    assert [job.name for job in due] == ["odd", "work"]
    assert all(jobs.run(job) for job in due)
    assert "something to do: odd" in caplog.text


def _a_job(run: Callable[[Transaction, int], None]) -> Job:
    return Job("work", SECOND, run)


def test_run__two_processes__only_one_does_it(database: Database, clock: FixedClock) -> None:
    done: list[int] = []
    job = _a_job(lambda _, now: done.append(now))
    second = Database(database.url)
    one, other = JobLoop(database, clock, [job]), JobLoop(second, clock, [job])

    assert [one.run(job), other.run(job)] == [True, False]

    second.close()
    assert done == [clock.now()]


def test_run__lease_lost_meanwhile__leaves_nothing(database: Database, clock: FixedClock) -> None:
    def run(db: Transaction, now: int) -> None:
        db.tell("work", "done twice", at=now)
        # As another process does once the lease has ended, before this one takes its turn to write.
        db.execute(update(leases).values(holder="another"))

    jobs = JobLoop(database, clock, [_a_job(run)])

    assert not jobs.run(_a_job(run))

    with database.reading() as db:
        assert list_told(db, 0, ["work"]) == []


@pytest.mark.parametrize("runs_everywhere", [True, False])
def test_list_due__clock_set_back_an_hour__does_not_wait_for_it(
    database: Database, clock: FixedClock, *, runs_everywhere: bool
) -> None:
    job = Job("work", MINUTE, lambda *_: None, runs_everywhere=runs_everywhere)
    jobs = JobLoop(database, clock, [job])
    assert jobs.run(job)
    assert jobs.list_due() == []

    clock.advance(-HOUR)

    assert jobs.list_due() == [job]
    assert jobs.run(job)
    assert jobs.list_due() == []
