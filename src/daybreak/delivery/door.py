"""The paths of SDKs, and what those are answered that evaluate by themselves. An ASGI application beside the
API's.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping

from daybreak.delivery.client_door import ClientDoor
from daybreak.delivery.hub import Hub
from daybreak.delivery.snapshot import Snapshot
from daybreak.delivery.streams import AllData, FlagsOnly, Format, stream
from daybreak.sdk.answers import Receive, Scope, Send, raw_headers, refuse, respond
from daybreak.sdk.credentials import Credentials

logger = logging.getLogger(__name__)

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
        self._clients = ClientDoor(hub, credentials)

    def handles(self, path: str) -> bool:
        is_servers = path in STREAMS or path in POLLS or path in NEWER or path.startswith(tuple(ITEMS))
        return is_servers or self._clients.handles(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._respond(scope, receive, send)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("an SDK was not answered", extra={"path": scope["path"]})
            await refuse(send, 503, "The server cannot answer now, and may in a moment")

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], dict(scope["headers"])
        if self._clients.handles(path):
            await self._clients(scope, receive, send)
        elif path in NEWER:
            await refuse(send, 404, "This protocol is not spoken here", {"x-ld-fd-fallback": "true"})
        elif scope["method"] not in {"GET", "HEAD"}:
            await refuse(send, 405, "Only GET is possible here", {"allow": "GET, HEAD"})
        else:
            await self._answer(path, headers, receive, send)

    def close(self) -> None:
        """Ends all streams, so that a server that stops need not wait for them."""
        self._hub.close()

    async def _answer(self, path: str, headers: Mapping[bytes, bytes], receive: Receive, send: Send) -> None:
        environment_id = await self._credentials.environment_in(headers, "sdk")
        if environment_id is None:
            await refuse(send, 401, "Invalid SDK key")
            return
        more = {"x-ld-envid": environment_id}
        if path in STREAMS:
            await self._stream(STREAMS[path], environment_id, more, receive, send)
            return
        snapshot = await self._hub.snapshot(environment_id)
        body = None if snapshot is None else _find(path, snapshot)
        if snapshot is None or body is None:
            await refuse(send, 404, "There is nothing with this key", more)
            return
        more["etag"] = snapshot.tag
        if headers.get(b"if-none-match", b"").decode("latin-1") == snapshot.tag:
            await respond(send, 304, b"", more)
        else:
            await respond(send, 200, body, more)

    async def _stream(
        self, shape: Format, environment_id: str, more: Mapping[str, str], receive: Receive, send: Send
    ) -> None:
        heard = None if self._hub.is_closed else await self._hub.listen(environment_id)
        if heard is None:
            await refuse(send, 503, "The server is about to stop", more)
            return
        snapshot, listener = heard
        try:
            await stream(send, receive, raw_headers(more), shape, shape.first(snapshot), listener)
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
