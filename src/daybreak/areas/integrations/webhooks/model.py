"""A webhook, and what was or is still to be sent to it."""

from dataclasses import dataclass, field
from enum import StrEnum

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.clock import DAY, HOUR, SECOND
from daybreak.platform.columns import Json

# After each failure the pause doubles.
FIRST_PAUSE = 10 * SECOND
LONGEST_PAUSE = HOUR
GIVEN_UP_AFTER = DAY
# How long others leave alone what one process is sending: several times as long as a post may take.
LEASE = 60 * SECOND
# Deliveries that are over, of each webhook.
KEPT = 100


@dataclass(frozen=True, slots=True)
class Webhook:
    """A URL to which entries of the audit log are posted.

    `statements` select the entries, as a policy would allow their actions; without any, all are meant.
    Posts are signed where there is a `secret`.
    """

    id: str
    name: str
    url: str
    on: bool
    secret: str | None = field(repr=False)
    statements: list[dict[str, Json]]
    tags: list[str]
    created_at: int
    version: int

    @property
    def address(self) -> Address:
        return Address.of(("webhook", self.id, self.tags))

    @property
    def policy(self) -> Policy:
        return Policy(self.name, parse_statements(self.statements))


class State(StrEnum):
    """How far a delivery is. It waits also between attempts."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An entry on its way to a webhook. `number` counts those of one webhook, in the order they are sent.

    `status` (an HTTP status; 0 when nobody answered), `answer` (the beginning of the body) and `duration`
    (milliseconds) are of the last attempt; `reason` says why that failed. Instants are in Unix milliseconds.
    """

    id: str
    webhook_id: str
    number: int
    entry_id: str
    state: State
    created_at: int
    next_attempt_at: int
    attempts: int = 0
    attempted_at: int | None = None
    status: int = 0
    answer: str = ""
    reason: str = ""
    duration: int = 0


def pause_after(attempts: int, chance: float) -> int:
    """Milliseconds to the next attempt; `chance` in [0, 1) spreads what failed together by a fifth."""
    return int(min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE) * (1 + chance / 5))
