"""Where SDKs send events to. An ASGI application beside the API's and that of delivery."""

import asyncio
import logging
from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import parse_qs

import msgspec

from daybreak.ingestion.applications import source_of
from daybreak.ingestion.bodies import BodyRefused, read_events_body
from daybreak.ingestion.buffer import Buffer
from daybreak.ingestion.events import Event, EventsInvalid, require_object
from daybreak.ingestion.paths import Content, Told, parse_path
from daybreak.ingestion.payloads import Payload
from daybreak.ingestion.receiving import Receiver
from daybreak.platform.clock import Clock
from daybreak.sdk.answers import Receive, Scope, Send, raw_headers, refuse, respond
from daybreak.sdk.credentials import Credentials
from daybreak.sdk.cross_origin import cross_origin

logger = logging.getLogger(__name__)

METHODS = "GET, POST, OPTIONS"

# One transparent pixel.
PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class Ingestion:
    """Answers as soon as events are added up, and kept so that they outlive this process. Where it cannot, it
    says 503: SDKs give up on all but that.
    """

    def __init__(self, receiver: Receiver, buffer: Buffer, credentials: Credentials, clock: Clock) -> None:
        self._receiver = receiver
        self._buffer = buffer
        self._credentials = credentials
        self._clock = clock

    def handles(self, path: str) -> bool:
        return parse_path(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        shared = cross_origin(headers, METHODS)
        try:
            await self._respond(scope, headers, shared, receive, send)
        except (BodyRefused, EventsInvalid) as error:
            status = error.status if isinstance(error, BodyRefused) else 400
            await refuse(send, status, str(error), shared)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("events were not taken", extra={"path": scope["path"]})
            await refuse(send, 503, "The server cannot take events now, and may in a moment", shared)

    async def _respond(
        self,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        shared: dict[str, str],
        receive: Receive,
        send: Send,
    ) -> None:
        told = parse_path(scope["path"])
        assert told is not None
        expected = "GET" if told.content is Content.PIXEL else "POST"
        if scope["method"] == "OPTIONS":
            await respond(send, 200, b"", shared)
            return
        if scope["method"] != expected:
            await refuse(send, 405, f"Only {expected} is possible here", shared | {"allow": expected})
            return
        environment_id = await self._find_environment(told, headers)
        if environment_id is None:
            # To a browser an environment is an address, to the others a secret.
            status = 401 if told.key_kind else 404
            await refuse(send, status, "There is no environment with this id or key", shared)
        elif told.content is Content.PIXEL:
            self._take(environment_id, told, _read_pixel(scope["query_string"]), headers)
            await _send_pixel(send, shared)
        else:
            body = await read_events_body(receive, headers)
            if told.content is Content.DIAGNOSTIC:
                require_object(body)
            else:
                self._take(environment_id, told, body, headers)
            await respond(send, 202, b"", shared)

    def count_evaluation(
        self,
        environment_id: str,
        flag_key: str,
        variation: int | None,
        keys: Mapping[str, str],
        headers: Mapping[bytes, bytes],
    ) -> None:
        """Takes an evaluation that this server made for somebody who sends no events."""
        event = Event(
            "feature", flag_key, variation=variation, context_keys=msgspec.Raw(msgspec.json.encode(keys))
        )
        self._buffer.add(
            environment_id, [event], self._clock.now(), source=source_of(headers), is_summarized=False
        )

    async def _find_environment(self, told: Told, headers: Mapping[bytes, bytes]) -> str | None:
        if told.key_kind:
            return await self._credentials.environment_in(headers, told.key_kind)
        return await self._credentials.known_environment(told.environment_id)

    def _take(self, environment_id: str, told: Told, body: bytes, headers: Mapping[bytes, bytes]) -> None:
        """Raises EventsInvalid or OSError; then the payload may come again."""
        payload = Payload(
            environment_id=environment_id,
            application_kind=told.application_kind,
            at=self._clock.now(),
            id=headers.get(b"x-launchdarkly-payload-id", b""),
            tags=headers.get(b"x-launchdarkly-tags", b""),
            source=source_of(headers),
            is_summarized=headers.get(b"x-launchdarkly-unsummarized", b"").lower() != b"true",
            body=body,
        )
        self._receiver.take(payload)


def _read_pixel(query: bytes) -> bytes:
    """The events in the address. Raises EventsInvalid."""
    [encoded] = parse_qs(query.decode("latin-1")).get("d", [""])[:1]
    # A plus sign reads as a space in an address, and both alphabets of base64 are in use.
    text = encoded.replace(" ", "+").replace("-", "+").replace("_", "/")
    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise EventsInvalid("d has to be a list of events in base64") from None


async def _send_pixel(send: Send, shared: Mapping[str, str]) -> None:
    headers = [(b"content-type", b"image/gif"), (b"content-length", b"%d" % len(PIXEL)), *raw_headers(shared)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PIXEL})
