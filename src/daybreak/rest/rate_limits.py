"""Rate limits: counted in windows of ten seconds, for the account and each operation, over all processes."""

from dataclasses import dataclass, field

from daybreak.platform.clock import SECOND
from daybreak.platform.database import Transaction
from daybreak.platform.errors import RateLimited
from daybreak.platform.identifiers import unique_id
from daybreak.platform.jobs import Job
from daybreak.platform.request_counts import share_counts

WINDOW = 10 * SECOND

# A process that has counted less than this part of a limit keeps it to itself: then idling writes nothing. By
# this much for each process a limit may be exceeded.
PART_UNSHARED = 64


@dataclass(slots=True)
class RateLimits:
    """Counts the requests of this process, and knows what the others had counted a second ago. Only the event
    loop counts; `share` may be called from any thread.
    """

    account_limit: int
    route_limit: int
    _window: int = 0
    _account: int = 0
    _routes: dict[str, int] = field(default_factory=dict)
    _others: dict[str, int] = field(default_factory=dict)
    _others_together: int = 0
    _process: str = field(default_factory=unique_id)

    def count(self, operation: str, now: int) -> None:
        """Counts one request.

        Raises:
            RateLimited: the window is used up. The request did not count.

        """
        window = now // WINDOW
        if window != self._window:
            self._window, self._account, self._routes = window, 0, {}
            self._others, self._others_together = {}, 0
        if not self._left() or not self._left_of(operation):
            raise RateLimited("Too many requests: wait until the time in X-Ratelimit-Reset")
        self._account += 1
        self._routes[operation] = self._routes.get(operation, 0) + 1

    def headers(self, operation: str) -> list[tuple[bytes, bytes]]:
        """What is left in this window; the reset is in Unix milliseconds."""
        return [
            (b"x-ratelimit-global-remaining", b"%d" % self._left()),
            (b"x-ratelimit-route-remaining", b"%d" % self._left_of(operation)),
            (b"x-ratelimit-reset", b"%d" % ((self._window + 1) * WINDOW)),
        ]

    def _left(self) -> int:
        return max(0, self.account_limit - self._account - self._others_together)

    def _left_of(self, operation: str) -> int:
        used = self._routes.get(operation, 0) + self._others.get(operation, 0)
        return max(0, self.route_limit - used)

    def is_worth_sharing(self, now: int) -> bool:
        if now // WINDOW != self._window:
            return False
        most = max(self._routes.copy().values(), default=0)
        return self._account > self.account_limit // PART_UNSHARED or most > self.route_limit // PART_UNSHARED

    def share(self, db: Transaction, now: int) -> None:
        """Tells the other processes, and learns from them."""
        window, counts = now // WINDOW, self._routes.copy()
        if window != self._window:
            return
        others = share_counts(db, window, self._process, counts)
        # Should the window have changed meanwhile, the next request there forgets this.
        self._others, self._others_together = others, sum(others.values())


def share_limits(limits: RateLimits) -> Job:
    """The job of one process."""
    return Job(
        "share how many requests were counted",
        SECOND,
        limits.share,
        runs_everywhere=True,
        is_needed=lambda db, now: limits.is_worth_sharing(now),  # noqa: ARG005 - as those that look into the database
    )
