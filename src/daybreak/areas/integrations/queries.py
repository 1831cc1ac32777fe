"""What others may ask about integrations: which environments the key of a Relay Proxy opens, and what waits
to be sent to webhooks.
"""

from collections.abc import Collection
from dataclasses import dataclass

from daybreak.areas.integrations.relay_configurations.model import DELIVERED_BY
from daybreak.areas.integrations.relay_configurations.store import list_by_digest
from daybreak.areas.integrations.webhooks.store import count_waiting, find_oldest_waiting
from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.platform.database import Transaction


@dataclass(frozen=True, slots=True)
class RelayKeyFact:
    """A key that works: what it opens, and until when if its days are counted."""

    configuration_id: str
    policy: Policy
    expires_at: int | None = None

    def covers(self, address: Address) -> bool:
        """Whether the environment there is delivered."""
        return self.policy.decide(DELIVERED_BY, address).allowed


def relay_keys(db: Transaction, digests: Collection[str], now: int) -> dict[str, RelayKeyFact]:
    """By digest, those that work."""
    found = list_by_digest(db, digests, now).items()
    return {
        digest: RelayKeyFact(configuration.id, configuration.parsed_policy, expires_at)
        for digest, (configuration, expires_at) in found
    }


def deliveries_waiting(db: Transaction) -> int:
    """Of webhooks that are on."""
    return count_waiting(db)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be sent to webhooks that are on: how much, since when (Unix milliseconds; None where
    nothing does), and why the last attempt at the oldest failed, if there was one.
    """

    count: int
    oldest_at: int | None
    reason: str


def delivery_backlog(db: Transaction) -> Backlog:
    oldest = find_oldest_waiting(db)
    if oldest is None:
        return Backlog(0, None, "")
    return Backlog(count_waiting(db), oldest.created_at, oldest.reason)
