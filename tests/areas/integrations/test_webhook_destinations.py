"""Where webhooks must not post to, however it is written, and what a receiver may not lead them to."""

import socket
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from areas.integrations.receivers import WEBHOOKS, Deliverer, Receiver, a_webhook, deliveries_of
from daybreak.areas.integrations.webhooks.destinations import Destinations
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings

INTERNAL = [
    "127.0.0.1",
    "127.8.8.8",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "localhost",
    "LOCALHOST",
    "web.localhost",
    "[::1]",
    "[::]",
    "[fe80::1]",
    "[fd00::1]",
    "[ff02::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[2002:7f00:0001::1]",
    "[fec0::1]",
]


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Without an exception."""
    return Settings(database_url=database_url)


@pytest.mark.parametrize("host", INTERNAL)
def test_postWebhook__internal_address__answers_400_and_says_how(api: Any, host: str) -> None:
    response = api.post(WEBHOOKS, {"url": f"https://{host}:8443/in", "sign": False, "on": True})
    assert response.status_code == 400
    assert "DAYBREAK_WEBHOOK_ADDRESSES" in response.text
    made = a_webhook(api, "https://hooks.example/")
    patch = [{"op": "replace", "path": "/url", "value": f"http://{host}/"}]
    assert api.patch(f"{WEBHOOKS}/{made['_id']}", patch).status_code == 400
    assert api.get(WEBHOOKS).json()["items"] == [made]


def test_delivery__name_that_leads_inside__is_refused(
    api: Any, receiver: Receiver, database: Database, clock: FixedClock, monkeypatch: Any
) -> None:
    """As if somebody's own name server told an address of this machine."""
    real = socket.getaddrinfo

    def told(host: Any, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host == "rebound.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", told)
    port = receiver.url.rpartition(":")[2]
    hook = a_webhook(api, f"http://rebound.example:{port}/")
    Deliverer(database, clock, networks=()).turn()
    [delivery] = deliveries_of(api, hook)
    assert "rebound.example is not a public address" in delivery["reason"]
    assert receiver.received == []
    clock.advance(60_000)
    Deliverer(database, clock).turn()
    [got] = receiver.received
    assert got.headers["host"] == f"rebound.example:{port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_delivery__redirect__is_not_followed(
    status: int, receiver: Receiver, database: Database, clock: FixedClock, api: Any, monkeypatch: Any
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *rest, **more: real("127.0.0.1", *rest, **more))
    receiver.statuses, receiver.leads_to = [status], f"{receiver.url}/inside"
    hook = a_webhook(api, receiver.url.replace("127.0.0.1", "hooks.example"))
    Deliverer(database, clock).turn()
    assert [each.path for each in receiver.received] == ["/"]
    [delivery] = deliveries_of(api, hook)
    assert (delivery["state"], delivery["status"]) == ("waiting", status)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::93.184.216.34"]
)
def test_destinations__public_address__is_allowed(address: str) -> None:
    assert Destinations().allows(ip_address(address))


def test_destinations__network_of_the_setting__is_allowed_and_no_other() -> None:
    destinations = Destinations((ip_network("10.0.0.0/8"), ip_network("fd00::/8")))
    assert destinations.allows(ip_address("10.1.2.3"))
    assert destinations.allows(ip_address("::ffff:10.1.2.3"))
    assert destinations.allows(ip_address("fd00::1"))
    assert not destinations.allows(ip_address("127.0.0.1"))
    assert not destinations.allows(ip_address("169.254.169.254"))
