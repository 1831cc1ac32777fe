"""One request, from bytes to bytes: route, authenticate, limit, remember, parse, run in a transaction,
render.

An ASGI application. What was remembered is answered on the event loop without a thread or the database.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import quote

import msgspec
from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool

from daybreak.platform.access import Actor
from daybreak.platform.clock import Clock
from daybreak.platform.columns import Json
from daybreak.platform.database import Database, read_revision
from daybreak.platform.errors import (
    BodyTooLarge,
    DomainError,
    Forbidden,
    InvalidRequest,
    MethodNotAllowed,
    Unavailable,
)
from daybreak.platform.metrics.requests import RememberedLookups
from daybreak.platform.request_ids import require_request_id
from daybreak.rest.authentication import Authentication, CredentialKind
from daybreak.rest.browsers import SessionCookie, require_same_origin
from daybreak.rest.call import Answer, Call, NoQuery, Parts, SemanticPatch
from daybreak.rest.cross_origin import cross_origin_headers
from daybreak.rest.errors import represent_error
from daybreak.rest.parsing import convert, parse_headers, parse_json, parse_query
from daybreak.rest.rate_limits import RateLimits
from daybreak.rest.refusals import Refusals
from daybreak.rest.remembering import RememberedAnswers
from daybreak.rest.rendering import entity_tag, render
from daybreak.rest.response import Headers, Response, Send, send_response
from daybreak.rest.routing import Route, Router
from daybreak.rest.semantic_patch import is_semantic
from daybreak.rest.versioning import parse_method, parse_version

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

# Where a request's scope says by which route it is answered, once that is known.
ROUTE = "daybreak.route"

# What a path may hold as it is; anything else was percent-encoded, or should have been.
_PATH_CHARACTERS = "/%:@!$&'()*+,;=~"

# Writes that are under way or wait for their turn; further ones wait without a thread.
WRITERS = 8

# What of an upload is kept in memory; the rest goes to a file.
HELD_OF_UPLOADS = 1024 * 1024

# Longer queries reach limits of the databases, and no client needs them.
LONGEST_QUERY = 16_384


@dataclass(frozen=True, slots=True)
class Request:
    """What is known of a request before its operation runs."""

    route: Route
    path: str
    query: str
    values: Mapping[str, str]
    headers: Mapping[bytes, bytes]
    now: int
    version: int


class Endpoint:
    """The API of one database as an ASGI application."""

    def __init__(
        self,
        router: Router,
        database: Database,
        clock: Clock,
        authentication: Authentication,
        limits: RateLimits,
        lookups: RememberedLookups,
        *,
        largest_body: int,
        address: str = "",
    ) -> None:
        self.router = router
        self._address = address
        self._cookie = SessionCookie(address)
        self._database = database
        self._clock = clock
        self._authentication = authentication
        self._limits = limits
        self._largest_body = largest_body
        # Threads of their own: writers that wait for their turn keep no reader waiting.
        self._writers = CapacityLimiter(WRITERS)
        self._remembered = RememberedAnswers(lookups)
        self._refusals = Refusals(database)
        database.on_commit(self.advance)

    def advance(self, revision: int) -> None:
        """Forgets what was remembered, because the database has moved on to `revision`."""
        self._remembered.advance(revision)
        self._authentication.advance(revision)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = parse_headers(scope["headers"])
        extra: Headers = cross_origin_headers(headers)
        if scope["method"] == "OPTIONS":
            await send_response(send, Response(204, b""), extra, with_body=False)
            return
        try:
            response = await self._respond(scope, headers, receive, extra)
        except DomainError as error:
            request_id = require_request_id()
            extra += _explain(error, request_id, scope)
            body = msgspec.json.encode(represent_error(error, request_id))
            response = Response(error.status, body)
        except Exception:
            request_id = require_request_id()
            logger.exception("request failed", extra={"requestId": request_id, "path": scope["path"]})
            failure = Unavailable("The server failed to answer; its log has the details under this id")
            body = msgspec.json.encode(represent_error(failure, request_id))
            response = Response(500, body)
        await send_response(send, response, extra, with_body=scope["method"] != "HEAD")
        if response.parts is not None and scope["method"] != "HEAD":
            await self._send_parts(send, response.parts)

    async def _send_parts(self, send: Send, parts: Parts) -> None:
        def read(number: int) -> bytes:
            with self._database.reading() as db:
                return parts.read(db, number)

        for number in range(parts.count):
            part = await run_in_threadpool(read, number)
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _respond(
        self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive, extra: Headers
    ) -> Response:
        override = headers.get(b"x-http-method-override")
        method = parse_method(scope["method"], override.decode("latin-1") if override is not None else None)
        raw_path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
        route, values = self.router.match(method, raw_path)
        scope[ROUTE] = route
        actor = None if route.public else await self._authenticate(method, headers)
        now = self._clock.now()
        try:
            self._limits.count(route.operation, now)
        finally:
            extra += self._limits.headers(route.operation)
        versions = [v.decode("latin-1") for k, v in scope["headers"] if k.lower() == b"ld-api-version"]
        version, _ = parse_version(versions, default=actor.api_version if actor else 0)
        path, query = quote(raw_path, safe=_PATH_CHARACTERS), _decode_query(scope["query_string"])
        request = Request(route, path, query, values, headers, now, version)
        if not route.remembered:
            return await self._run(request, actor, receive)
        caller = actor.id if actor else ""
        key = (route.operation, caller, request.path, query, version, now // route.remembered)
        run = partial(self._run, request, actor, receive, remember=key)
        response = await self._remembered.answer(key, run)
        if response.tag in _known_tags(headers):
            return Response(304, b"", tag=response.tag)
        return response

    async def _authenticate(self, method: str, headers: Mapping[bytes, bytes]) -> Actor:
        """By the Authorization header; only where there is none, by the cookie of a session."""
        kind, secret = CredentialKind.TOKEN, headers.get(b"authorization", b"").decode("latin-1")
        scheme, _, bearer = secret.partition(" ")
        if bearer and scheme.lower() == "bearer":
            kind, secret = CredentialKind.GRANT, bearer
        if not secret and (session := self._cookie.read(headers)):
            require_same_origin(method, headers, self._address)
            kind, secret = CredentialKind.SESSION, session
        known = self._authentication.remembered(kind, secret)
        if known is not None:
            return known
        return await run_in_threadpool(self._authentication.authenticate, kind, secret)

    async def _run(
        self,
        request: Request,
        actor: Actor | None,
        receive: Receive,
        remember: tuple[Any, ...] | None = None,
    ) -> Response:
        route = request.route
        arguments: dict[str, Any] = dict(request.values)
        if route.query is not NoQuery:
            arguments["query"] = parse_query(request.query, route.query)
        if route.raw_body:
            arguments["raw"] = await self._read_body(request, receive)
            arguments["headers"] = request.headers
        elif route.body is not None:
            value = parse_json(await self._read_body(request, receive))
            content_type = request.headers.get(b"content-type", b"").decode("latin-1")
            is_instructions = route.body is Json and is_semantic(content_type)
            arguments["body"] = SemanticPatch(value) if is_instructions else convert(value, route.body)
        for value in request.values.values():
            if "\x00" in value:
                raise InvalidRequest("The path contains a NUL character")
        if route.instant:
            return self._perform(request, actor, arguments, remember)
        perform = partial(self._perform, request, actor, arguments, remember)
        limiter = self._writers if route.changes else None
        if not route.largest_upload:
            return await to_thread.run_sync(perform, limiter=limiter)
        with SpooledTemporaryFile(max_size=HELD_OF_UPLOADS) as upload:
            async for chunk in self._receive(request, receive, route.largest_upload):
                upload.write(chunk)
            upload.seek(0)
            arguments |= {"upload": upload, "headers": request.headers}
            return await to_thread.run_sync(perform, limiter=limiter)

    def _perform(
        self,
        request: Request,
        actor: Actor | None,
        arguments: dict[str, Any],
        remember: tuple[Any, ...] | None,
    ) -> Response:
        """Runs the operation in a transaction of its own, in a thread; a write that is refused is noted in
        another one.
        """
        try:
            return self._run_operation(request, actor, arguments, remember)
        except Forbidden as error:
            if request.route.changes and actor is not None:
                self._refusals.note(actor, request.route.operation, request.path, error, request.now)
            raise

    def _run_operation(
        self,
        request: Request,
        actor: Actor | None,
        arguments: dict[str, Any],
        remember: tuple[Any, ...] | None,
    ) -> Response:
        route = request.route
        if not route.needs_database:
            return _render(route, route.run(**arguments), request)
        caller = actor or self._authentication.nobody
        if route.prepare is not None:
            arguments |= {"body": route.prepare(caller, arguments["body"])}
        opened = self._database.writing() if route.changes else self._database.reading()
        with opened as db:
            revision = read_revision(db) if remember else 0
            result = route.run(Call(db, caller, request.now, request.version), **arguments)
            response = _render(route, result, request)
        if remember:
            response = replace(response, tag=entity_tag(response.body))
            self._remembered.keep(remember, response, revision)
        return response

    async def _read_body(self, request: Request, receive: Receive) -> bytes:
        most = request.route.largest_body or self._largest_body
        return b"".join([chunk async for chunk in self._receive(request, receive, most)])

    async def _receive(self, request: Request, receive: Receive, most: int) -> AsyncIterator[bytes]:
        """The body as it comes in. Raises InvalidRequest or BodyTooLarge."""
        encoding = request.headers.get(b"content-encoding", b"identity").decode("latin-1")
        if encoding.lower() not in {"", "identity"}:
            raise InvalidRequest(f"Content-Encoding {encoding!r} is not accepted here: send it plain")
        length = request.headers.get(b"content-length", b"0")
        # Python refuses to read numbers of thousands of digits.
        if length.isdigit() and int(length[:19]) > most:
            raise BodyTooLarge(f"The body may have {most} bytes")
        size, is_complete = 0, False
        while not is_complete:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise InvalidRequest("The connection was closed before the body was complete")
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > most:
                raise BodyTooLarge(f"The body may have {most} bytes")
            yield chunk
            is_complete = not message.get("more_body", False)


def _decode_query(raw: bytes) -> str:
    if len(raw) > LONGEST_QUERY:
        raise InvalidRequest(f"The query may have {LONGEST_QUERY} characters")
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        raise InvalidRequest("The query has characters that are not percent-encoded") from None


def _known_tags(headers: Mapping[bytes, bytes]) -> set[str]:
    """The entity tags the caller has answers for."""
    return {tag.strip() for tag in headers.get(b"if-none-match", b"").decode("latin-1").split(",")} - {""}


def _explain(error: DomainError, request_id: str, scope: Scope) -> Headers:
    """Logs the refusal, and returns the headers that go with it."""
    told = {"requestId": request_id, "path": scope["path"], "status": error.status, "code": error.code}
    logger.info("request refused", extra=told)
    if isinstance(error, MethodNotAllowed):
        return [(b"allow", ", ".join(error.possible).encode())]
    return []


def _render(route: Route, result: Any, request: Request) -> Response:
    if isinstance(result, Answer):
        return Response(
            result.status, result.body, result.content_type, headers=result.headers, parts=result.parts
        )
    if result is None:
        return Response(route.status_of_nothing, b"")
    return Response(route.status, render(result, request.path, request.query))
