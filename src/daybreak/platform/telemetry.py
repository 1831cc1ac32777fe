"""Traces and logs for a collector of OpenTelemetry, where the settings name one. What speaks its protocol is
in `otlp.py`, and is loaded only then: its packages are an extra.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from typing import Protocol
from urllib.parse import urlsplit

from daybreak.platform.errors import DomainError
from daybreak.platform.observing import Observer, Told

EXTRA = "daybreak[telemetry]"
SPOKEN_BY = "daybreak.platform.otlp"

Attribute = str | int | float | bool


class TelemetryImpossible(DomainError):
    """A collector is named in a way, or in a place, in which nothing can be sent to it."""


class RequestSpan(Protocol):
    """A request that is being answered, as the trace shows it."""

    def answered(self, name: str, status: int, attributes: Mapping[str, Attribute]) -> None:
        """It was this operation. Ends the span."""
        ...

    def abandoned(self) -> None:
        """Nobody waits for the answer any more. Ends the span."""
        ...


class Telemetry(Protocol):
    """The way to a collector."""

    def request(
        self, method: str, headers: Mapping[bytes, bytes], attributes: Mapping[str, Attribute]
    ) -> RequestSpan:
        """Begins the span of a request, under that of the caller where the headers name one. What the same
        task does until it ends belongs to it.
        """
        ...

    def transaction(self, kind: str) -> AbstractContextManager[object]:
        """A span around a transaction, where it belongs to a request or a job."""
        ...

    def job(self, name: str) -> AbstractContextManager[object]:
        """A span around an attempt at a job."""
        ...

    def start(self) -> None:
        """Logs go to the collector from now on."""
        ...

    def stop(self) -> None:
        """Sends what is left. May take seconds."""
        ...


def open_telemetry(endpoint: str, database: str) -> Telemetry | None:
    """None where no collector is named. `database` is the kind of database that is traced.

    Raises:
        TelemetryImpossible: that is no address to send to, or the packages for it are not installed.

    """
    if not endpoint:
        return None
    require_telemetry(endpoint)
    opened: Telemetry = import_module(SPOKEN_BY).Collector(endpoint.rstrip("/"), database)
    return opened


def require_telemetry(endpoint: str) -> None:
    """Before others are started that need it. Raises as `open_telemetry` does."""
    if not endpoint:
        return
    if not _is_address(endpoint):
        raise TelemetryImpossible(
            "DAYBREAK_OTLP_ENDPOINT is the address of a collector, such as http://127.0.0.1:4318"
        )
    if set("@?#") & set(endpoint):
        # It would be logged with the address whenever the collector does not answer.
        raise TelemetryImpossible(
            "DAYBREAK_OTLP_ENDPOINT holds no name, password or key: OTEL_EXPORTER_OTLP_HEADERS does"
        )
    try:
        import_module(SPOKEN_BY)
    except ModuleNotFoundError as error:
        raise TelemetryImpossible(
            f"DAYBREAK_OTLP_ENDPOINT is set, and {error.name} is not installed: "
            f"install it with pip install '{EXTRA}', or unset the variable"
        ) from error


def _is_address(endpoint: str) -> bool:
    try:
        address = urlsplit(endpoint)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


class Traced:
    """An observer whose transactions and jobs are spans as well."""

    def __init__(self, observer: Observer, telemetry: Telemetry) -> None:
        self._observer = observer
        self._telemetry = telemetry

    @contextmanager
    def transaction(self, kind: str) -> Iterator[Told]:
        with self._telemetry.transaction(kind), self._observer.transaction(kind) as begin:
            yield begin

    @contextmanager
    def job(self, name: str) -> Iterator[Told]:
        with self._telemetry.job(name), self._observer.job(name) as ran:
            yield ran
