"""A Relay Proxy configuration: which environments the Relay Proxies that know its key serve."""

from dataclasses import dataclass, field

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.columns import Json

# What the policy has to allow on an environment: a relay is told the environment's keys.
DELIVERED_BY = "viewSdkKey"


@dataclass(frozen=True, slots=True)
class RelayConfiguration:
    """A configuration as stored: of its key only the digest and the last four characters.

    `policy` speaks of environments. Instants are in Unix milliseconds.
    """

    id: str
    creator_id: str
    name: str
    policy: list[dict[str, Json]]
    digest: str = field(repr=False)
    ending: str
    created_at: int
    modified_at: int
    version: int

    @property
    def address(self) -> Address:
        return Address.of(("relay-proxy-config", self.id))

    @property
    def parsed_policy(self) -> Policy:
        return Policy(self.name, parse_statements(self.policy))
