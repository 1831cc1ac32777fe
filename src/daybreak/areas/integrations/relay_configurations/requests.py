"""What callers may send about Relay Proxy configurations."""

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Instant, Name
from daybreak.rest.policies import Statements


class NewRelayConfiguration(Body):
    """A configuration to create. Its policy speaks of environments: `proj/KEY:env/KEY`."""

    name: Name
    policy: Statements


class RelayConfigurationFields(Body):
    """What a patch of a configuration may change."""

    name: Name
    policy: Statements


class ResetRelayKeyQuery(Query):
    """How long the old key lives on; without it, it dies at once and so do all older ones."""

    expiry: Instant | None = None
