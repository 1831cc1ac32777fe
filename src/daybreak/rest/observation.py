"""All that lets operators see inside: handed to those who tell, and shown to those who look."""

from collections.abc import Sequence

from daybreak.platform import dialect
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database
from daybreak.platform.metrics.exposition import Exposition, Sharing
from daybreak.platform.metrics.process import open_metrics
from daybreak.platform.metrics.standing import REVISION, Question, Standing
from daybreak.platform.observing import Observer
from daybreak.platform.telemetry import Traced, open_telemetry
from daybreak.rest.metrics_door import MetricsDoor
from daybreak.rest.watching import Watch
from daybreak.settings import Settings


class Observation:
    """Begins with the database: its transactions are watched from now on. With `sharing`, numbers are those
    of all the processes that share the port.
    """

    def __init__(self, settings: Settings, database: Database, clock: Clock, sharing: Sharing | None) -> None:
        self.metrics = open_metrics(clock)
        self._telemetry = open_telemetry(settings.otlp_endpoint, dialect.system_name(database.engine))
        self.observer: Observer = (
            self.metrics if self._telemetry is None else Traced(self.metrics, self._telemetry)
        )
        self.watch = Watch(self.metrics.requests, self._telemetry)
        self._settings = settings
        self._database = database
        self._exposition = Exposition(self.metrics.registry, clock, sharing)
        database.observer = self.observer
        self.metrics.transactions.watch_pool(
            lambda: dialect.connections_lent(database.engine), dialect.MOST_CONNECTIONS
        )

    def open_door(self, questions: Sequence[Question]) -> MetricsDoor:
        """`questions` are asked besides those that the platform has itself."""
        standing = Standing(self._database, [REVISION, *questions])
        return MetricsDoor(
            self._exposition, standing, self._settings.metrics_networks, self._settings.metrics_token
        )

    def start(self) -> None:
        self._exposition.start()
        if self._telemetry is not None:
            self._telemetry.start()

    def stop(self) -> None:
        """Sends and writes what is left. May take seconds."""
        if self._telemetry is not None:
            self._telemetry.stop()
        self._exposition.stop()
