"""The connections of the mix: those that ask again and again, and streams that listen. On bare sockets, so
that the client costs little beside the server.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Self, cast

Answered = Callable[["Connection", str, int, float], None]
Failed = Callable[[str], None]

SECONDS_TO_BEGIN = 5.0
BEGUN, CHANGED = b"event: put", b"event: patch"


class Connection(asyncio.Protocol):
    """Keeps alive; one request at a time. It remembers the tag of what a poll brought, as an SDK does."""

    def __init__(self, answered: Answered, failed: Failed) -> None:
        self._answered = answered
        self._failed = failed
        self._kind = ""
        self._due = 0.0
        self._buffer = b""
        self._is_closing = False
        self.idle = asyncio.Event()
        self.idle.set()
        self.etag = b""

    @classmethod
    async def open(cls, host: str, port: int, answered: Answered, failed: Failed) -> Self:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(partial(cls, answered, failed), host, port)
        return connection

    @property
    def is_busy(self) -> bool:
        return not self.idle.is_set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def send(self, kind: str, request: bytes, due: float) -> None:
        """`due` is when it should have been sent, in seconds of `time.perf_counter`."""
        self._kind, self._due = kind, due
        self.idle.clear()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        fields = _fields(head)
        if len(body) < int(fields.get(b"content-length", b"0")):
            return
        self._buffer = b""
        if self._kind == "poll" and b"etag" in fields:
            self.etag = fields[b"etag"]
        self.idle.set()
        latency = time.perf_counter() - self._due
        self._answered(self, self._kind, int(head.split(b" ", 2)[1]), latency)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._is_closing:
            self._failed(f"connection lost: {exc}")

    def close(self) -> None:
        self._is_closing = True
        self._transport.close()


class Stream(asyncio.Protocol):
    """Listens until it is closed. One that did not begin in time, or that the server ended, has failed."""

    def __init__(self, request: bytes, began: Callable[[float], None], failed: Failed) -> None:
        self._request = request
        self._told = began
        self._failed = failed
        self._opened = 0.0
        self._tail = b""
        self._has_begun = False
        self._is_closing = False
        self.changes = 0

    @classmethod
    async def open(
        cls, host: str, port: int, request: bytes, began: Callable[[float], None], failed: Failed
    ) -> Self:
        loop = asyncio.get_running_loop()
        _, stream = await loop.create_connection(partial(cls, request, began, failed), host, port)
        return stream

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # As of a connection.
        self._transport = cast("asyncio.Transport", transport)
        self._opened = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        text = self._tail + data
        if not self._has_begun and BEGUN in text:
            self._has_begun = True
            self._told(time.perf_counter() - self._opened)
        self.changes += text.count(CHANGED)
        # An event's name may come in two pieces, and is not counted twice.
        self._tail = text[1 - len(CHANGED) :]

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._is_closing:
            self._failed(f"stream lost: {exc}")

    def close(self) -> None:
        self._is_closing = True
        if not self._has_begun and time.perf_counter() - self._opened > SECONDS_TO_BEGIN:
            self._failed("stream never began")
        self._transport.close()


def _fields(head: bytes) -> dict[bytes, bytes]:
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in lines}
