"""From what was committed to whom it concerns: told of a revision by any thread, acts on the event loop."""

import asyncio
import logging
from typing import Protocol

logger = logging.getLogger(__name__)

SECONDS_AFTER_A_FAILURE = 0.5


class Follower(Protocol):
    """Whoever knows what is listened to."""

    async def refresh(self, revision: int) -> None:
        """Tells its listeners what has changed up to a revision."""
        ...


class Changefeed:
    """Keeps a hub as new as the database. Revisions that come while it works are taken together."""

    def __init__(self, hub: Follower) -> None:
        self._hub = hub
        self._latest = 0
        self._news = asyncio.Event()
        self._is_stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None

    def advance(self, revision: int) -> None:
        """Never waits; from any thread."""
        self._latest = max(self._latest, revision)
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    def stop(self) -> None:
        self._is_stopped = True
        self._news.set()

    async def run(self) -> None:
        """Until it is stopped, and never in the middle of a transaction."""
        self._loop = asyncio.get_running_loop()
        while await self._news.wait() and not self._is_stopped:
            self._news.clear()
            try:
                await self._hub.refresh(self._latest)
            except Exception:
                logger.exception("what SDKs are sent could not be read; trying again")
                await asyncio.sleep(SECONDS_AFTER_A_FAILURE)
                self._news.set()
