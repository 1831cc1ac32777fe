"""What events add up to and which versions sent them, written down once a second."""

import logging

from daybreak.areas.flags.intake import Totals, count_evaluations, learn_contexts
from daybreak.areas.insights.intake import take_running_versions
from daybreak.ingestion.buffer import MOST_HELD, Buffer
from daybreak.ingestion.receiving import Receiver
from daybreak.ingestion.versions import RunningVersions
from daybreak.platform.clock import SECOND, stopwatch
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job
from daybreak.platform.metrics.sdks import Events

logger = logging.getLogger(__name__)


def write_events(buffer: Buffer, receiver: Receiver, metrics: Events) -> Job:
    """The job of one process. It does not move the revision: what is remembered of counts may be a little
    old.
    """
    metrics.watch_buffer(lambda: buffer.held, MOST_HELD)

    def write(db: Transaction, now: int) -> None:
        started = stopwatch()
        for record in buffer.adopt(db):
            receiver.restore(record)
        gathered = buffer.take()
        totals = Totals(gathered.received, gathered.dropped, gathered.unreadable)
        count_evaluations(db, gathered.uses, now, totals)
        learn_contexts(db, gathered.contexts.held, now)
        buffer.mark_written(db, now)
        if gathered.dropped:
            logger.warning(
                "%d evaluations and contexts were not kept: more came within a second than are held",
                gathered.dropped,
            )
        metrics.written(gathered.held, stopwatch() - started)

    def committed() -> None:
        done = buffer.forget()
        metrics.taken(done.received, done.dropped, done.unreadable)

    return Job(
        "write down what SDKs evaluated",
        SECOND,
        write,
        runs_everywhere=True,
        is_needed=lambda db, now: not buffer.is_empty,  # noqa: ARG005 - as those that look into the database
        committed=committed,
    )


def write_versions(versions: RunningVersions) -> Job:
    """A job of its own: what is wrong with a deployment keeps no counts from being written."""

    def write(db: Transaction, now: int) -> None:
        take_running_versions(db, versions.take(), now)

    return Job(
        "write down which versions SDKs run in",
        SECOND,
        write,
        runs_everywhere=True,
        is_needed=lambda db, now: not versions.is_empty,  # noqa: ARG005 - as those that look into the database
        committed=versions.forget,
    )
