"""The outbox is written by `database.py` with each commit. Here it is kept short: a week is more than any
reader needs.
"""

from sqlalchemy import delete

from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.database import Transaction, outbox
from daybreak.platform.jobs import Job

KEPT = 7 * DAY


def trim_outbox(db: Transaction, now: int) -> None:
    db.execute(delete(outbox).where(outbox.c.at < now - KEPT))


TRIM_OUTBOX = Job("trim the outbox", HOUR, trim_outbox)
