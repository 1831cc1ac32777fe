"""The door for whoever watches the server: `/metrics`, as Prometheus reads it."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from hmac import compare_digest
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from anyio import CapacityLimiter, to_thread

from daybreak.platform.metrics.exposition import Exposition, Family
from daybreak.platform.metrics.standing import Standing
from daybreak.rest.endpoint import Receive, Scope
from daybreak.rest.response import Response, Send, send_response

logger = logging.getLogger(__name__)

PATH = "/metrics"

# What the database is asked for. Where it keeps us waiting for longer, the rest is shown without it.
SECONDS_FOR_STANDING = 2.0

Networks = Collection[IPv4Network | IPv6Network]


class MetricsDoor:
    """Shows numbers to those networks, and to whoever has the token if there is one. They name nobody and
    hold no secret, but they tell how busy the server is.
    """

    def __init__(
        self,
        exposition: Exposition,
        standing: Standing,
        networks: Networks,
        token: str,
    ) -> None:
        self._exposition = exposition
        self.standing = standing
        self._networks = networks
        self._token = token.encode()
        # Threads of its own: it answers when all others wait for something, which is when it is looked at.
        self._asking = CapacityLimiter(1)
        self._asked: asyncio.Future[list[Family]] | None = None
        self._showing = CapacityLimiter(1)

    def handles(self, path: str) -> bool:
        return path == PATH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        headers = dict(scope["headers"])
        if scope["method"] not in {"GET", "HEAD"}:
            response = _say(405, "Only GET is possible here")
        elif not self._may_read(scope, headers.get(b"authorization", b"")):
            response = _say(403, "DAYBREAK_METRICS_NETWORKS and DAYBREAK_METRICS_TOKEN say who may read this")
        else:
            response = await self._show(headers.get(b"accept", b"").decode("latin-1"))
        await send_response(send, response, [], with_body=scope["method"] != "HEAD")

    def _may_read(self, scope: Scope, authorization: bytes) -> bool:
        shown = authorization.removeprefix(b"Bearer ")
        if self._token and compare_digest(shown, self._token):
            return True
        client = scope.get("client")
        return client is not None and is_within(client[0], self._networks)

    async def _show(self, accept: str) -> Response:
        standing = await self._ask()
        body, media_type = await to_thread.run_sync(
            self._exposition.show, accept, standing, limiter=self._showing
        )
        return Response(200, body, media_type)

    async def _ask(self) -> Sequence[Family]:
        """Where the database takes too long, the thread is left to itself, and nobody else waits with it."""
        if self._asked is None or self._asked.done():
            self._asked = asyncio.ensure_future(
                to_thread.run_sync(self.standing.ask, limiter=self._asking, abandon_on_cancel=True)
            )
        done, _ = await asyncio.wait([self._asked], timeout=SECONDS_FOR_STANDING)
        if done:
            return self._asked.result()
        logger.warning("the database keeps metrics waiting: what it knows is left out")
        return self.standing.silence()


def is_within(host: str, networks: Networks) -> bool:
    """Whether an address is in one of the networks, however it is written."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def _say(status: int, text: str) -> Response:
    return Response(status, f"{text}\n".encode(), "text/plain; charset=utf-8")
