"""Out of the queues: one delivery of a webhook after the other, many webhooks side by side."""

import logging
import random
import threading
from dataclasses import replace

from daybreak import __version__
from daybreak.areas.account.queries import entry_document
from daybreak.areas.integrations.webhooks.destinations import Destinations
from daybreak.areas.integrations.webhooks.model import (
    GIVEN_UP_AFTER,
    LEASE,
    Delivery,
    State,
    pause_after,
)
from daybreak.areas.integrations.webhooks.posting import Outcome, post, sign
from daybreak.areas.integrations.webhooks.store import (
    find_webhook,
    give_up,
    is_any_due,
    list_due,
    save_attempt,
    take,
)
from daybreak.platform.clock import SECOND, Clock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.errors import DomainError
from daybreak.platform.jobs import Job
from daybreak.platform.observing import TellOutcome

logger = logging.getLogger(__name__)

SIDE_BY_SIDE = 8
# Then other webhooks have their turn.
OF_ONE_IN_A_ROW = 100


class Sender:
    """Takes what is due and posts it in threads of its own: a slow receiver keeps nobody else waiting.

    What is taken is leased. A process that dies in the middle leaves its deliveries to whoever comes next, so
    each arrives at least once.
    """

    def __init__(
        self, database: Database, clock: Clock, destinations: Destinations, tell_outcome: TellOutcome
    ) -> None:
        self._database = database
        self._tell_outcome = tell_outcome
        self._clock = clock
        self._destinations = destinations
        self._lock = threading.Lock()
        self._busy = 0
        self._taken: list[Delivery] = []

    def job(self) -> Job:
        return Job(
            "send to webhooks",
            SECOND,
            self._take,
            is_needed=is_any_due,
            committed=self._start,
        )

    def _take(self, db: Transaction, now: int) -> None:
        with self._lock:
            free = SIDE_BY_SIDE - self._busy
        due = list_due(db, now, free) if free else []
        self._taken = [each for each in due if take(db, each, now, now + LEASE)]

    def _start(self) -> None:
        for delivery in self._taken:
            with self._lock:
                self._busy += 1
            threading.Thread(target=self._work, args=[delivery], name="webhooks", daemon=True).start()

    def _work(self, delivery: Delivery) -> None:
        try:
            self.send_in_a_row(delivery)
        except DomainError as error:
            # It is leased: somebody tries again when that is over.
            logger.warning("webhooks: a delivery is left for later", extra={"reason": error.message})
        except Exception:
            logger.exception("webhooks: a delivery failed and will be tried again")
        finally:
            with self._lock:
                self._busy -= 1

    def send_in_a_row(self, first: Delivery) -> None:
        """The delivery, which is leased, and those after it as long as all goes well."""
        following: Delivery | None = first
        for _ in range(OF_ONE_IN_A_ROW):
            if following is None:
                return
            following = self._send(following)
        if following is not None:
            with self._database.writing() as db:
                save_attempt(db, replace(following, next_attempt_at=self._clock.now()))

    def _send(self, delivery: Delivery) -> Delivery | None:
        """Posts it, and leases the next one of the webhook."""
        with self._database.reading() as db:
            webhook = find_webhook(db, delivery.webhook_id)
            body = entry_document(db, delivery.entry_id)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"Daybreak/{__version__}",
            "X-Daybreak-Delivery": delivery.id,
        }
        if webhook.secret:
            headers["X-LD-Signature"] = sign(webhook.secret, body)
        outcome = post(self._destinations, webhook.url, headers, body)
        self._tell_outcome(not outcome.reason)
        with self._database.writing() as db:
            return self._write_down(db, delivery, outcome)

    def _write_down(self, db: Transaction, delivery: Delivery, outcome: Outcome) -> Delivery | None:
        now = self._clock.now()
        attempted = replace(
            delivery,
            attempts=delivery.attempts + 1,
            attempted_at=now,
            status=outcome.status,
            answer=outcome.answer,
            reason=outcome.reason,
            duration=outcome.duration,
        )
        if outcome.reason:
            pause = pause_after(attempted.attempts, random.random())  # noqa: S311 - it spreads load, it hides nothing
            save_attempt(db, replace(attempted, next_attempt_at=now + pause))
            give_up(db, delivery.webhook_id, outcome.reason, created_before=now - GIVEN_UP_AFTER)
            return None
        save_attempt(db, replace(attempted, state=State.DELIVERED))
        following = list_due(db, now, 1, delivery.webhook_id)
        return next((each for each in following if take(db, each, now, now + LEASE)), None)
