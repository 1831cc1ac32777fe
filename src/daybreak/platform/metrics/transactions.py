"""Numbers of what happens at the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy.exc import DBAPIError

from daybreak.platform.clock import stopwatch
from daybreak.platform.errors import Unavailable
from daybreak.platform.metrics.durations import DURATIONS
from daybreak.platform.observing import Told

KINDS_OF_TRANSACTIONS = ("reading", "writing")


class _Kind(NamedTuple):
    """What is counted of one kind of transaction."""

    waited: Histogram
    lasted: Histogram
    waiting: Gauge
    open: Gauge
    failed: Counter


class Transactions:
    """What happens at the database. Told by any thread."""

    def __init__(self, registry: CollectorRegistry) -> None:
        waited = Histogram(
            "daybreak_transaction_wait_seconds",
            "Until a transaction has a connection and, where it writes, its turn.",
            ["kind"],
            buckets=DURATIONS,
            registry=registry,
        )
        lasted = Histogram(
            "daybreak_transaction_duration_seconds",
            "From a transaction's beginning to its end.",
            ["kind"],
            buckets=DURATIONS,
            registry=registry,
        )
        waiting = Gauge(
            "daybreak_transactions_waiting",
            "Transactions that have not begun yet.",
            ["kind"],
            registry=registry,
        )
        running = Gauge(
            "daybreak_transactions_open",
            "Transactions that have begun and not ended.",
            ["kind"],
            registry=registry,
        )
        failed = Counter(
            "daybreak_transaction_failures",
            "Transactions that the database could not begin or end: gone, busy, full, or refused.",
            ["kind"],
            registry=registry,
        )
        self._in_use = Gauge(
            "daybreak_database_connections_in_use", "Connections lent from the pool.", registry=registry
        )
        self._most = Gauge(
            "daybreak_database_connections_limit", "Connections the pool lends at most.", registry=registry
        )
        self._kinds = {
            kind: _Kind(
                waited.labels(kind),
                lasted.labels(kind),
                waiting.labels(kind),
                running.labels(kind),
                failed.labels(kind),
            )
            for kind in KINDS_OF_TRANSACTIONS
        }

    @contextmanager
    def around(self, kind: str) -> Iterator[Told]:
        counted = self._kinds[kind]
        came_at, begun_at = stopwatch(), 0.0

        def begin() -> None:
            nonlocal begun_at
            begun_at = stopwatch()
            counted.waited.observe(begun_at - came_at)
            counted.waiting.dec()
            counted.open.inc()

        counted.waiting.inc()
        try:
            yield begin
        except (Unavailable, DBAPIError):
            counted.failed.inc()
            raise
        finally:
            if begun_at:
                counted.open.dec()
                counted.lasted.observe(stopwatch() - begun_at)
            else:
                counted.waiting.dec()

    def watch_pool(self, count: Callable[[], int], most: int) -> None:
        """`count` is asked whenever somebody looks."""
        self._in_use.set_function(count)
        self._most.set(most)
