"""The paths of client-side SDKs, in browsers and on phones, and what is answered on each."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from daybreak.delivery.client_side import (
    Asked,
    Mode,
    SdkKind,
    evaluate_all,
    is_proved,
    parse_path,
    read_context,
)
from daybreak.delivery.hub import Hub
from daybreak.delivery.snapshot import Snapshot, tag_of
from daybreak.delivery.streams import PING, PINGS, put_event, stream
from daybreak.logic.evaluation.context import Context, ContextInvalid
from daybreak.sdk.answers import (
    Receive,
    Scope,
    Send,
    raw_headers,
    read_body,
    refuse,
    respond,
    respond_unless_known,
)
from daybreak.sdk.credentials import Credentials
from daybreak.sdk.cross_origin import cross_origin

METHODS = "GET, REPORT, OPTIONS"


class ClientDoor:
    """Evaluates on the event loop: what a context gets is computed from the snapshot, without SQL. Only where
    there are big segments, they cost a query.
    """

    def __init__(self, hub: Hub, credentials: Credentials) -> None:
        self._hub = hub
        self._credentials = credentials

    def handles(self, path: str) -> bool:
        return parse_path(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        shared = cross_origin(headers, METHODS)
        asked = parse_path(scope["path"])
        assert asked is not None
        if scope["method"] == "OPTIONS":
            await respond(send, 200, b"", shared)
        elif scope["method"] not in {"GET", "REPORT"}:
            await refuse(send, 405, "GET and REPORT are possible here", shared | {"allow": METHODS})
        else:
            await self._answer(asked, scope, headers, shared, receive, send)

    async def _answer(
        self,
        asked: Asked,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        shared: dict[str, str],
        receive: Receive,
        send: Send,
    ) -> None:
        snapshot = await self._find_snapshot(asked, headers)
        if snapshot is None:
            # To a browser an environment is an address, to the others a secret.
            status = 404 if asked.kind is SdkKind.BROWSER else 401
            await refuse(send, status, "There is no environment with this id or key", shared)
            return
        shared["x-ld-envid"] = snapshot.environment_id
        if asked.mode is Mode.GOALS:
            await respond(send, 200, b"[]", shared)
            return
        if asked.mode is Mode.PING:
            await self._stream(snapshot, PING, shared, receive, send)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            body = await read_body(receive) if scope["method"] == "REPORT" else b""
            context = read_context(body or asked.context or "")
        except ContextInvalid as error:
            await refuse(send, 400, f"The context is not one: {error}", shared)
            return
        if asked.kind is SdkKind.BROWSER and not is_proved(snapshot, context, _first(query, "h")):
            await refuse(send, 400, "In secure mode h has to be the hash of the context", shared)
            return
        await self._send_values(asked, snapshot, context, query, headers, shared, receive, send)

    async def _send_values(
        self,
        asked: Asked,
        snapshot: Snapshot,
        context: Context,
        query: Mapping[str, list[str]],
        headers: Mapping[bytes, bytes],
        shared: dict[str, str],
        receive: Receive,
        send: Send,
    ) -> None:
        with_reasons = _first(query, "withReasons") == "true"
        scene = await self._hub.scene(snapshot, context)
        values = evaluate_all(scene, context, asked.kind, with_reasons=with_reasons)
        if asked.mode is Mode.STREAM:
            await self._stream(snapshot, put_event(values), shared, receive, send)
            return
        shared["etag"] = tag_of(values)
        await respond_unless_known(send, headers, shared, lambda: values)

    async def _find_snapshot(self, asked: Asked, headers: Mapping[bytes, bytes]) -> Snapshot | None:
        if asked.kind is SdkKind.BROWSER:
            return await self._hub.snapshot(asked.environment_id)
        environment_id = await self._credentials.environment_in(headers, asked.kind.value)
        return None if environment_id is None else await self._hub.snapshot(environment_id)

    async def _stream(
        self, snapshot: Snapshot, first: bytes, shared: Mapping[str, str], receive: Receive, send: Send
    ) -> None:
        """What was evaluated may be older than the stream: it begins with a ping then, as with any change."""
        heard = None if self._hub.is_closed else await self._hub.listen(snapshot.environment_id)
        if heard is None:
            await refuse(send, 503, "The server is about to stop", shared)
            return
        now, listener = heard
        try:
            start = first if now is snapshot else first + PING
            await stream(send, receive, raw_headers(shared), PINGS, start, listener)
        finally:
            self._hub.leave(listener)


def _first(query: Mapping[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]
