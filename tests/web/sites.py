"""A running server as people see it in a browser: who they are, and what their pages must never do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, StorageState, WebError

from system.programs import TOKEN, Serving

OWNER, READER = "owner@example.com", "reader@example.com"
PASSWORD = "correct horse battery"
# What `daybreak serve` is told.
SETTINGS = {
    "DAYBREAK_BOOTSTRAP_TOKEN": TOKEN,
    "DAYBREAK_OWNER_EMAIL": OWNER,
    "DAYBREAK_OWNER_PASSWORD": PASSWORD,
}

_OF_NO_SITE = {"data", "blob", "about"}
_BEFORE_ONE_IS_IN = ("/sign-in", "/welcome")
_SEMANTIC_PATCH = "application/json; domain-model=launchdarkly.semanticpatch"


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls of the API, by an admin's token. Each must succeed; what comes back is the JSON of the answer."""

    address: str

    def get(self, path: str, **parameters: Any) -> Any:
        return self._ask("GET", path, params=parameters)

    def post(self, path: str, body: Any = None) -> Any:
        return self._ask("POST", path, json=body)

    def put(self, path: str, body: Any) -> Any:
        return self._ask("PUT", path, json=body)

    def patch(self, path: str, operations: Sequence[Any]) -> Any:
        return self._ask("PATCH", path, json=operations)

    def instruct(self, path: str, *instructions: Any, **more: Any) -> Any:
        """A semantic patch."""
        body = {"instructions": instructions, **more}
        return self._ask("PATCH", path, json=body, headers={"Content-Type": _SEMANTIC_PATCH})

    def delete(self, path: str) -> None:
        self._ask("DELETE", path)

    def _ask(self, method: str, path: str, headers: Any = None, **given: Any) -> Any:
        own = {"Authorization": TOKEN, **(headers or {})}
        answer = requests.request(method, self.address + path, headers=own, timeout=30, **given)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


class Watch:
    """Notes what goes wrong in a browser while nobody looks: errors, and requests that leave the server."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._own = urlsplit(address).netloc
        self._noted: list[str] = []
        context.on("console", self._note_message)
        context.on("weberror", self._note_error)
        context.on("request", self._note_request)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._noted.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _note_error(self, error: WebError) -> None:
        self._noted.append(f"page: {error.error}")

    def _note_request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in _OF_NO_SITE and asked.netloc != self._own:
            self._noted.append(f"request: {request.method} {request.url} leaves the server")

    def list_problems(self, tolerated: Sequence[str] = ()) -> list[str]:
        return [noted for noted in self._noted if not any(part in noted for part in tolerated)]


@dataclass(slots=True)
class Site:
    """A server, and a browser for whoever visits it."""

    server: Serving
    browser: Browser
    _states: dict[str, StorageState] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.server.address

    @property
    def api(self) -> Calls:
        return Calls(self.address)

    @contextmanager
    def visited(self, state: StorageState | None = None, tolerated: Sequence[str] = ()) -> Iterator[Page]:
        """A page of a browser of its own. `tolerated` are parts of problems that the test means to cause."""
        context = self.browser.new_context(
            base_url=self.address,
            storage_state=state,
            locale="en-GB",
            timezone_id="UTC",
            reduced_motion="reduce",
        )
        watch = Watch(context, self.address)
        try:
            yield context.new_page()
            problems = watch.list_problems(tolerated)
        finally:
            context.close()
        assert not problems, "\n".join(problems)

    def owner(self) -> StorageState:
        """What the browser of the owner keeps, who has signed in through the form."""
        if OWNER not in self._states:
            with self.visited() as page:
                page.goto("/sign-in")
                sign_in(page, OWNER)
                _wait_until_in(page)
                self._states[OWNER] = page.context.storage_state()
        return self._states[OWNER]

    def reader(self) -> StorageState:
        """What the browser of a reader keeps, who was invited."""
        if READER not in self._states:
            [member] = self.api.post("/api/v2/members", [{"email": READER, "role": "reader"}])["items"]
            with self.visited() as page:
                page.goto(member["_links"]["invitation"]["href"])
                page.get_by_label("First name").fill("Rae")
                page.get_by_label("Last name").fill("Reed")
                page.get_by_label("password").fill(PASSWORD)
                page.get_by_role("button").click()
                _wait_until_in(page)
                self._states[READER] = page.context.storage_state()
        return self._states[READER]


def _wait_until_in(page: Page) -> None:
    """The interface leads on from `/` to whatever there is to see."""
    page.wait_for_url(lambda url: not urlsplit(url).path.startswith(_BEFORE_ONE_IS_IN))


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fills in the form that the page shows."""
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
