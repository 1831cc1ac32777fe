"""A delivery of a webhook: whose it is, which one, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybreak.connectors.facts import Fact, Provider


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery as it came, before anything in it is believed. Header names are lower-case."""

    provider: Provider
    headers: Mapping[bytes, bytes]
    raw: bytes

    def header(self, name: bytes) -> str:
        """Empty where it was not sent."""
        return self.headers.get(name, b"").decode("latin-1")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that is what it claims to be. The same `id` is the same delivery, sent again.

    Without `facts` it is not understood, or tells nothing of delivery.
    """

    provider: Provider
    id: str
    facts: tuple[Fact, ...]
