"""What events add up to and which versions sent them, written down once a second."""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from daybreak.areas.flags.intake import Totals, add_totals, count_evaluations, learn_contexts
from daybreak.areas.insights.intake import take_running_versions
from daybreak.ingestion.buffer import MOST_HELD, Buffer
from daybreak.ingestion.receiving import Receiver
from daybreak.ingestion.versions import RunningVersions
from daybreak.platform.clock import SECOND, stopwatch
from daybreak.platform.database import Transaction
from daybreak.platform.dialect import is_refused
from daybreak.platform.jobs import Job
from daybreak.platform.metrics.sdks import Events

Value = TypeVar("Value")

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
        refused = write_sound(
            db, list(gathered.uses.items()), lambda some: count_evaluations(db, dict(some), now)
        )
        refused += write_sound(db, list(gathered.contexts.held), lambda some: learn_contexts(db, some, now))
        gathered.refused = refused
        add_totals(db, Totals(gathered.received, gathered.dropped, gathered.unreadable + refused), now)
        buffer.mark_written(db, now)
        if refused:
            logger.error(
                "%d flags and contexts that events tell of cannot be written, and are passed over", refused
            )
        if gathered.dropped:
            logger.warning(
                "%d evaluations and contexts were not kept: more came within a second than are held",
                gathered.dropped,
            )
        metrics.written(gathered.held, stopwatch() - started)

    def committed() -> None:
        done = buffer.forget()
        metrics.taken(done.received, done.dropped, done.unreadable + done.refused)

    return Job(
        "write down what SDKs evaluated",
        SECOND,
        write,
        runs_everywhere=True,
        is_needed=lambda db, now: not buffer.is_empty,  # noqa: ARG005 - as those that look into the database
        committed=committed,
    )


def write_sound(db: Transaction, values: Sequence[Value], write: Callable[[Sequence[Value]], None]) -> int:
    """Writes all but those that no database takes, and says how many these are: anybody may send them, and
    they must not keep the others waiting for ever.
    """
    try:
        with db.attempt():
            write(values)
    except Exception as error:
        if not is_refused(error):
            raise
    else:
        return 0
    if len(values) == 1:
        return 1
    middle = len(values) // 2
    return sum(write_sound(db, half, write) for half in (values[:middle], values[middle:]))


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
