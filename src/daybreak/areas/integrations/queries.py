"""What others may ask about integrations: which environments the key of a Relay Proxy opens."""

from collections.abc import Collection
from dataclasses import dataclass

from daybreak.areas.integrations.relay_configurations.model import DELIVERED_BY
from daybreak.areas.integrations.relay_configurations.store import list_by_digest
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
