"""All the numbers of one process."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.process_collector import ProcessCollector

from daybreak import __version__
from daybreak.platform.clock import Clock
from daybreak.platform.metrics.requests import RememberedLookups, Requests
from daybreak.platform.metrics.sdks import Events, Streams
from daybreak.platform.metrics.transactions import Transactions
from daybreak.platform.metrics.work import Jobs, Sent
from daybreak.platform.observing import Told
from daybreak.platform.schema import newest_schema_version


@dataclass(frozen=True, slots=True)
class Metrics:
    """The numbers of one process, by who tells them. An `Observer` of the platform."""

    registry: CollectorRegistry
    requests: Requests
    remembered: RememberedLookups
    streams: Streams
    events: Events
    transactions: Transactions
    jobs: Jobs
    sent: Sent

    def transaction(self, kind: str) -> AbstractContextManager[Told]:
        return self.transactions.around(kind)

    def job(self, name: str) -> AbstractContextManager[Told]:
        return self.jobs.around(name)


def open_metrics(clock: Clock) -> Metrics:
    registry = CollectorRegistry()
    # Its own numbers: `process_cpu_seconds_total`, `process_resident_memory_bytes`, `process_open_fds`.
    ProcessCollector(registry=registry)
    build = Gauge("daybreak_build_info", "Always 1.", ["version", "schema"], registry=registry)
    build.labels(__version__, newest_schema_version()).set(1)
    return Metrics(
        registry,
        Requests(registry),
        RememberedLookups(registry),
        Streams(registry, clock),
        Events(registry),
        Transactions(registry),
        Jobs(registry, clock),
        Sent(registry),
    )
