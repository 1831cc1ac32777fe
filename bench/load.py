"""A load client: keep-alive connections in one process of its own, each sending the next request on each
answer.

Written on bare sockets, so that what is measured is the server and not an HTTP library.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

import uvloop

CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Load:
    """What came of one run. Latencies in milliseconds."""

    requests_per_second: float
    median_ms: float
    p99_ms: float
    errors: int


def run_load(url: str, headers: Mapping[str, str], seconds: float, status: int = 200) -> Load:
    """Loads `url` for some seconds from another process. Any other status is an error."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", url, json.dumps(dict(headers)), str(seconds), str(status)],
        capture_output=True,
        check=True,
        text=True,
        timeout=seconds + 60,
    )
    return Load(**json.loads(done.stdout))


class _Client(asyncio.Protocol):
    """One connection. Answers have a content-length, and the same one each time."""

    def __init__(self, request: bytes, latencies: list[float], errors: list[int], status: int) -> None:
        self._request = request
        self._wanted = b"HTTP/1.1 %d" % status
        self._latencies = latencies
        self._errors = errors
        self._buffer = b""
        self._sent_at = 0.0
        self.is_open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's.
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def _send(self) -> None:
        self._sent_at = asyncio.get_running_loop().time()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        if len(body) < _length(head):
            return
        self._latencies.append(asyncio.get_running_loop().time() - self._sent_at)
        if not head.startswith(self._wanted):
            self._errors.append(1)
        self._buffer = b""
        if self.is_open:
            self._send()


def _length(head: bytes) -> int:
    """An unchanged document has no body and says no length."""
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


async def _load(url: str, headers: dict[str, str], seconds: float, status: int) -> Load:
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    latencies: list[float] = []
    errors: list[int] = []
    loop = asyncio.get_running_loop()
    clients = []
    for _ in range(CONNECTIONS):
        transport, client = await loop.create_connection(
            lambda: _Client(request, latencies, errors, status),
            parts.hostname or "127.0.0.1",
            parts.port or 80,
        )
        clients.append((transport, client))
    started = loop.time()
    await asyncio.sleep(seconds)
    count, took = len(latencies), loop.time() - started
    for transport, client in clients:
        client.is_open = False
        transport.close()
    ordered = sorted(latencies[:count])
    median, p99 = ordered[count // 2], ordered[min(count - 1, count * 99 // 100)]
    return Load(count / took, 1000 * median, 1000 * p99, len(errors))


if __name__ == "__main__":
    outcome = uvloop.run(_load(sys.argv[1], json.loads(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
    print(json.dumps({name: getattr(outcome, name) for name in outcome.__dataclass_fields__}))
