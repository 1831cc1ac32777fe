"""Notices what any process commits to the database, within milliseconds.

PostgreSQL says so itself, to those who listen. SQLite has a number that another connection's commit changes;
to look at it takes microseconds.
"""

import logging
import threading

from daybreak.platform import dialect
from daybreak.platform.database import Database, read_revision

logger = logging.getLogger(__name__)

# How long one wait for a commit lasts: so late at most a stop is noticed.
SECONDS_TO_WAIT = 0.25

# Without a word the revision is read now and then all the same: a message may be lost with its connection.
SECONDS_TO_TRUST = 5.0

SECONDS_AFTER_A_FAILURE = 0.5


class CommitWatch:
    """A thread that tells the database's listeners of what other processes commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="commits", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Never in the middle of a transaction."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except Exception:
                logger.exception("it is not known what other processes commit; trying again")
                self._stop.wait(SECONDS_AFTER_A_FAILURE)

    def _listen(self) -> None:
        """Listens first and reads then, so that nothing is missed in between."""
        with dialect.hear_commits(self._database.engine) as wait:
            self._tell()
            quiet = 0.0
            while not self._stop.is_set():
                quiet = 0.0 if wait(SECONDS_TO_WAIT) else quiet + SECONDS_TO_WAIT
                if not quiet or quiet >= SECONDS_TO_TRUST:
                    self._tell()
                    quiet = 0.0

    def _tell(self) -> None:
        with self._database.reading() as db:
            revision = read_revision(db)
        self._database.advance(revision)
