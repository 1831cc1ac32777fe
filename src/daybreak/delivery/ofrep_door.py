"""The paths of OpenFeature's remote evaluation, and who may ask there."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import unquote

from daybreak.delivery.client_side import SdkKind
from daybreak.delivery.hub import Hub
from daybreak.delivery.ofrep import FLAGS, Refusal, evaluate_all, evaluate_one, read_context
from daybreak.delivery.snapshot import Snapshot, tag_of
from daybreak.logic.evaluation.context import Context, ContextInvalid
from daybreak.sdk.answers import Receive, Scope, Send, read_body, refuse, respond, respond_unless_known
from daybreak.sdk.credentials import Credentials
from daybreak.sdk.cross_origin import cross_origin


class Counting(Protocol):
    """Whoever counts evaluations."""

    def __call__(
        self,
        environment_id: str,
        flag_key: str,
        variation: int | None,
        keys: Mapping[str, str],
        headers: Mapping[bytes, bytes],
    ) -> None:
        """`keys` are those of the context by kind; without a variation the caller's default was served."""
        ...


class OfrepDoor:
    """Answers providers. They tell nobody what was evaluated, so that single evaluations are counted here; of
    all flags at once nobody knows which are then asked for.
    """

    def __init__(self, hub: Hub, credentials: Credentials, count: Counting) -> None:
        self._hub = hub
        self._credentials = credentials
        self._count = count

    def handles(self, path: str) -> bool:
        return path == FLAGS or path.startswith(f"{FLAGS}/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        shared = cross_origin(headers, "POST, OPTIONS")
        if scope["method"] == "OPTIONS":
            await respond(send, 204, b"", shared)
        elif scope["method"] != "POST":
            await refuse(send, 405, "Only POST is possible here", shared | {"allow": "POST, OPTIONS"})
        else:
            key = unquote(scope["path"].removeprefix(FLAGS).removeprefix("/")) or None
            await self._answer(key, headers, shared, receive, send)

    async def _answer(
        self,
        key: str | None,
        headers: Mapping[bytes, bytes],
        shared: dict[str, str],
        receive: Receive,
        send: Send,
    ) -> None:
        found = await self._find_snapshot(headers)
        if found is None:
            await refuse(send, 401, "Invalid key: send an SDK key or a mobile key as bearer token", shared)
            return
        snapshot, kind = found
        try:
            context = read_context(await read_body(receive))
            await self._evaluate(snapshot, context, kind, key, headers, shared, send)
        except ContextInvalid as error:
            refusal = Refusal("INVALID_CONTEXT", f"The context is not one: {error}")
            await respond(send, refusal.status, refusal.represent(key), shared)
        except Refusal as refusal:
            await respond(send, refusal.status, refusal.represent(key), shared)

    async def _evaluate(
        self,
        snapshot: Snapshot,
        context: Context,
        kind: SdkKind,
        key: str | None,
        headers: Mapping[bytes, bytes],
        shared: dict[str, str],
        send: Send,
    ) -> None:
        scene = await self._hub.scene(snapshot, context)
        if key is not None:
            body, result = evaluate_one(scene, context, kind, key)
            keys = {single.kind: single.key for single in context.singles.values()}
            self._count(snapshot.environment_id, key, result.variation, keys, headers)
            await respond(send, 200, body, shared)
            return
        body = evaluate_all(scene, context, kind)
        shared["etag"] = tag_of(body)
        await respond_unless_known(send, headers, shared, lambda: body)

    async def _find_snapshot(self, headers: Mapping[bytes, bytes]) -> tuple[Snapshot, SdkKind] | None:
        for kind in (SdkKind.SERVER, SdkKind.MOBILE):
            environment_id = await self._credentials.environment_in(headers, kind.value)
            snapshot = None if environment_id is None else await self._hub.snapshot(environment_id)
            if snapshot is not None:
                return snapshot, kind
        return None
