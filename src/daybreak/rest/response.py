"""What an operation's outcome becomes on the wire."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from daybreak.rest.call import Parts

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Response:
    """Status, body and headers, ready to be sent."""

    status: int
    body: bytes
    content_type: str = "application/json"
    tag: str = ""
    headers: Mapping[str, str] | None = None
    parts: Parts | None = None


async def send_response(send: Send, response: Response, extra: Headers, *, with_body: bool) -> None:
    """All of it but its further parts."""
    headers: Headers = [*extra]
    if response.status not in {204, 304}:
        if response.parts is None:
            headers.append((b"content-length", b"%d" % len(response.body)))
        headers.append((b"content-type", response.content_type.encode()))
    if response.tag:
        headers.append((b"etag", response.tag.encode()))
    if response.headers:
        headers += [(name.lower().encode(), value.encode()) for name, value in response.headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    more = response.parts is not None and with_body
    await send({"type": "http.response.body", "body": response.body if with_body else b"", "more_body": more})
