"""Rate limits: counted in windows of ten seconds, for the account and for each operation."""

from dataclasses import dataclass, field

from daybreak.platform.clock import SECOND
from daybreak.platform.errors import RateLimited

WINDOW = 10 * SECOND


@dataclass(slots=True)
class RateLimits:
    """Counts the requests of this process. Not thread safe: only the event loop calls it."""

    account_limit: int
    route_limit: int
    _window: int = 0
    _account: int = 0
    _routes: dict[str, int] = field(default_factory=dict)

    def count(self, operation: str, now: int) -> None:
        """Counts one request.

        Raises:
            RateLimited: the window is used up. The request did not count.

        """
        window = now // WINDOW
        if window != self._window:
            self._window, self._account = window, 0
            self._routes.clear()
        route = self._routes.get(operation, 0)
        if self._account >= self.account_limit or route >= self.route_limit:
            raise RateLimited("Too many requests: wait until the time in X-Ratelimit-Reset")
        self._account += 1
        self._routes[operation] = route + 1

    def headers(self, operation: str) -> list[tuple[bytes, bytes]]:
        """What is left in this window; the reset is in Unix milliseconds."""
        route = self._routes.get(operation, 0)
        return [
            (b"x-ratelimit-global-remaining", b"%d" % max(0, self.account_limit - self._account)),
            (b"x-ratelimit-route-remaining", b"%d" % max(0, self.route_limit - route)),
            (b"x-ratelimit-reset", b"%d" % ((self._window + 1) * WINDOW)),
        ]
