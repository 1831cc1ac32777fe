"""Those who hear of changes: each has a queue of what it is still to be sent, and not an endless one."""

import asyncio
from collections.abc import Sequence

from daybreak.delivery.changes import Batch
from daybreak.platform.metrics.sdks import Streams

# A listener that is so far behind, in batches or in bytes, is cut off: it comes back for everything.
MOST_WAITING = 1_000
MOST_BYTES_WAITING = 4 * 1024 * 1024

# A stop ends so many streams at once. More are spread: they would all come back in the same instant.
ENDED_AT_ONCE = 50
SECONDS_TO_END = 2.0


class Listener:
    """Somebody on a stream, which `metrics` count. `topic` is the id of what it hears of: an environment, a
    configuration.

    `batches` ends with None where the stream is to be closed.
    """

    def __init__(self, topic: str, metrics: Streams) -> None:
        self.topic = topic
        self.metrics = metrics
        self.batches: asyncio.Queue[Batch | None] = asyncio.Queue()
        self._bytes_waiting = 0

    def tell(self, batch: Batch | None) -> None:
        if batch is not None:
            self._bytes_waiting += batch.size
        if self.batches.qsize() >= MOST_WAITING or self._bytes_waiting > MOST_BYTES_WAITING:
            while not self.batches.empty():
                self.batches.get_nowait()
            self._bytes_waiting = 0
            self.metrics.cut_off()
            batch = None
        self.batches.put_nowait(batch)

    async def next(self) -> Batch | None:
        """Waits for what is to be sent next."""
        batch = await self.batches.get()
        if batch is not None:
            self._bytes_waiting -= batch.size
        return batch


def end_all(listeners: Sequence[Listener]) -> None:
    """Ends their streams, within seconds where they are many."""
    for listener in listeners[:ENDED_AT_ONCE]:
        listener.tell(None)
    loop, others = asyncio.get_running_loop(), listeners[ENDED_AT_ONCE:]
    for position, listener in enumerate(others, start=1):
        loop.call_later(SECONDS_TO_END * position / len(others), listener.tell, None)
