"""Jobs that look before they write."""

from daybreak.platform.clock import SECOND, FixedClock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.jobs import Job, JobLoop


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
