"""One question and its answer, with all the patience that takes: limits, failures, dropped connections."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
import msgspec

from daybreak import __version__
from daybreak.connectors.launchdarkly.problems import NotShown, SourceProblem, TokenUnknown
from daybreak.connectors.launchdarkly.waiting import (
    wait_after_failure,
    wait_before_next,
    wait_when_limited,
)
from daybreak.platform.clock import Clock

API_VERSION: Final = "20240415"
SECONDS_TO_ANSWER: Final = 60.0
# In a row. Together the pauses between them take half a minute, which outlasts a restart.
FAILURES: Final = 6
REFUSALS_FOR_LIMITS: Final = 30

_REDIRECTS = range(300, 400)
_FAILURES = range(500, 600)


class _Failed(Exception):
    """May be better in a moment."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class _Limited(Exception):
    """Too many requests; the headers say until when."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.headers = headers


class Client:
    """Asks one host. Whatever may be better in a moment is asked for again, and limits are kept."""

    def __init__(self, host: str, clock: Clock, sleep: Callable[[float], None]) -> None:
        """`sleep` takes seconds.

        Raises:
            SourceProblem: no address of a host.

        """
        self.host = parse_host(host)
        self._clock = clock
        self._sleep = sleep
        self._http = httpx2.Client(timeout=SECONDS_TO_ANSWER)

    def close(self) -> None:
        self._http.close()

    def read(self, path: str, authorization: str, *, is_beta: bool = False) -> Any:
        """The JSON at a path of the host. White space around the credential is none of it.

        Raises:
            NotShown: the host refuses this one question.
            TokenUnknown: it refuses any, or there is no such credential.
            SourceProblem: it does not answer, or with what makes no sense.

        """
        headers = {
            "Authorization": _require_credential(authorization.strip()),
            "LD-API-Version": "beta" if is_beta else API_VERSION,
            "User-Agent": f"Daybreak/{__version__}",
        }
        failures = limits = 0
        while True:
            try:
                return self._ask(path, headers)
            except _Failed as failed:
                problem, pause = failed.problem, wait_after_failure(failures)
                failures += 1
            except _Limited as limited:
                problem = "it asks for fewer requests"
                pause = wait_when_limited(limited.headers, self._clock.now(), limits)
                limits += 1
            if failures == FAILURES or limits == REFUSALS_FOR_LIMITS:
                message = f"{self.host} could not be read at {_plain(path)}: {problem}. Try again later."
                raise SourceProblem(message)
            self._sleep(pause)

    def _ask(self, path: str, headers: Mapping[str, str]) -> Any:
        """Once. Waits where the answer says that no more requests are left."""
        try:
            response = self._http.get(self.host + path, headers=headers)
        except httpx2.LocalProtocolError as error:
            raise _Failed(type(error).__name__) from None  # its words quote what was sent
        except httpx2.RequestError as error:
            raise _Failed(str(error) or type(error).__name__) from None
        except httpx2.InvalidURL:
            raise SourceProblem(f"{self.host} gave a link that leads nowhere") from None
        if response.status_code == 429:
            raise _Limited(response.headers)
        if response.status_code in _FAILURES:
            raise _Failed(f"it answered {response.status_code}")
        _require_success(response, self.host, path)
        try:
            answer = msgspec.json.decode(response.content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise _Failed("it answered with what is no JSON") from None
        self._keep_limits(response.headers)
        return answer

    def _keep_limits(self, headers: Mapping[str, str]) -> None:
        pause = wait_before_next(headers, self._clock.now())
        if pause:
            self._sleep(pause)


def _require_credential(text: str) -> str:
    """What a header may hold: other characters are of a hidden key, or of a text that only looks like one."""
    if not text or not text.isascii() or not text.isprintable():
        raise TokenUnknown(
            "This is no credential: it is empty, or has characters that none has. Copy it again."
        )
    return text


def _require_success(response: httpx2.Response, host: str, path: str) -> None:
    status = response.status_code
    if status in _REDIRECTS:
        raise SourceProblem(f"{host} sends elsewhere from {_plain(path)}: give the address it leads to")
    if status == 401:
        raise TokenUnknown(f"{host} does not know this credential: is it complete, and still valid?")
    if status >= 400:
        raise NotShown(status, f"{status} {_reason(response)}".strip())


def _reason(response: httpx2.Response) -> str:
    """What the host says of it, in a line."""
    try:
        answer = msgspec.json.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    message = answer.get("message") if isinstance(answer, dict) else None
    return " ".join(message.split())[:200] if isinstance(message, str) else ""


def _plain(path: str) -> str:
    return path.partition("?")[0]


def parse_host(text: str) -> str:
    """`https://app.example.com/` -> `https://app.example.com`. Raises SourceProblem."""
    if "@" in text:  # what is before it may be a password: it is not shown
        raise SourceProblem(
            "What was given is no address of a host: leave out the '@' and the name or password before it"
        )
    host = _read_host(text.strip())
    if host is None:
        raise SourceProblem(
            f"{text!r} is no address of a host: give one such as https://app.launchdarkly.com"
        )
    return host


def _read_host(text: str) -> str | None:
    """None where it is none, or more than that."""
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        httpx2.URL(text)
    except (ValueError, httpx2.InvalidURL):
        return None
    is_bare = parts.path in {"", "/"} and not parts.query and not parts.fragment
    return f"{parts.scheme}://{parts.netloc.lower()}" if is_one and is_bare else None
