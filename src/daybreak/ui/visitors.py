"""Who looks at a page, and what their browser sends."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from daybreak.platform.access import Actor
from daybreak.platform.errors import DomainError, InvalidRequest, Unauthorized
from daybreak.rest.authentication import Authentication, CredentialKind
from daybreak.rest.browsers import SessionCookie, require_same_origin
from daybreak.rest.parsing import require_storable
from daybreak.ui.pages import page
from daybreak.ui.threads import Threads

Fields: TypeAlias = dict[str, str]
Handler: TypeAlias = Callable[[Request], Awaitable[Response]]

LONGEST_FORM = 64 * 1024


class Visitors:
    """Those who come to the pages, known by the cookies of their sessions."""

    def __init__(self, authentication: Authentication, address: str, threads: Threads) -> None:
        self._authentication = authentication
        self._address = address
        self.threads = threads
        self.cookie = SessionCookie(address)

    def guarded(self, run: Handler) -> Handler:
        """Changes nothing for pages of other sites, and tells on a page what went wrong."""

        @wraps(run)
        async def respond(request: Request) -> Response:
            try:
                require_same_origin(request.method, dict(request.scope["headers"]), self._address)
                return await run(request)
            except DomainError as error:
                return page("message", error.status, title="That did not work", wrong=error.message)

        return respond

    async def find_member(self, request: Request) -> Actor | None:
        """Who is signed in."""
        session = self.cookie.read(dict(request.scope["headers"]))
        if not session:
            return None
        known = self._authentication.remembered(CredentialKind.SESSION, session)
        if known is not None:
            return known
        try:
            return await self.threads.ask(self._authentication.authenticate, CredentialKind.SESSION, session)
        except Unauthorized:
            return None

    async def require_member(self, request: Request) -> Actor:
        """Raises Unauthorized."""
        member = await self.find_member(request)
        if member is None:
            raise Unauthorized("You are not signed in, or not any more")
        return member


def source_of(request: Request) -> str:
    """The address that a request came from, as far as it can be trusted."""
    return request.client.host if request.client else ""


async def read_form(request: Request) -> Fields:
    """The texts of a form. Raises InvalidRequest."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length[:9]) > LONGEST_FORM:
        raise InvalidRequest(f"A form may have {LONGEST_FORM} bytes, and says how many it has")
    async with request.form(max_files=0, max_fields=20) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    require_storable(fields)
    return fields
