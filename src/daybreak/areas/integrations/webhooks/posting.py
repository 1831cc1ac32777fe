"""One post to a webhook's URL, which the URL's owner may answer slowly, endlessly or not at all."""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult

from daybreak.areas.integrations.webhooks.destinations import PORTS, Destinations, split
from daybreak.platform.clock import SECOND, stopwatch

SECONDS_TO_ANSWER = 10.0
MOST_OF_AN_ANSWER = 4096
SUCCESS = range(200, 300)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a post went. `status` is 0 where nobody answered, `reason` is empty where all is well; `duration`
    is in milliseconds.
    """

    status: int = 0
    answer: str = ""
    reason: str = ""
    duration: int = 0


def sign(secret: str, body: bytes) -> str:
    """HMAC-SHA256 in hexadecimal, as receivers recompute it."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(destinations: Destinations, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Never raises. Redirects are not followed: they might lead where webhooks may not post."""
    started = stopwatch()
    status, answer, reason = 0, "", ""
    try:
        status, answer = _exchange(destinations, split(url), headers, body)
        if status not in SUCCESS:
            reason = f"the answer was {status}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = str(error) or type(error).__name__
    return Outcome(status, answer, reason, int((stopwatch() - started) * SECOND))


def _exchange(
    destinations: Destinations, url: SplitResult, headers: Mapping[str, str], body: bytes
) -> tuple[int, str]:
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    connection = _Connection(host, port, stopwatch() + SECONDS_TO_ANSWER, is_secure=url.scheme == "https")
    # A timeout of the socket starts anew with every byte: this one does not.
    limit = threading.Timer(SECONDS_TO_ANSWER, connection.give_up)
    limit.start()
    try:
        connection.addresses = _resolve(destinations, host, port)
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection.request("POST", target, body, dict(headers))
        with connection.getresponse() as response:
            text = response.read(MOST_OF_AN_ANSWER).decode(errors="replace")
    except (OSError, ValueError, http.client.HTTPException) as error:
        if connection.was_given_up or isinstance(error, TimeoutError):
            message = f"there was no answer within {SECONDS_TO_ANSWER:g} seconds"
            raise TimeoutError(message) from None
        raise
    finally:
        limit.cancel()
        connection.close()
    # PostgreSQL keeps no text with this character.
    return response.status, text.replace("\0", "")


def _resolve(destinations: Destinations, host: str, port: int) -> list[str]:
    """Raises OSError. Looked up in a thread of its own, which can be left alone: nothing stops a look-up."""
    found: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            found.set_result(destinations.resolve(host, port))
        except Exception as error:  # noqa: BLE001 - raised in the thread that waits
            found.set_exception(error)

    threading.Thread(target=look_up, name="webhooks: names", daemon=True).start()
    return found.result(SECONDS_TO_ANSWER)


class _Connection(http.client.HTTPConnection):
    """To the very addresses that were checked, which a name might not stand for a moment later. Whatever it
    waits for, it is over when the stopwatch shows `ends_at`.
    """

    def __init__(self, host: str, port: int, ends_at: float, *, is_secure: bool) -> None:
        super().__init__(host, port)
        self.default_port = PORTS["https" if is_secure else "http"]
        self.addresses: list[str] = []
        self.was_given_up = False
        self._ends_at = ends_at
        self._is_secure = is_secure
        # The one that is read from: `sock` is let go of as soon as an answer begins.
        self._socket: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self._reach()
        self.sock.settimeout(self._require_time())
        if self._is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
        # From here on `give_up` finds it. What was given up just before is noticed now.
        self._socket = self.sock
        self._require_time()
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.do_handshake()

    def _reach(self) -> socket.socket:
        """The first address that answers: each gets its share of the time that is left."""
        problem: OSError = TimeoutError()
        for number, address in enumerate(self.addresses):
            share = self._require_time() / (len(self.addresses) - number)
            try:
                return socket.create_connection((address, self.port), timeout=share)
            except OSError as error:
                problem = error
        raise problem

    def _require_time(self) -> float:
        """How many seconds are left. Raises TimeoutError."""
        left = self._ends_at - stopwatch()
        if self.was_given_up or left <= 0:
            raise TimeoutError
        return left

    def give_up(self) -> None:
        """From another thread: whoever waits for the socket is woken by an error."""
        self.was_given_up = True
        if self._socket is not None:
            with suppress(OSError):
                # Of the connection below: what TLS knows of it is the other thread's.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
