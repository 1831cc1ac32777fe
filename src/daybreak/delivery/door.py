"""The paths of SDKs, and what those are answered that evaluate by themselves. An ASGI application beside the
API's.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from daybreak.delivery.caching import caching_headers
from daybreak.delivery.client_door import ClientDoor
from daybreak.delivery.hub import Hub
from daybreak.delivery.newer_client_door import NewerClientDoor
from daybreak.delivery.ofrep_door import Counting, OfrepDoor
from daybreak.delivery.relay_door import RelayDoor
from daybreak.delivery.relay_hub import RelayHub
from daybreak.delivery.snapshot import Snapshot
from daybreak.delivery.streams import ALL_DATA, FLAGS_ONLY, TRANSFERS, Format, all_data, flags_only, stream
from daybreak.delivery.transfers import (
    Transfer,
    parse_selector,
    represent_poll,
    represent_stream,
)
from daybreak.platform.clock import Clock
from daybreak.sdk.answers import Receive, Scope, Send, raw_headers, refuse, respond_unless_known
from daybreak.sdk.credentials import Credentials, Opened
from daybreak.sdk.cross_origin import cross_origin

logger = logging.getLogger(__name__)

First = Callable[[Snapshot], bytes]

STREAMS: Mapping[str, tuple[Format, First]] = {
    "/all": (ALL_DATA, all_data),
    "/flags": (FLAGS_ONLY, flags_only),
}
POLLS: Mapping[str, Callable[[Snapshot], bytes]] = {
    "/sdk/latest-all": lambda snapshot: snapshot.everything,
    "/sdk/latest-flags": lambda snapshot: snapshot.all_flags,
    "/sdk/flags": lambda snapshot: snapshot.all_flags,
}
ITEMS = {"/sdk/flags/": "flags", "/sdk/segments/": "segments"}

# Of the newer protocol.
NEWER_STREAM, NEWER_POLL = "/sdk/stream", "/sdk/poll"

GONE = "The environment of this SDK key is gone"


class Delivery:
    """What SDKs talk to. Where it cannot answer it says 503: anything else makes them give up for good."""

    def __init__(
        self, hub: Hub, relays: RelayHub, credentials: Credentials, clock: Clock, count: Counting
    ) -> None:
        self._hub = hub
        self._relays = relays
        self._clock = clock
        self._credentials = credentials
        # What pages ask from another origin.
        self._shared = (ClientDoor(hub, credentials), NewerClientDoor(), OfrepDoor(hub, credentials, count))
        self._others = (*self._shared, RelayDoor(relays))

    def handles(self, path: str) -> bool:
        is_newer = path in {NEWER_STREAM, NEWER_POLL}
        is_servers = is_newer or path in STREAMS or path in POLLS or path.startswith(tuple(ITEMS))
        return is_servers or any(door.handles(path) for door in self._others)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._respond(scope, receive, send)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("an SDK was not answered", extra={"path": scope["path"]})
            await refuse(send, 503, "The server cannot answer now, and may in a moment", self._share(scope))

    def _share(self, scope: Scope) -> dict[str, str]:
        if any(door.handles(scope["path"]) for door in self._shared):
            return cross_origin(dict(scope["headers"]), "GET, POST, REPORT, OPTIONS")
        return {}

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        for door in self._others:
            if door.handles(scope["path"]):
                await door(scope, receive, send)
                return
        # The head of a stream would be followed by no end.
        is_stream = scope["path"] in STREAMS or scope["path"] == NEWER_STREAM
        methods = ("GET",) if is_stream else ("GET", "HEAD")
        if scope["method"] not in methods:
            await refuse(send, 405, "Only GET is possible here", {"allow": ", ".join(methods)})
        else:
            await self._answer(scope, receive, send)

    def close(self) -> None:
        """Ends all streams, so that a server that stops need not wait for them."""
        self._hub.close()
        self._relays.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], dict(scope["headers"])
        opened = await self._credentials.open(headers, "sdk")
        if opened is None:
            await refuse(send, 401, "Invalid SDK key")
            return
        environment_id = opened.environment_id
        more = {"x-ld-envid": environment_id}
        if "filter" in parse_qs(scope["query_string"].decode("latin-1")):
            # None are offered: whoever asks for a part must not be sent everything.
            await refuse(send, 404, "There is no payload filter with this key", more)
        elif path in STREAMS:
            await self._stream(*STREAMS[path], opened, more, receive, send)
        elif path == NEWER_STREAM:
            basis = await self._reach_basis(scope, environment_id)

            def begin(snapshot: Snapshot) -> bytes:
                return represent_stream(self._transfer(snapshot, basis))

            await self._stream(TRANSFERS, begin, opened, more, receive, send)
        elif path == NEWER_POLL:
            await self._poll_newer(scope, environment_id, headers, more, send)
        else:
            await self._poll(path, environment_id, headers, more, send)

    async def _poll(
        self, path: str, environment_id: str, headers: Mapping[bytes, bytes], more: dict[str, str], send: Send
    ) -> None:
        snapshot = await self._hub.snapshot(environment_id)
        if snapshot is None:
            await refuse(send, 401, GONE)
            return
        body = _find(path, snapshot)
        if body is None:
            await refuse(send, 404, "There is nothing with this key", more)
            return
        more["etag"] = snapshot.tag
        if path.startswith(("/sdk/flags", "/sdk/segments")):
            more |= caching_headers(snapshot.default_ttl, self._clock.now())
        await respond_unless_known(send, headers, more, lambda: body)

    async def _poll_newer(
        self,
        scope: Scope,
        environment_id: str,
        headers: Mapping[bytes, bytes],
        more: dict[str, str],
        send: Send,
    ) -> None:
        basis = await self._reach_basis(scope, environment_id)
        snapshot = await self._hub.snapshot(environment_id)
        if snapshot is None:
            await refuse(send, 401, GONE)
            return
        transfer = self._transfer(snapshot, basis)
        # Whoever shows this tag has the state that it names, whatever brought it there.
        more["etag"] = f'"{transfer.selector}"'
        await respond_unless_known(send, headers, more, lambda: represent_poll(transfer))

    async def _reach_basis(self, scope: Scope, environment_id: str) -> str:
        """The selector of what the SDK has, or an empty text; what is sent is no older."""
        query: str = scope["query_string"].decode("latin-1")
        basis = parse_qs(query).get("basis", [""])[0]
        revision = parse_selector(basis, environment_id)
        if revision is not None:
            await self._hub.reach(revision)
        return basis

    def _transfer(self, snapshot: Snapshot, basis: str) -> Transfer:
        """Nothing may be awaited since the snapshot was got."""
        revision = parse_selector(basis, snapshot.environment_id)
        id = snapshot.environment_id
        changes = None if revision is None else self._hub.changes_since(id, revision)
        return Transfer(snapshot, basis, changes)

    async def _stream(
        self,
        shape: Format,
        first: First,
        opened: Opened,
        more: Mapping[str, str],
        receive: Receive,
        send: Send,
    ) -> None:
        heard = None if self._hub.is_closed else await self._hub.listen(opened.environment_id)
        if heard is None:
            await refuse(send, 503, "The server is about to stop", more)
            return
        snapshot, listener = heard
        try:
            await stream(send, receive, raw_headers(more), shape, first(snapshot), listener, opened.seconds)
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
