"""The door for OAuth: a page on which a member lets a program act for them, and what that program then asks.

The paths are LaunchDarkly's: what was written for it works here. RFC 8414 tells them to others.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote_plus, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from daybreak.areas.people.intake import (
    CHALLENGE_METHOD,
    SCOPES,
    Asked,
    Authorizing,
    ClientProof,
    OAuthRefused,
    read_asked,
)
from daybreak.platform.errors import DomainError, InvalidRequest
from daybreak.rest.parsing import require_storable
from daybreak.ui.pages import go_to, page
from daybreak.ui.visitors import Fields, Handler, Visitors, read_form

OAUTH = "/trust/oauth/"
AUTHORIZE, TOKEN, REVOKE = f"{OAUTH}authorize", f"{OAUTH}token", f"{OAUTH}revoke"
ALLOWED = f"{OAUTH}allowed"
METADATA = "/.well-known/oauth-authorization-server"

_UNKEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class OAuthPages:
    """Pages for members, and two addresses for the programs that they allow something."""

    def __init__(self, authorizing: Authorizing, visitors: Visitors) -> None:
        self._authorizing = authorizing
        self._visitors = visitors
        self._threads = visitors.threads
        pages = [
            ("GET", AUTHORIZE, self._ask),
            ("POST", AUTHORIZE, self._decide),
            ("GET", ALLOWED, self._show_allowed),
            ("POST", ALLOWED, self._withdraw),
        ]
        self._app = Starlette(
            routes=[
                *(Route(path, visitors.guarded(run), methods=[method]) for method, path, run in pages),
                # Programs come here, not browsers: a secret has to come along, not a cookie.
                Route(TOKEN, _answering(self._redeem), methods=["POST"]),
                Route(REVOKE, _answering(self._revoke), methods=["POST"]),
                Route(METADATA, self._describe),
            ]
        )

    def handles(self, path: str) -> bool:
        return path == METADATA or path.startswith(OAUTH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    # ---------------------------------------------------------------- for members

    async def _ask(self, request: Request) -> Response:
        given = _each_once(request.query_params.multi_items())
        client = await self._threads.ask(self._authorizing.require_client, given)
        try:
            asked = read_asked(client, given)
        except OAuthRefused as refused:
            return self._send_back(Asked(client, "", "", given.get("state", ""), ""), refused)
        member = await self._visitors.find_member(request)
        if member is None:
            return go_to(f"/sign-in?next={quote(f'{AUTHORIZE}?{request.url.query}', safe='')}")
        origin = urlsplit(client.redirect_uri)
        return page(
            "authorize",
            also_sends_to=f"{origin.scheme}://{origin.netloc}",
            client=client,
            scope=asked.scope,
            member=member,
            given=given,
        )

    async def _decide(self, request: Request) -> Response:
        form = await read_form(request)
        client = await self._threads.ask(self._authorizing.require_client, form)
        member = await self._visitors.require_member(request)
        try:
            asked = read_asked(client, form)
        except OAuthRefused as refused:
            return self._send_back(Asked(client, "", "", form.get("state", ""), ""), refused)
        if form.get("decision") != "allow":
            return self._send_back(asked, OAuthRefused("access_denied", "The member did not allow it"))
        code = await self._threads.ask(self._authorizing.allow, member, asked)
        return go_to(asked.answered(self._authorizing.issuer, code=code))

    def _send_back(self, asked: Asked, refused: OAuthRefused) -> Response:
        told = {"error": refused.error, "error_description": refused.description}
        return go_to(asked.answered(self._authorizing.issuer, **told))

    async def _show_allowed(self, request: Request) -> Response:
        member = await self._visitors.find_member(request)
        if member is None:
            return go_to(f"/sign-in?next={quote(ALLOWED, safe='')}")
        return page("allowed", allowed=await self._threads.ask(self._authorizing.list_allowed, member.id))

    async def _withdraw(self, request: Request) -> Response:
        member, form = await self._visitors.require_member(request), await read_form(request)
        await self._threads.ask(self._authorizing.withdraw, member.id, form.get("grant", ""))
        return go_to(ALLOWED)

    # ---------------------------------------------------------------- for programs

    async def _redeem(self, request: Request) -> Response:
        form = await _read_request(request)
        proof = _read_proof(request, form)
        tokens = await self._threads.ask(self._authorizing.redeem, proof, form)
        body = {
            "access_token": tokens.access_token,
            "token_type": "Bearer",
            "expires_in": tokens.expires_in,
            "refresh_token": tokens.refresh_token,
            "scope": tokens.scope,
        }
        return JSONResponse(body, headers=_UNKEPT)

    async def _revoke(self, request: Request) -> Response:
        form = await _read_request(request)
        await self._threads.ask(self._authorizing.revoke, _read_proof(request, form), form.get("token", ""))
        return JSONResponse({}, headers=_UNKEPT)

    async def _describe(self, request: Request) -> Response:  # noqa: ARG002 - as every handler
        issuer, proofs = self._authorizing.issuer, ["client_secret_basic", "client_secret_post"]
        described: dict[str, Any] = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}{AUTHORIZE}",
            "token_endpoint": f"{issuer}{TOKEN}",
            "revocation_endpoint": f"{issuer}{REVOKE}",
            "scopes_supported": SCOPES,
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_methods_supported": proofs,
            "revocation_endpoint_auth_methods_supported": proofs,
            "code_challenge_methods_supported": [CHALLENGE_METHOD],
            "authorization_response_iss_parameter_supported": True,
        }
        return JSONResponse(described)


def _answering(run: Handler) -> Handler:
    """Tells what went wrong as the protocol has it (RFC 6749 5.2)."""

    async def respond(request: Request) -> Response:
        try:
            return await run(request)
        except OAuthRefused as refused:
            headers = {"WWW-Authenticate": "Basic"} if refused.status == 401 else {}
            told = {"error": refused.error, "error_description": refused.description}
            return JSONResponse(told, refused.status, {**_UNKEPT, **headers})
        except DomainError as error:
            told = {"error": "invalid_request", "error_description": error.message}
            return JSONResponse(told, error.status, _UNKEPT)

    return respond


def _each_once(items: Iterable[tuple[str, str]]) -> Fields:
    """Raises InvalidRequest where one is given twice: another reader might take the other one."""
    given: Fields = {}
    for name, value in items:
        if name in given:
            raise InvalidRequest(f"{name}: once, please")
        given[name] = value
    require_storable(given)
    return given


async def _read_request(request: Request) -> Fields:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise InvalidRequest("Send a form: Content-Type: application/x-www-form-urlencoded")
    return await read_form(request)


def _read_proof(request: Request, form: Mapping[str, str]) -> ClientProof:
    """From the header or the form, never from both (RFC 6749 2.3). Raises OAuthRefused."""
    header = request.headers.get("authorization", "")
    if not header:
        return ClientProof(form.get("client_id", ""), form.get("client_secret", ""))
    scheme, _, encoded = header.partition(" ")
    try:
        named, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        named = secret = ""
    id = unquote_plus(named)
    if scheme.lower() != "basic" or "client_secret" in form or form.get("client_id", id) != id:
        raise OAuthRefused(
            "invalid_request", "Send the client's id and secret one way, in the header or the form"
        )
    return ClientProof(id, unquote_plus(secret))
