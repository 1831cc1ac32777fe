"""The paths of server-side SDKs, and what is answered on each. An ASGI application beside the API's."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import msgspec

from daybreak.delivery.credentials import Credentials
from daybreak.delivery.hub import Hub
from daybreak.delivery.snapshot import Snapshot
from daybreak.delivery.streams import AllData, FlagsOnly, Format, stream

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

STREAMS: Mapping[str, Format] = {"/all": AllData, "/flags": FlagsOnly}
POLLS: Mapping[str, Callable[[Snapshot], bytes]] = {
    "/sdk/latest-all": lambda snapshot: snapshot.everything,
    "/sdk/latest-flags": lambda snapshot: snapshot.all_flags,
    "/sdk/flags": lambda snapshot: snapshot.all_flags,
}
ITEMS = {"/sdk/flags/": "flags", "/sdk/segments/": "segments"}

# The newer protocol is not spoken here: whoever asks for it is sent on to the older one.
NEWER = {"/sdk/poll", "/sdk/stream"}


class Delivery:
    """What SDKs talk to. Where it cannot answer it says 503: anything else makes them give up for good."""

    def __init__(self, hub: Hub, credentials: Credentials) -> None:
        self._hub = hub
        self._credentials = credentials

    def handles(self, path: str) -> bool:
        return path in STREAMS or path in POLLS or path in NEWER or path.startswith(tuple(ITEMS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], dict(scope["headers"])
        if path in NEWER:
            await _refuse(send, 404, "This protocol is not spoken here", {"x-ld-fd-fallback": "true"})
        elif scope["method"] not in {"GET", "HEAD"}:
            await _refuse(send, 405, "Only GET is possible here", {"allow": "GET, HEAD"})
        else:
            try:
                await self._answer(path, headers, receive, send)
            except asyncio.CancelledError:
                raise
            except Exception:
                logger.exception("an SDK was not answered", extra={"path": path})
                await _refuse(send, 503, "The server cannot answer now, and may in a moment")

    def close(self) -> None:
        """Ends all streams, so that a server that stops need not wait for them."""
        self._hub.close()

    def advance(self, revision: int) -> None:
        self._credentials.advance(revision)

    async def _answer(self, path: str, headers: Mapping[bytes, bytes], receive: Receive, send: Send) -> None:
        secret = headers.get(b"authorization", b"").decode("latin-1").removeprefix("api_key ").strip()
        environment_id = await self._credentials.environment_of(secret, "sdk") if secret else None
        if environment_id is None:
            await _refuse(send, 401, "Invalid SDK key")
            return
        more = {"x-ld-envid": environment_id}
        if path in STREAMS:
            await self._stream(STREAMS[path], environment_id, more, receive, send)
            return
        snapshot = await self._hub.snapshot(environment_id)
        body = None if snapshot is None else _find(path, snapshot)
        if snapshot is None or body is None:
            await _refuse(send, 404, "There is nothing with this key", more)
            return
        more["etag"] = snapshot.tag
        if headers.get(b"if-none-match", b"").decode("latin-1") == snapshot.tag:
            await _respond(send, 304, b"", more)
        else:
            await _respond(send, 200, body, more)

    async def _stream(
        self, shape: Format, environment_id: str, more: Mapping[str, str], receive: Receive, send: Send
    ) -> None:
        heard = None if self._hub.is_closed else await self._hub.listen(environment_id)
        if heard is None:
            await _refuse(send, 503, "The server is about to stop", more)
            return
        snapshot, listener = heard
        try:
            await stream(send, receive, _raw(more), shape, shape.first(snapshot), listener)
        finally:
            self._hub.leave(listener)


def _find(path: str, snapshot: Snapshot) -> bytes | None:
    if path in POLLS:
        return POLLS[path](snapshot)
    for prefix, collection in ITEMS.items():
        if path.startswith(prefix):
            item = getattr(snapshot, collection).get(path.removeprefix(prefix))
            return None if item is None else item.body
    return None


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def _respond(send: Send, status: int, body: bytes, headers: Mapping[str, str]) -> None:
    length = [] if status == 304 else [(b"content-length", b"%d" % len(body))]
    content_type = (b"content-type", b"application/json")
    start = {
        "type": "http.response.start",
        "status": status,
        "headers": [content_type, *length, *_raw(headers)],
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})


async def _refuse(send: Send, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
    await _respond(send, status, msgspec.json.encode({"message": message}), headers or {})
