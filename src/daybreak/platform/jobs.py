"""Work that recurs by itself: in one process at a time, held by a lease in the database, or in each."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Row, Table, Text, select, update

from daybreak.platform.clock import DAY, MINUTE, SECOND, Clock
from daybreak.platform.columns import milliseconds, text
from daybreak.platform.database import Database, Transaction, metadata
from daybreak.platform.dialect import is_locked
from daybreak.platform.identifiers import unique_id
from daybreak.platform.observing import Observer, Unobserved

logger = logging.getLogger(__name__)

leases = Table(
    "job_leases",
    metadata,
    Column("name", Text, primary_key=True),
    text("holder"),
    milliseconds("free_at"),
    milliseconds("last_run_at"),
)

# How long a process that died keeps others from a job. One that takes longer may lose it: then what it did is
# undone.
LEASE = 60 * SECOND


class LeaseLost(Exception):
    """Another process has begun the same job, because this one took longer than a lease."""


@dataclass(frozen=True, slots=True)
class JobRun:
    """The last run of a job that one process does for all. Instants are in Unix milliseconds."""

    name: str
    last_run_at: int
    free_at: int

    def has_failed(self, now: int) -> bool:
        """A run that ends well sets it free at once; any other keeps its lease until that is over."""
        return self.last_run_at < self.free_at <= now


def list_runs(db: Transaction) -> list[JobRun]:
    found = db.rows(select(leases.c.name, leases.c.last_run_at, leases.c.free_at))
    return [JobRun(row.name, row.last_run_at, row.free_at) for row in found]


@dataclass(frozen=True, slots=True)
class Job:
    """A function that runs every `interval` milliseconds in its own writing transaction.

    One that writes down what its own process has gathered `runs_everywhere`, without a lease. What has to
    wait until the transaction is committed is done by `committed`. One that often finds nothing to do says by
    `is_needed`, which only reads, whether there is anything: then idling writes nothing. It is asked each
    second; one that can wait is not asked again for `rest` milliseconds after it said no.
    """

    name: str
    interval: int
    run: Callable[[Transaction, int], None]
    runs_everywhere: bool = False
    is_needed: Callable[[Transaction, int], bool] = lambda db, now: True  # noqa: ARG005 - as those that look
    committed: Callable[[], None] = lambda: None
    rest: int = 0


def for_what_is_older(
    name: str,
    days: int,
    run: Callable[[Transaction, int, int], None],
    is_any: Callable[[Transaction, int], bool],
) -> list[Job]:
    """The job for what is older than so many days; none where all is kept for ever, for 0 days. `run` and
    `is_any` are told before when (Unix ms), `run` also the time of now.
    """
    job = Job(
        name,
        MINUTE,
        lambda db, now: run(db, now - days * DAY, now),
        is_needed=lambda db, now: is_any(db, now - days * DAY),
        rest=MINUTE,
    )
    return [job] if days else []


class JobLoop:
    """Looks every second which job is due. A failing job is logged and tried again.

    Two threads: a long job that one process does for all keeps none from writing down its own.
    """

    def __init__(
        self, database: Database, clock: Clock, jobs: Sequence[Job], observer: Observer | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._shared = [job for job in jobs if not job.runs_everywhere]
        self._own = {job: 0 for job in jobs if job.runs_everywhere}
        self._asked_in_vain: dict[Job, int] = {}
        self._holder = unique_id()
        self._observer = observer or Unobserved()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, args=[look], name="jobs", daemon=True)
            for look in (self._list_shared, self._list_own)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Lets the running job finish, and runs once more what would be lost with this process."""
        was_running = any(thread.is_alive() for thread in self._threads)
        self._stop.set()
        if was_running:
            for thread in self._threads:
                thread.join(timeout=10)
            for job in self._own:
                self.run(job)

    def _loop(self, look: Callable[[Transaction, int], list[Job]]) -> None:
        while not self._stop.wait(1.0):
            for job in self._list(look):
                self.run(job)

    def list_due(self) -> list[Job]:
        """The jobs whose interval has passed and that have something to do. One query, and one more for each
        job that looks before.
        """
        return self._list(self._list_own) + self._list(self._list_shared)

    def _list(self, look: Callable[[Transaction, int], list[Job]]) -> list[Job]:
        try:
            with self._database.reading() as db:
                return look(db, self._clock.now())
        except Exception:
            logger.exception("jobs: the database did not answer")
            return []

    def _list_own(self, db: Transaction, now: int) -> list[Job]:
        own = [job for job, at in self._own.items() if now >= at + job.interval or now < at]
        return [job for job in own if self._is_needed(job, db, now)]

    def _list_shared(self, db: Transaction, now: int) -> list[Job]:
        last = {row.name: row for row in db.rows(select(leases))}
        return [
            job
            for job in self._shared
            if _is_due(job, last.get(job.name), now) and self._is_needed(job, db, now)
        ]

    def _is_needed(self, job: Job, db: Transaction, now: int) -> bool:
        asked_at = self._asked_in_vain.get(job)
        if asked_at is not None and asked_at <= now < asked_at + job.rest:
            return False
        try:
            is_needed = job.is_needed(db, now)
        except Exception as error:
            if is_locked(error):
                raise
            # It will fail alone, and must not keep the others from being asked.
            logger.exception("jobs: whether there is something to do: %s", job.name)
            is_needed = True
        if is_needed:
            self._asked_in_vain.pop(job, None)
        else:
            self._asked_in_vain[job] = now
        return is_needed

    def run(self, job: Job) -> bool:
        """Takes the lease and runs the job; False when another process was faster or the job failed."""
        now = self._clock.now()
        try:
            with self._observer.job(job.name) as ran:
                has_run = self._run_here(job, now) if job.runs_everywhere else self._run_alone(job, now)
                if has_run:
                    ran()
                return has_run
        except Exception:
            logger.exception("jobs: %s failed and will be tried again", job.name)
            return False

    def _run_here(self, job: Job, now: int) -> bool:
        with self._database.writing() as db:
            job.run(db, now)
        job.committed()
        self._own[job] = now
        return True

    def _run_alone(self, job: Job, now: int) -> bool:
        with self._database.writing() as db:
            if not _is_due(job, _hold(db, job), now):
                return False
            lease = {"name": job.name, "holder": self._holder, "free_at": now + LEASE, "last_run_at": now}
            db.insert_or_update(leases, [lease], ["holder", "free_at", "last_run_at"])
        with self._database.writing() as db:
            job.run(db, now)
            mine = (leases.c.name == job.name) & (leases.c.holder == self._holder)
            if not db.execute(update(leases).where(mine).values(free_at=now)).rowcount:
                raise LeaseLost
        job.committed()
        return True


def _hold(db: Transaction, job: Job) -> Row[Any] | None:
    """The lease, which no other process takes in the same moment."""
    nobodys = {"name": job.name, "holder": "", "free_at": 0, "last_run_at": 0}
    db.insert_or_update(leases, [nobodys], [])
    return db.first(select(leases).where(leases.c.name == job.name).with_for_update())


def _is_due(job: Job, row: Row[Any] | None, now: int) -> bool:
    last_run_at, free_at = (0, 0) if row is None else (row.last_run_at, row.free_at)
    # A clock that was set back must not keep a job from running until the time is reached again.
    is_time = now >= last_run_at + job.interval or now < last_run_at - LEASE
    is_free = now >= free_at or now < free_at - 2 * LEASE
    return is_time and is_free
