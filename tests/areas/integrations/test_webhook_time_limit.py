"""Receivers that keep webhooks waiting in every way there is: each post is over in time.

What fails here without a limit hangs for longer than the tests wait for a post.
"""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest

from areas.integrations.receivers import Deliverer, Receiver, a_webhook, deliveries_of
from daybreak.areas.integrations.webhooks import posting

TOO_LATE = "there was no answer within 1 seconds"
NAME = "hooks.example"


@pytest.fixture(autouse=True)
def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "SECONDS_TO_ANSWER", 1.0)


@contextmanager
def silent(*addresses: str, port: int = 0) -> Iterator[int]:
    """A port on which these addresses do not even accept: their queues are full."""
    with ExitStack() as opened:
        for address in addresses:
            listening = opened.enter_context(socket.socket())
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((address, port))
            listening.listen(0)
            port = listening.getsockname()[1]
            for _ in range(2):
                waiting = opened.enter_context(socket.socket())
                waiting.settimeout(0)
                with suppress(BlockingIOError):
                    waiting.connect((address, port))
        yield port


@contextmanager
def trickling(beginning: bytes) -> Iterator[int]:
    """A port that sends `beginning` to whoever connects, and then a byte now and then for good."""
    is_over = threading.Event()

    def serve() -> None:
        with suppress(OSError), listening.accept()[0] as connection:
            connection.sendall(beginning)
            while not is_over.wait(0.05):
                connection.sendall(b"\0")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            is_over.set()
            thread.join(10)


def known_as(monkeypatch: pytest.MonkeyPatch, addresses: Sequence[str]) -> None:
    """As if a name server told these addresses of `NAME`."""
    real = socket.getaddrinfo

    def told(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        names = addresses if host == NAME else [host]
        return [entry for name in names for entry in real(name, port, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", told)


def test_delivery__many_addresses_that_do_not_answer__share_the_time(
    api: Any, deliverer: Deliverer, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [f"127.0.1.{number}" for number in range(1, 60)]
    known_as(monkeypatch, addresses)
    with silent(*addresses) as port:
        hook = a_webhook(api, f"http://{NAME}:{port}/")
        deliverer.turn()
    assert deliveries_of(api, hook)[0]["reason"] == TOO_LATE


def test_delivery__first_address_does_not_answer__reaches_the_next(
    api: Any, receiver: Receiver, deliverer: Deliverer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS_TO_ANSWER", 6.0)
    known_as(monkeypatch, ["127.0.1.1", "127.0.0.1"])
    with silent("127.0.1.1", port=int(receiver.url.rpartition(":")[2])) as port:
        hook = a_webhook(api, f"http://{NAME}:{port}/")
        deliverer.turn()
    assert deliveries_of(api, hook)[0]["state"] == "delivered"


def test_delivery__one_address_silent_and_one_endless__ends_in_time(
    api: Any, receiver: Receiver, deliverer: Deliverer, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_as(monkeypatch, ["127.0.1.1", "127.0.0.1"])
    with silent("127.0.1.1", port=int(receiver.url.rpartition(":")[2])) as port:
        hook = a_webhook(api, f"http://{NAME}:{port}/endless")
        deliverer.turn()
    assert len(deliveries_of(api, hook)[0]["answer"]) < posting.MOST_OF_AN_ANSWER


def test_delivery__endless_beginning_of_tls__ends_in_time(api: Any, deliverer: Deliverer) -> None:
    # The header of a record of 16 KiB, as a handshake begins.
    with trickling(b"\x16\x03\x03\x40\x00") as port:
        hook = a_webhook(api, f"https://127.0.0.1:{port}/")
        deliverer.turn()
    assert deliveries_of(api, hook)[0]["reason"] == TOO_LATE


def test_delivery__name_server_that_does_not_answer__ends_in_time(
    api: Any, deliverer: Deliverer, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: is_over.wait(60) and [])
    hook = a_webhook(api, f"http://{NAME}/")
    try:
        deliverer.turn()
    finally:
        is_over.set()
    assert deliveries_of(api, hook)[0]["reason"] == TOO_LATE
