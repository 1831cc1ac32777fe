"""How SDKs are answered: whole bodies, and refusals that they understand."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import msgspec

from daybreak.logic.evaluation.context import ContextInvalid

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# No context is larger.
LARGEST_BODY = 256 * 1024


def raw_headers(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]


async def respond(send: Send, status: int, body: bytes, headers: Mapping[str, str]) -> None:
    length = [] if status == 304 else [(b"content-length", b"%d" % len(body))]
    raw = [(b"content-type", b"application/json"), *length, *raw_headers(headers)]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def respond_unless_known(
    send: Send, known: Mapping[bytes, bytes], headers: Mapping[str, str], make: Callable[[], bytes]
) -> None:
    """Nothing where the caller, by the headers that it sent, has what the `etag` of the answer names."""
    if known.get(b"if-none-match", b"").decode("latin-1") == headers["etag"]:
        await respond(send, 304, b"", headers)
    else:
        await respond(send, 200, make(), headers)


async def refuse(send: Send, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
    await respond(send, status, msgspec.json.encode({"message": message}), headers or {})


async def read_body(receive: Receive) -> bytes:
    """Raises ContextInvalid for a body that no context needs."""
    body = b""
    while True:
        message = await receive()
        more: bytes = message.get("body", b"")
        body += more
        if len(body) > LARGEST_BODY:
            raise ContextInvalid(f"it has more than {LARGEST_BODY} bytes")
        if not message.get("more_body", False):
            return body
