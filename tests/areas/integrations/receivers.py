"""What the tests of webhooks share: a receiver that is a real HTTP server, and the jobs that post to it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

import msgspec

from daybreak.areas.integrations.area import jobs
from daybreak.platform.clock import SECOND, FixedClock
from daybreak.platform.database import Database
from daybreak.platform.jobs import JobLoop

WEBHOOKS = "/api/v2/webhooks"
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass(frozen=True)
class Received:
    """A post as it arrived. Names of headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def entry(self) -> Any:
        return msgspec.json.decode(self.body)


@dataclass
class Receiver:
    """Answers with the statuses that were scripted, then with 200; a path may be waited for, or redirect."""

    url: str
    statuses: list[int] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    holds: threading.Event = field(default_factory=threading.Event)
    leads_to: str = ""
    _arrivals: threading.Semaphore = field(default_factory=partial(threading.Semaphore, 0))

    def note(self, post: Received) -> None:
        self.received.append(post)
        self._arrivals.release()

    def wait_for_another(self) -> None:
        """Of the posts that arrive each is waited for once."""
        assert self._arrivals.acquire(timeout=30)

    def titles(self) -> list[str]:
        return [each.entry["title"].removeprefix("the tests ") for each in self.received]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """On a free port of the loopback address. `/slow` answers when `holds` is set, `/endless` never stops."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.note(Received(self.path, headers, body))
            if self.path == "/slow":
                receiver.holds.wait(30)
            status = receiver.statuses.pop(0) if receiver.statuses else 200
            self.send_response(status)
            if receiver.leads_to:
                self.send_header("Location", receiver.leads_to)
            self.end_headers()
            with suppress(OSError):  # whoever asked may be gone
                self.wfile.write(b"noted \x00" if self.path != "/endless" else b"x")
                while self.path == "/endless" and not receiver.holds.wait(0.05):
                    self.wfile.write(b"x")

        def log_message(self, *said: Any) -> None:
            """Not to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.holds.set()
        server.shutdown()
        server.server_close()


@dataclass
class Deliverer:
    """Turns of the jobs of a process that may post to this machine."""

    database: Database
    clock: FixedClock
    networks: tuple[IPv4Network | IPv6Network, ...] = LOOPBACK

    def __post_init__(self) -> None:
        own = jobs(self.database, self.clock, webhook_networks=self.networks)
        self.loop = JobLoop(self.database, self.clock, own)

    def turn(self, *, waits: bool = True) -> None:
        """Queues what is new, and sends what is due; a second passes."""
        for _ in range(2):
            self.clock.advance(SECOND)
            for job in self.loop.list_due():
                assert self.loop.run(job)
        if waits:
            finish_posting()


def finish_posting(seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    for thread in threading.enumerate():
        if thread.name == "webhooks":
            thread.join(max(0.0, end - time.monotonic()))
            assert not thread.is_alive()


def a_webhook(api: Any, url: str, **given: Any) -> Any:
    """As its creation answers it: signed and on."""
    response = api.post(WEBHOOKS, {"url": url, "sign": True, "on": True, "name": "hook", **given})
    assert response.status_code == 200, response.text
    return response.json()


def path_of(webhook: Any) -> str:
    return f"{WEBHOOKS}/{webhook['_id']}"


def deliveries_of(api: Any, webhook: Any) -> Any:
    """The newest first."""
    return api.get(f"{path_of(webhook)}/deliveries?limit=200").json()["items"]


def on_tags(*resources: str) -> dict[str, Any]:
    """A statement of everything that happens to these."""
    return {"effect": "allow", "resources": list(resources), "actions": ["*"]}
