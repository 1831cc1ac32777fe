"""The floor of an answer: Starlette on the same uvicorn, sending bytes it holds."""

import socket
import sys
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send


def main() -> None:
    answer, status = Path(sys.argv[1]).read_bytes(), int(sys.argv[2])

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        is_probe = request.url.path == "/healthz"
        await request.body()
        response = Response(b"" if status == 304 else answer, 200 if is_probe else status)
        await response(scope, receive, send)

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    print(f"Starlette listens on http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, loop="uvloop", http="httptools", log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
