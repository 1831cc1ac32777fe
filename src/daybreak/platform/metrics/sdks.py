"""Numbers of what SDKs and Relay Proxies are told, and of what they tell."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from daybreak.platform.clock import SECOND, Clock
from daybreak.platform.metrics.durations import DURATIONS
from daybreak.platform.observing import Told


class Streams:
    """What SDKs and Relay Proxies are told. Told on the event loop only."""

    def __init__(self, registry: CollectorRegistry, clock: Clock) -> None:
        self._clock = clock
        self._open = Gauge("daybreak_streams_open", "Streams open now.", ["kind"], registry=registry)
        self._opened = Counter(
            "daybreak_streams", "Streams begun: each time somebody comes back.", ["kind"], registry=registry
        )
        self._changes = Counter(
            "daybreak_stream_changes", "Changes of flags and segments told to streams.", registry=registry
        )
        self._batches = Counter(
            "daybreak_stream_batches", "Batches of changes, one for each stream told.", registry=registry
        )
        self.cut_off: Told = Counter(
            "daybreak_streams_cut_off",
            "Streams ended because what they were still to be sent became too much.",
            registry=registry,
        ).inc
        self._delay = Histogram(
            "daybreak_stream_delay_seconds",
            "From the request that changed something until the streams of this process are told.",
            buckets=DURATIONS,
            registry=registry,
        )
        self._snapshots = Gauge(
            "daybreak_snapshots", "Environments held in memory for SDKs.", registry=registry
        )

    def opened(self, kind: str) -> None:
        self._open.labels(kind).inc()
        self._opened.labels(kind).inc()

    def closed(self, kind: str) -> None:
        self._open.labels(kind).dec()

    def told(self, changes: int, listeners: int) -> None:
        """Changes that were put into the queues of so many listeners."""
        self._changes.inc(changes)
        self._batches.inc(listeners)

    def delayed(self, changed_at: int) -> None:
        """What was changed then, in Unix milliseconds, is told now."""
        self._delay.observe(max(0, self._clock.now() - changed_at) / SECOND)

    def count_snapshots(self, count: Callable[[], int]) -> None:
        """`count` is asked whenever somebody looks."""
        self._snapshots.set_function(count)


class Events:
    """What SDKs send. Told by any thread."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._taken = Counter(
            "daybreak_events",
            "Events that SDKs sent: received, of them dropped for want of room, and unreadable ones.",
            ["outcome"],
            registry=registry,
        )
        self._seconds = Histogram(
            "daybreak_event_write_duration_seconds",
            "Writing down what events add up to.",
            buckets=DURATIONS,
            registry=registry,
        )
        self._rows = Counter(
            "daybreak_event_rows", "Rows written for what events add up to.", registry=registry
        )
        self._held = Gauge(
            "daybreak_event_buffer_numbers",
            "Numbers held in memory until they are written.",
            registry=registry,
        )
        self._most = Gauge(
            "daybreak_event_buffer_limit_numbers",
            "So many numbers are held at most; what comes after is dropped.",
            registry=registry,
        )

    def taken(self, received: int, dropped: int = 0, unreadable: int = 0) -> None:
        self._taken.labels("received").inc(received)
        self._taken.labels("dropped").inc(dropped)
        self._taken.labels("unreadable").inc(unreadable)

    def written(self, rows: int, seconds: float) -> None:
        self._rows.inc(rows)
        self._seconds.observe(seconds)

    def watch_buffer(self, count: Callable[[], int], most: int) -> None:
        """`count` is asked whenever somebody looks."""
        self._held.set_function(count)
        self._most.set(most)
