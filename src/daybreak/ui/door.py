"""The door for people: signing in and out, and what they change about that. An ASGI application beside the
API's; every form that changes something has to come from a page of this site.
"""

from typing import TYPE_CHECKING

import segno
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from daybreak.areas.people.intake import OwnAccount, SigningIn, Welcome
from daybreak.platform.errors import DomainError
from daybreak.ui.pages import go_to, page, path_within
from daybreak.ui.visitors import Visitors, read_form, source_of

if TYPE_CHECKING:
    from daybreak.ui.provider import Provider

SECONDS_OF_A_SESSION = 14 * 24 * 3600


class Pages:
    """What people see before the rest is there for them."""

    def __init__(
        self,
        signing_in: SigningIn,
        own_account: OwnAccount,
        visitors: Visitors,
        provider: "Provider | None",
    ) -> None:
        self._signing_in = signing_in
        self._own_account = own_account
        self._visitors = visitors
        self._cookie = visitors.cookie
        self._threads = visitors.threads
        self._provider = provider
        routes = [
            ("GET", "/sign-in", self._show_sign_in),
            ("POST", "/sign-in", self._sign_in),
            ("POST", "/sign-in/code", self._answer),
            ("GET", "/sign-in/provider", self._leave_for_provider),
            ("GET", "/sign-in/provider/callback", self._return_from_provider),
            ("POST", "/sign-out", self._sign_out),
            ("GET", "/welcome/{link}", self._show_welcome),
            ("POST", "/welcome/{link}", self._choose_password),
            ("GET", "/forgotten", self._show_forgotten),
            ("POST", "/forgotten", self._forget),
            ("GET", "/account", self._show_account),
            ("POST", "/account/password", self._change_password),
            ("GET", "/account/codes", self._show_codes),
            ("POST", "/account/codes", self._begin_codes),
            ("POST", "/account/codes/end", self._end_codes),
        ]
        self._app = Starlette(
            routes=[Route(path, visitors.guarded(run), methods=[method]) for method, path, run in routes]
        )
        self._beginnings = ("/sign-in", "/sign-out", "/welcome/", "/forgotten", "/account")

    def handles(self, path: str) -> bool:
        return path.startswith(self._beginnings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    # ---------------------------------------------------------------- in and out

    async def _show_sign_in(self, request: Request) -> Response:
        return self._sign_in_page(path_within(request.query_params.get("next", "")))

    def _sign_in_page(
        self, destination: str, status: int = 200, *, email: str = "", wrong: str = ""
    ) -> Response:
        return page(
            "sign_in",
            status,
            destination=destination,
            email=email,
            wrong=wrong,
            provider=self._provider.name if self._provider else "",
            sends_mail=self._signing_in.sends_mail,
        )

    async def _sign_in(self, request: Request) -> Response:
        form = await read_form(request)
        email, destination = form.get("email", ""), path_within(form.get("next", ""))
        try:
            welcome = await self._threads.prove(
                self._signing_in.sign_in, email, form.get("password", ""), source_of(request)
            )
        except DomainError as error:
            return self._sign_in_page(destination, error.status, email=email, wrong=error.message)
        return self._let_in(welcome, destination)

    async def _answer(self, request: Request) -> Response:
        form = await read_form(request)
        challenge, destination = form.get("challenge", ""), path_within(form.get("next", ""))
        try:
            welcome = await self._threads.ask(
                self._signing_in.answer, challenge, form.get("code", ""), source_of(request)
            )
        except DomainError as error:
            return page(
                "code", error.status, destination=destination, challenge=challenge, wrong=error.message
            )
        return self._let_in(welcome, destination)

    def _let_in(self, welcome: Welcome, destination: str) -> Response:
        if welcome.challenge:
            return page("code", destination=destination, challenge=welcome.challenge)
        response = go_to(destination)
        response.headers.append("Set-Cookie", self._cookie.write(welcome.session, SECONDS_OF_A_SESSION))
        return response

    async def _sign_out(self, request: Request) -> Response:
        session = self._cookie.read(dict(request.scope["headers"]))
        if session:
            await self._threads.ask(self._signing_in.sign_out, session)
        response = go_to("/sign-in")
        response.headers.append("Set-Cookie", self._cookie.write("", 0))
        return response

    async def _leave_for_provider(self, request: Request) -> Response:
        if self._provider is None:
            return go_to("/sign-in")
        destination = path_within(request.query_params.get("next", ""))
        departure = await self._threads.ask_elsewhere(self._provider.depart, destination)
        response = go_to(departure.address)
        response.headers.append("Set-Cookie", self._cookie.write_as(departure.cookie, departure.value, 600))
        return response

    async def _return_from_provider(self, request: Request) -> Response:
        if self._provider is None:
            return go_to("/sign-in")
        session, destination = await self._threads.ask_elsewhere(
            self._provider.welcome, str(request.url.query), dict(request.scope["headers"])
        )
        return self._let_in(Welcome(session=session), path_within(destination))

    # ---------------------------------------------------------------- links that were sent

    async def _show_welcome(self, request: Request) -> Response:
        return await self._welcome_page(request)

    async def _welcome_page(self, request: Request, status: int = 200, wrong: str = "") -> Response:
        arrival = await self._threads.ask(self._signing_in.arrive, request.path_params["link"])
        return page(
            "welcome",
            status,
            purpose=arrival.purpose,
            email=arrival.email,
            first_name=arrival.first_name,
            last_name=arrival.last_name,
            wrong=wrong,
        )

    async def _choose_password(self, request: Request) -> Response:
        form = await read_form(request)
        names = {name: form.get(name, "") for name in ("email", "first_name", "last_name")}
        link, password = request.path_params["link"], form.get("password", "")
        try:
            welcome = await self._threads.prove(self._signing_in.choose_password, link, password, **names)
        except DomainError as error:
            return await self._welcome_page(request, error.status, error.message)
        return self._let_in(welcome, path_within(""))

    async def _show_forgotten(self, request: Request) -> Response:  # noqa: ARG002 - as every handler
        return page("forgotten")

    async def _forget(self, request: Request) -> Response:
        form = await read_form(request)
        await self._threads.ask(self._signing_in.forget, form.get("email", ""), source_of(request))
        done = "If there is a member with this email, a link is on its way."
        return page("message", title="Look into your mail", done=done)

    # ---------------------------------------------------------------- one's own account

    async def _require_member(self, request: Request) -> str:
        """The id of who is signed in. Raises Unauthorized."""
        return (await self._visitors.require_member(request)).id

    async def _show_account(self, request: Request) -> Response:
        actor = await self._visitors.find_member(request)
        return go_to("/sign-in?next=/account") if actor is None else await self._account_page(actor.id)

    async def _account_page(self, member_id: str, status: int = 200, **told: str) -> Response:
        state = await self._threads.ask(self._own_account.read, member_id)
        return page("account", status, state=state, **told)

    async def _change_password(self, request: Request) -> Response:
        member_id, form = await self._require_member(request), await read_form(request)
        present, password = form.get("present", ""), form.get("password", "")
        try:
            session = await self._threads.prove(
                self._own_account.change_password, member_id, present, password, source_of(request)
            )
        except DomainError as error:
            return await self._account_page(member_id, error.status, wrong=error.message)
        response = await self._account_page(member_id, done="Your password is another one now.")
        response.headers.append("Set-Cookie", self._cookie.write(session, SECONDS_OF_A_SESSION))
        return response

    async def _show_codes(self, request: Request) -> Response:
        return await self._codes_page(await self._require_member(request))

    async def _codes_page(
        self, member_id: str, status: int = 200, wrong: str = "", secret: str = ""
    ) -> Response:
        codes = await self._threads.ask(self._own_account.offer_codes, member_id, secret)
        picture = segno.make(codes.url).svg_data_uri(scale=4)
        return page("codes", status, codes=codes, picture=picture, wrong=wrong)

    async def _begin_codes(self, request: Request) -> Response:
        member_id, form = await self._require_member(request), await read_form(request)
        present, secret, code = (form.get(name, "") for name in ("present", "secret", "code"))
        try:
            recovery = await self._threads.prove(
                self._own_account.begin_codes, member_id, present, secret, code, source_of(request)
            )
        except DomainError as error:
            return await self._codes_page(member_id, error.status, error.message, secret)
        return page("recovery", recovery=recovery)

    async def _end_codes(self, request: Request) -> Response:
        member_id, form = await self._require_member(request), await read_form(request)
        try:
            await self._threads.prove(
                self._own_account.end_codes, member_id, form.get("present", ""), source_of(request)
            )
        except DomainError as error:
            return await self._account_page(member_id, error.status, wrong=error.message)
        return await self._account_page(member_id, done="You are not asked for codes any more.")
