"""A load client: keep-alive connections in one process of its own, each sending the next request on each
answer.

Written on bare sockets, so that what is measured is the server and not an HTTP library.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
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


def run_load(
    url: str, headers: Mapping[str, str], seconds: float, status: int = 200, sent: Path | None = None
) -> Load:
    """Loads `url` for some seconds from another process. Any other status is an error. What the file `sent`
    holds is posted; without one the requests are GETs.
    """
    done = subprocess.run(
        [
            *(sys.executable, "-m", "bench.load", url, json.dumps(dict(headers))),
            *(str(seconds), str(status), *([str(sent)] if sent else [])),
        ],
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
        self._sent_at = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        if len(body) < _length(head):
            return
        self._latencies.append(time.perf_counter() - self._sent_at)
        if not head.startswith(self._wanted):
            self._errors.append(1)
        self._buffer = b""
        if self.is_open:
            self._send()


def _length(head: bytes) -> int:
    """An unchanged document has no body and says no length."""
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def _spell(url: str, headers: Mapping[str, str], body: bytes) -> bytes:
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    length = {"Content-Length": str(len(body))} if body else {}
    lines = [f"{'POST' if body else 'GET'} {target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in {**headers, **length}.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def _load(url: str, headers: dict[str, str], seconds: float, status: int, body: bytes) -> Load:
    parts, request = urlsplit(url), _spell(url, headers, body)
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
    _, address, named, span, wanted, *posted = sys.argv
    content = Path(posted[0]).read_bytes() if posted else b""
    outcome = uvloop.run(_load(address, json.loads(named), float(span), int(wanted), content))
    print(json.dumps({name: getattr(outcome, name) for name in outcome.__dataclass_fields__}))
