"""Numbers of recurring work, and of what is sent to others."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from daybreak.platform.clock import SECOND, Clock, stopwatch
from daybreak.platform.metrics.durations import LONG_DURATIONS
from daybreak.platform.observing import Told


class Jobs:
    """Work that recurs. Told by any thread. The label is no `job`: Prometheus calls by that whom it asks."""

    def __init__(self, registry: CollectorRegistry, clock: Clock) -> None:
        self._clock = clock
        self._ran = Counter(
            "daybreak_job_runs",
            "Runs of recurring work: done, or failed.",
            ["job_name", "outcome"],
            registry=registry,
        )
        self._seconds = Histogram(
            "daybreak_job_duration_seconds",
            "How long recurring work takes.",
            ["job_name"],
            buckets=LONG_DURATIONS,
            registry=registry,
        )
        self._last = Gauge(
            "daybreak_job_last_success_timestamp_seconds",
            "When recurring work was done last by this server, in Unix time.",
            ["job_name"],
            registry=registry,
        )

    @contextmanager
    def around(self, name: str) -> Iterator[Told]:
        began_at, has_run = stopwatch(), False

        def ran() -> None:
            nonlocal has_run
            has_run = True

        try:
            yield ran
        except Exception:
            self._ran.labels(name, "failed").inc()
            raise
        if has_run:
            self._ran.labels(name, "done").inc()
            self._seconds.labels(name).observe(stopwatch() - began_at)
            self._last.labels(name).set(self._clock.now() / SECOND)


class Sent:
    """What goes out to others. Told by any thread."""

    def __init__(self, registry: CollectorRegistry) -> None:
        webhooks = Counter(
            "daybreak_webhook_deliveries",
            "Attempts to deliver to webhooks: delivered, or failed and to be tried again.",
            ["outcome"],
            registry=registry,
        )
        mails = Counter(
            "daybreak_mails",
            "Attempts to send mail: sent, or failed and to be tried again.",
            ["outcome"],
            registry=registry,
        )
        self._webhooks = {True: webhooks.labels("delivered"), False: webhooks.labels("failed")}
        self._mails = {True: mails.labels("sent"), False: mails.labels("failed")}

    def webhook(self, has_arrived: bool) -> None:  # noqa: FBT001 - a TellOutcome
        self._webhooks[has_arrived].inc()

    def mail(self, has_arrived: bool) -> None:  # noqa: FBT001 - a TellOutcome
        self._mails[has_arrived].inc()
