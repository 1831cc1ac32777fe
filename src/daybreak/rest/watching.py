"""Around every request, by whatever door it comes in: its id, what is counted of it, its line in the log, its
trace. None of them tells a query, a header or a body.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from daybreak.platform.clock import stopwatch
from daybreak.platform.logging import covered
from daybreak.platform.metrics.requests import Requests
from daybreak.platform.request_ids import RequestIds
from daybreak.platform.telemetry import RequestSpan, Telemetry
from daybreak.rest.endpoint import ROUTE, Receive, Scope
from daybreak.rest.response import Send
from daybreak.rest.routing import Route

logger = logging.getLogger(__name__)

# Whose requests are traced. Streams last for days, and SDKs ask too often to have each told.
TRACED = frozenset({"api"})

# Where people type what they prove themselves with.
TYPED_AT = frozenset({"pages"})

_CREDENTIALS = frozenset({b"authorization", b"cookie", b"x-api-key"})
_ID_HEADER = b"x-request-id"


# An ASGI application that answers some of the paths.
Door = Callable[[Scope, Receive, Send], Awaitable[None]]


class Watch:
    """Lives on the event loop. It runs with every request, so it does no more than it must."""

    def __init__(self, requests: Requests, telemetry: Telemetry | None = None) -> None:
        self._requests = requests
        self._telemetry = telemetry
        self._ids = RequestIds()

    async def __call__(self, name: str, door: Door, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the door answer. `name` is what operators know it by."""
        offered = None
        for header, value in scope["headers"]:
            if header == _ID_HEADER:
                offered = value
        watched = _Watched(self._requests, name, scope, send, self._ids.begin(offered))
        if self._telemetry is not None and name in TRACED:
            headers = dict(scope["headers"])
            told = {"url.scheme": scope["scheme"], "daybreak.request_id": watched.id}
            watched.span = self._telemetry.request(scope["method"], headers, told)
        try:
            await door(scope, receive, watched.send)
        finally:
            watched.end()


class _Watched:
    """One request until its answer begins."""

    __slots__ = ("_began_at", "_door", "_is_answered", "_requests", "_scope", "_send", "id", "span")

    def __init__(self, requests: Requests, door: str, scope: Scope, send: Send, id: str) -> None:
        self._requests = requests
        self._door = door
        self._scope = scope
        self._send = send
        self.id = id
        self._is_answered = False
        self._began_at = stopwatch()
        self.span: RequestSpan | None = None
        requests.in_flight += 1

    def send(self, message: MutableMapping[str, Any]) -> Awaitable[None]:
        """No coroutine of its own: streams send through it for days."""
        if not self._is_answered and message["type"] == "http.response.start":
            # Another list: the door may keep its own for the next answer.
            message = {**message, "headers": [*message["headers"], (_ID_HEADER, self.id.encode())]}
            self._answered(message["status"])
        return self._send(message)

    def end(self) -> None:
        """The door has done with it. Where it never answered, the caller has gone."""
        if not self._is_answered:
            self._is_answered = True
            self._requests.in_flight -= 1
            if self.span is not None:
                self.span.abandoned()

    def _answered(self, status: int) -> None:
        self._is_answered = True
        self._requests.in_flight -= 1
        seconds = stopwatch() - self._began_at
        route: Route | None = self._scope.get(ROUTE)
        operation = "" if route is None else route.operation
        self._requests.answered(self._door, operation, status, seconds)
        if status == 401 and self._shows_credential():
            self._requests.refused(self._door)
        elif status == 429:
            self._requests.limited(self._door, operation)
        if logger.isEnabledFor(logging.DEBUG):
            told = {"door": self._door, "operation": operation, "status": status}
            logger.debug("request answered", extra={**told, "milliseconds": round(seconds * 1_000, 3)})
        if self.span is not None:
            self.span.answered(operation or "unknown", status, self._place(route))

    def _shows_credential(self) -> bool:
        """Whoever shows none is asked for one, and has not failed."""
        if self._door in TYPED_AT:
            return bool(self._scope["method"] == "POST")
        return any(name in _CREDENTIALS for name, _ in self._scope["headers"])

    def _place(self, route: Route | None) -> Mapping[str, str]:
        path = {"url.path": covered(self._scope["path"])}
        return path if route is None else {**path, "http.route": route.path}
