"""Server-sent events: everything first, then each change, and comments that show that the line is alive."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from daybreak.delivery.changes import BEAT, Batch, Change
from daybreak.delivery.listeners import Listener
from daybreak.delivery.snapshot import Snapshot
from daybreak.delivery.transfers import GOODBYE, represent_batch
from daybreak.sdk.answers import Receive, Send

HEARTBEAT_SECONDS = 30.0
COMMENT = b":\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]


@dataclass(frozen=True, slots=True)
class Format:
    """How a stream tells what has changed, and what it ends with where the server ends it. `kind` is what
    operators know it by.
    """

    kind: str
    represent: Callable[[Batch], bytes]
    last: bytes = b""


class Heart:
    """Beats for a stream. One timer that recurs: a time limit for each wait would cost more than sending."""

    __slots__ = ("_listener", "_loop", "_timer")

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self._wait()

    def stop(self) -> None:
        self._timer.cancel()

    def _wait(self) -> None:
        self._timer = self._loop.call_later(HEARTBEAT_SECONDS, self._beat)

    def _beat(self) -> None:
        self._listener.tell(BEAT)
        self._wait()


async def stream(
    send: Send,
    receive: Receive,
    headers: list[tuple[bytes, bytes]],
    shape: Format,
    first: bytes,
    listener: Listener,
    seconds: float | None = None,
) -> None:
    """Sends until the caller leaves, the listener is told to end, or the seconds, if they are counted, are
    over.
    """
    await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, *headers]})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    # A stream lasts for days, and this is the largest thing it would keep.
    del first
    listener.metrics.opened(shape.kind)
    gone = asyncio.ensure_future(_end_when_gone(receive, listener))
    heart = Heart(listener)
    # An old key ends its stream by itself: nothing is written when its time has come.
    loop = asyncio.get_running_loop()
    end = None if seconds is None else loop.call_later(seconds, listener.tell, None)
    try:
        while (batch := await listener.next()) is not None:
            text = COMMENT if batch is BEAT else batch.encoded(shape.represent)
            if text and not gone.done():
                await send({"type": "http.response.body", "body": text, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": shape.last})
    finally:
        listener.metrics.closed(shape.kind)
        gone.cancel()
        heart.stop()
        if end is not None:
            end.cancel()


async def _end_when_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.tell(None)


def _represent_all(batch: Batch) -> bytes:
    return b"".join(_represent(change, f"/{change.collection}/{change.key}") for change in batch.changes)


def _represent_flags(batch: Batch) -> bytes:
    flags = [change for change in batch.changes if change.collection == "flags"]
    return b"".join(_represent(change, f"/{change.key}") for change in flags)


def _represent(change: Change, path: str) -> bytes:
    if change.body is None:
        return _event("delete", b'{"path":"%b","version":%d}' % (path.encode(), change.version))
    return _event("patch", b'{"path":"%b","data":%b}' % (path.encode(), change.body))


def _ping(batch: Batch) -> bytes:  # noqa: ARG001 - whatever has changed
    return PING


def put_event(data: bytes) -> bytes:
    """Everything at once."""
    return _event("put", data)


def _event(name: str, data: bytes) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)


# The data of an event must not be empty.
PING = _event("ping", b" ")


def all_data(snapshot: Snapshot) -> bytes:
    """What a stream of everything begins with."""
    return _event("put", b'{"path":"/","data":%b}' % snapshot.everything)


def flags_only(snapshot: Snapshot) -> bytes:
    """What a stream of the oldest SDKs begins with."""
    return _event("put", snapshot.all_flags)


# Of flags and segments: paths say which is meant.
ALL_DATA = Format("server", _represent_all)

# Of the oldest SDKs, which know no segments.
FLAGS_ONLY = Format("server of the oldest SDKs", _represent_flags)

# Of Relay Proxies, which come back at once where they are asked to.
AUTO_CONFIGURATION = Format("relay", _represent_all, last=_event("reconnect", b"{}"))

# Of the newer protocol.
TRANSFERS = Format("server of the newer protocol", represent_batch, last=GOODBYE.as_text)

# Tells client-side SDKs no more than that they should ask again.
PINGS = Format("client", _ping)
