"""Server-sent events: everything first, then each change, and comments that show that the line is alive."""

import asyncio

from daybreak.delivery.hub import Listener
from daybreak.delivery.snapshot import Change, Snapshot
from daybreak.sdk.answers import Receive, Send

HEARTBEAT_SECONDS = 30.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]


class AllData:
    """The stream of flags and segments: paths say which collection is meant."""

    @staticmethod
    def first(snapshot: Snapshot) -> bytes:
        return _event("put", b'{"path":"/","data":%b}' % snapshot.everything)

    @staticmethod
    def represent(change: Change) -> bytes:
        return _represent(change, f"/{change.collection}/{change.key}")


class FlagsOnly:
    """The stream of the oldest SDKs, which know no segments."""

    @staticmethod
    def first(snapshot: Snapshot) -> bytes:
        return _event("put", snapshot.all_flags)

    @staticmethod
    def represent(change: Change) -> bytes:
        return b"" if change.collection == "segments" else _represent(change, f"/{change.key}")


class Pings:
    """Tells client-side SDKs no more than that they should ask again."""

    @staticmethod
    def represent(change: Change) -> bytes:  # noqa: ARG004 - whatever has changed
        return PING


Format = type[AllData] | type[FlagsOnly]


async def stream(
    send: Send,
    receive: Receive,
    headers: list[tuple[bytes, bytes]],
    shape: Format | type[Pings],
    first: bytes,
    listener: Listener,
) -> None:
    """Sends until the caller leaves or the listener is told to end."""
    await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, *headers]})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    # A stream lasts for days, and this is the largest thing it would keep.
    del first
    gone = asyncio.ensure_future(_end_when_gone(receive, listener))
    try:
        while (text := await _next(shape, listener)) is not None:
            if text and not gone.done():
                await send({"type": "http.response.body", "body": text, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()


async def _next(shape: Format | type[Pings], listener: Listener) -> bytes | None:
    """What to send next; None for the end."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            change = await listener.changes.get()
    except TimeoutError:
        return b":\n\n"
    return None if change is None else shape.represent(change)


async def _end_when_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.tell(None)


def _represent(change: Change, path: str) -> bytes:
    if change.body is None:
        return _event("delete", b'{"path":"%b","version":%d}' % (path.encode(), change.version))
    return _event("patch", b'{"path":"%b","data":%b}' % (path.encode(), change.body))


def put_event(data: bytes) -> bytes:
    """Everything at once."""
    return _event("put", data)


def _event(name: str, data: bytes) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)


# The data of an event must not be empty.
PING = _event("ping", b" ")
