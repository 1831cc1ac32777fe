"""Numbers of requests, and of what is remembered for them."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from daybreak.platform.metrics.durations import DURATIONS
from daybreak.platform.observing import Told


class Requests:
    """What comes in by any door. Told on the event loop only."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answered = Counter(
            "daybreak_requests",
            "Requests answered. A stream counts when it begins.",
            ["door", "operation", "status"],
            registry=registry,
        )
        self._seconds = Histogram(
            "daybreak_request_duration_seconds",
            "From a request's first byte to its answer's.",
            ["door", "operation"],
            buckets=DURATIONS,
            registry=registry,
        )
        self.in_flight = 0
        Gauge(
            "daybreak_requests_in_flight", "Requests that wait for their answer.", registry=registry
        ).set_function(lambda: self.in_flight)
        self._refused = Counter(
            "daybreak_sign_in_failures",
            "Credentials that opened nothing: tokens at the API, keys of SDKs, what people type.",
            ["door"],
            registry=registry,
        )
        self._limited = Counter(
            "daybreak_rate_limited_requests",
            "Requests refused because a rate limit was used up.",
            ["door", "operation"],
            registry=registry,
        )
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, door: str, operation: str, status: int, seconds: float) -> None:
        """Runs with every request, so what to count by is looked up once for each operation and status."""
        children = self._children.get((door, operation, status))
        if children is None:
            children = self._children[door, operation, status] = (
                self._answered.labels(door, operation, f"{status // 100}xx"),
                self._seconds.labels(door, operation),
            )
        counter, histogram = children
        counter.inc()
        histogram.observe(seconds)

    def refused(self, door: str) -> None:
        """Somebody showed a credential that opens nothing."""
        self._refused.labels(door).inc()

    def limited(self, door: str, operation: str) -> None:
        """Somebody has asked too often."""
        self._limited.labels(door, operation).inc()


class RememberedLookups:
    """How often what was asked for is known already. Told on the event loop only."""

    def __init__(self, registry: CollectorRegistry) -> None:
        lookups = Counter(
            "daybreak_remembered_answers",
            "Requests to what may be remembered: known, being made for somebody else, or made.",
            ["outcome"],
            registry=registry,
        )
        self.known: Told = lookups.labels("known").inc
        self.joined: Told = lookups.labels("joined").inc
        self.made: Told = lookups.labels("made").inc
