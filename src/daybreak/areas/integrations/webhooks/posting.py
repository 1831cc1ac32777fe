"""One post to a webhook's URL, which the URL's owner may answer slowly, endlessly or not at all."""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
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
    connection = _Connection(host, port, destinations.resolve(host, port), is_secure=url.scheme == "https")
    # A timeout of the socket starts anew with every byte: this one does not.
    limit = threading.Timer(SECONDS_TO_ANSWER, connection.give_up)
    limit.start()
    try:
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection.request("POST", target, body, dict(headers))
        response = connection.getresponse()
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


class _Connection(http.client.HTTPConnection):
    """To the very addresses that were checked: a name might stand for others a moment later."""

    def __init__(self, host: str, port: int, addresses: list[str], *, is_secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS_TO_ANSWER)
        self.default_port = PORTS["https" if is_secure else "http"]
        self.was_given_up = False
        self._addresses = addresses
        self._is_secure = is_secure
        self._socket: socket.socket | None = None

    def connect(self) -> None:
        self._socket = plain = self._reach()
        if self._is_secure:
            context = ssl.create_default_context()
            # The reference stays with the socket that can be shut from another thread.
            plain = context.wrap_socket(plain, server_hostname=self.host)
        self.sock = plain

    def _reach(self) -> socket.socket:
        problem: OSError | None = None
        for address in self._addresses:
            try:
                return socket.create_connection((address, self.port), timeout=SECONDS_TO_ANSWER)
            except OSError as error:
                problem = error
        assert problem is not None, "there is at least one address"
        raise problem

    def give_up(self) -> None:
        """From another thread: whoever waits for the socket is woken by an error."""
        self.was_given_up = True
        for each in (self.sock, self._socket):
            if each is not None:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
