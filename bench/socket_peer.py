"""The floor of a stream: a server that writes the same bytes to every open socket, and does nothing else.

A PATCH is what makes it write; any other request but a probe opens a stream.
"""

import asyncio
import sys
from pathlib import Path
from typing import cast

import uvloop

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"
STREAM = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"


class _Connection(asyncio.Protocol):
    """One socket, of a listener or of whoever makes a change."""

    def __init__(self, first: bytes, change: bytes, listeners: list[asyncio.Transport]) -> None:
        self._first = first
        self._change = change
        self._listeners = listeners

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"PATCH"):
            for listener in self._listeners:
                listener.write(self._change)
            self._transport.write(ANSWER)
            self._transport.close()
        elif data.startswith(b"GET /healthz"):
            self._transport.write(ANSWER)
            self._transport.close()
        elif data.startswith(b"GET"):
            self._listeners.append(self._transport)
            self._transport.write(STREAM + self._first)


async def serve(first: bytes, change: bytes) -> None:
    listeners: list[asyncio.Transport] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: _Connection(first, change, listeners), "127.0.0.1", 0, backlog=1_024
    )
    print(f"sockets listen on http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_bytes()))
