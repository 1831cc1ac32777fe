"""Where webhooks may post to: never to this machine or its neighbours, unless a setting allows it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from daybreak.platform.errors import FieldFault, ValidationFailed

IpAddress: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

SETTING = "DAYBREAK_WEBHOOK_ADDRESSES"
PORTS = {"http": 80, "https": 443}

# Gateways that translate hide an address of the older kind in the last four bytes.
_TRANSLATED = IPv6Network("64:ff9b::/96")
_LAST_FOUR_BYTES = 0xFFFFFFFF
# What is routed between networks at all. Beyond it are further ways to write addresses of the older kind,
# gateways of one's own, and addresses of one place.
_ROUTED = IPv6Network("2000::/3")


class DestinationRefused(OSError):
    """A host has no address that webhooks may post to."""


@dataclass(frozen=True, slots=True)
class Destinations:
    """Public addresses, and those of the networks that are `allowed`."""

    allowed: tuple[Network, ...] = ()

    def require(self, url: str) -> None:
        """Raises ValidationFailed for what is no URL to post to. Names are not looked up: what they stand
        for may change, and is checked with each delivery.
        """
        try:
            parts = split(url)
        except ValueError as error:
            raise ValidationFailed(FieldFault("url", str(error))) from None
        host = parts.hostname or ""
        named = _read_address(host)
        is_here = host == "localhost" or host.endswith(".localhost")
        if (named is not None and not self.allows(named)) or (is_here and not self.allows(_LOOPBACK)):
            raise ValidationFailed(FieldFault("url", refusal(host)))

    def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of the host that may be posted to. Raises DestinationRefused where none may, and
        OSError where the host is not known.
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        # An address that is good for one network card only names it after a percent sign.
        allowed = [each for each in addresses if self.allows(ip_address(each.partition("%")[0]))]
        if not allowed:
            raise DestinationRefused(refusal(host))
        return allowed

    def allows(self, address: IpAddress) -> bool:
        return all(self._allows(each) for each in _meant_by(address))

    def _allows(self, address: IpAddress) -> bool:
        if any(address in network for network in self.allowed):
            return True
        is_routed = isinstance(address, IPv4Address) or address in _ROUTED
        return is_routed and address.is_global and not address.is_multicast


_LOOPBACK = IPv4Address("127.0.0.1")


def split(url: str) -> SplitResult:
    """Raises ValueError, saying what is wrong."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        message = "is an address such as https://hooks.example/daybreak"
        raise ValueError(message)
    if parts.username is not None or parts.password is not None:
        message = "holds a name or password, which everybody who sees the webhook would see: use its secret"
        raise ValueError(message)
    if parts.port == 0:
        message = "has no port to connect to"
        raise ValueError(message)
    return parts


def refusal(host: str) -> str:
    return f"{host} is not a public address: if webhooks may post there, add its network to {SETTING}"


def _read_address(host: str) -> IpAddress | None:
    """Also what C libraries take for an address, such as `127.1` or `0x7f000001`."""
    try:
        return ip_address(host)
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(host))
        except OSError:
            return None


def _meant_by(address: IpAddress) -> Iterator[IpAddress]:
    """The address, or those that it carries inside."""
    if isinstance(address, IPv4Address):
        yield address
        return
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _TRANSLATED:
        inner.append(IPv4Address(int(address) & _LAST_FOUR_BYTES))
    known = [each for each in inner if each is not None]
    yield from known or [address]
