"""Answers that stay the same until something is written: made once, however many ask at once, and kept."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable

from daybreak.platform.cache import RevisionCache
from daybreak.platform.metrics.requests import RememberedLookups
from daybreak.rest.response import Response

# Bytes of bodies.
MOST_KEPT = 32 * 1024 * 1024

# What an answer takes beside its body.
_BESIDE = 1_000


class RememberedAnswers:
    """Lives on the event loop; `advance` and `keep` may be called from any thread."""

    def __init__(self, lookups: RememberedLookups) -> None:
        self._lookups = lookups
        self._kept: RevisionCache[Response] = RevisionCache(
            MOST_KEPT, weigh=lambda response: len(response.body) + _BESIDE
        )
        self._being_made: dict[Hashable, asyncio.Future[Response]] = {}

    def advance(self, revision: int) -> None:
        """Forgets everything if `revision` is new."""
        self._kept.advance(revision)

    def keep(self, key: Hashable, response: Response, revision: int) -> None:
        """`revision` is that of the database that was read."""
        self._kept.advance(revision)
        self._kept.put(key, response, revision=revision)

    async def answer(self, key: Hashable, run: Callable[[], Awaitable[Response]]) -> Response:
        """What is known, or what comes of `run`, which keeps it. Raises what `run` raises."""
        known = self._kept.get(key)
        if known is not None:
            self._lookups.known()
            return known
        # Whoever asks after a write waits for nothing that was begun before it.
        place = key, self._kept.revision
        making = self._being_made.get(place)
        if making is not None:
            self._lookups.joined()
        else:
            self._lookups.made()
            making = self._being_made[place] = asyncio.ensure_future(self._make(place, run))
        return await asyncio.shield(making)

    async def _make(self, place: Hashable, run: Callable[[], Awaitable[Response]]) -> Response:
        try:
            return await run()
        finally:
            del self._being_made[place]
