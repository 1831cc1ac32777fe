"""Writes that were refused leave an entry in the audit log too: who tried what, where."""

import logging
from threading import Lock

from daybreak.platform import audit
from daybreak.platform.access import Actor
from daybreak.platform.clock import MINUTE
from daybreak.platform.database import Database
from daybreak.platform.errors import DomainError, Forbidden

logger = logging.getLogger(__name__)

# Whoever is refused again and again fills no disk: the same is told once a minute, and so much of one caller.
MOST_OF_ONE_CALLER = 60


class Refusals:
    """Remembers what was told in the present minute."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._minute = 0
        self._told: dict[str, set[tuple[str, str]]] = {}

    def note(self, actor: Actor, operation: str, path: str, error: Forbidden, now: int) -> None:
        """Never raises: the refusal is answered whether it could be noted or not."""
        if not self._is_news(actor, operation, error.address or path, now):
            return
        try:
            with self._database.writing() as db:
                audit.record_refusal(db, actor, now, operation, path, error)
        except DomainError:
            logger.warning("a refused write was not noted", extra={"operation": operation, "path": path})

    def _is_news(self, actor: Actor, operation: str, place: str, now: int) -> bool:
        with self._lock:
            if self._minute != now // MINUTE:
                self._minute = now // MINUTE
                self._told = {}
            told = self._told.setdefault(actor.id, set())
            if (operation, place) in told or len(told) >= MOST_OF_ONE_CALLER:
                return False
            told.add((operation, place))
            return True
