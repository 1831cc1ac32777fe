"""Many open streams in a process of their own, which tells when the last of them heard of a change.

It prints `open` when all have begun, and for each round the instant of the last arrival on the clock that all
processes of a machine share.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import uvloop

from bench.processes import guarded

AT_ONCE = 200
BEGUN, CHANGED = b"event: put", b"event: patch"


@dataclass(frozen=True, slots=True)
class Listeners:
    """The process, whose streams are open."""

    process: subprocess.Popen[str]

    def last_arrival(self) -> float:
        """Waits for the last stream of a round; the instant in seconds of `time.monotonic`."""
        assert self.process.stdout is not None
        return float(self.process.stdout.readline())


@contextmanager
def listening(url: str, key: str, count: int) -> Iterator[Listeners]:
    command = [sys.executable, "-m", "bench.listeners", url, key, str(count)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with guarded(process):
        assert process.stdout is not None
        if process.stdout.readline() != "open\n":
            message = f"{count} streams of {url} could not be opened"
            raise RuntimeError(message)
        yield Listeners(process)


class _Round:
    """Counts the streams that have got what all are waiting for."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._missing = count
        self._is_first = True

    def arrived(self) -> None:
        self._missing -= 1
        if self._missing == 0:
            print("open" if self._is_first else time.monotonic(), flush=True)
            self._is_first, self._missing = False, self._count


class _Stream(asyncio.Protocol):
    """One stream. What arrives in pieces is put together as far as needed to find an event's name."""

    def __init__(self, request: bytes, round_: _Round, begun: asyncio.Future[None]) -> None:
        self._request = request
        self._round = round_
        self._begun = begun
        self._tail = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's.
        cast("asyncio.Transport", transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        text = self._tail + data
        wanted = CHANGED if self._begun.done() else BEGUN
        if wanted not in text:
            self._tail = text[1 - len(wanted) :]
            return
        self._tail = b""
        if not self._begun.done():
            self._begun.set_result(None)
        self._round.arrived()


def _itself(stream: _Stream) -> _Stream:
    return stream


async def _listen(url: str, key: str, count: int) -> None:
    parts = urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: {key}\r\n\r\n".encode()
    loop, round_ = asyncio.get_running_loop(), _Round(count)
    for start in range(0, count, AT_ONCE):
        begun = [loop.create_future() for _ in range(min(AT_ONCE, count - start))]
        for each in begun:
            stream = _Stream(request, round_, each)
            await loop.create_connection(partial(_itself, stream), parts.hostname or "", parts.port or 80)
        await asyncio.gather(*begun)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_listen(sys.argv[1], sys.argv[2], int(sys.argv[3])))
