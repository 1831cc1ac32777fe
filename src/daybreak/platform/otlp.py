"""Speaks OpenTelemetry's protocol over HTTP. Loaded by `telemetry.py` only where a collector is named.

What the specification lets users set by `OTEL_*` variables holds as well: sampling, headers that prove who
sends, attributes of the resource, sizes of batches.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

from opentelemetry import context

# The underscore says that logs are younger than traces; handlers are made of nothing else.
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.semconv.attributes.db_attributes import DB_SYSTEM_NAME
from opentelemetry.semconv.attributes.error_attributes import ERROR_TYPE
from opentelemetry.semconv.attributes.http_attributes import (
    HTTP_REQUEST_METHOD,
    HTTP_RESPONSE_STATUS_CODE,
)
from opentelemetry.trace import Span, SpanKind, StatusCode, get_current_span, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from daybreak import __version__
from daybreak.platform.identifiers import unique_id
from daybreak.platform.logging import fields_of
from daybreak.platform.telemetry import Attribute

# What the way to the collector itself says: sent there, it would lead to more of it.
OWN_LOGGERS = ("opentelemetry", "urllib3", "requests")

SECONDS_TO_SEND_THE_LAST = 2.0

METHODS = frozenset(
    {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "REPORT"}
)


class Collector:
    """The `Telemetry` of a process."""

    def __init__(self, endpoint: str, database: str) -> None:
        self._database = database
        resource = _describe_process()
        self._traces = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
        self._tracer = self._traces.get_tracer("daybreak", __version__)
        self._propagator = TraceContextTextMapPropagator()
        self._logs = LoggerProvider(resource=resource, shutdown_on_exit=False)
        self._logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(f"{endpoint}/v1/logs")))
        self._handler = _LogHandler(self._logs)

    def start(self) -> None:
        logging.getLogger().addHandler(self._handler)

    def stop(self) -> None:
        logging.getLogger().removeHandler(self._handler)
        # Each tries for as long as it may to reach a collector that is gone, and no stop waits for that.
        sending = [
            threading.Thread(target=provider.shutdown, name="telemetry", daemon=True)
            for provider in (self._traces, self._logs)
        ]
        for thread in sending:
            thread.start()
        for thread in sending:
            thread.join(SECONDS_TO_SEND_THE_LAST)

    def request(
        self, method: str, headers: Mapping[bytes, bytes], attributes: Mapping[str, Attribute]
    ) -> "_Request":
        carrier = {
            name: headers[name.encode()].decode("latin-1")
            for name in ("traceparent", "tracestate")
            if name.encode() in headers
        }
        # Of made-up methods there may be any number.
        known = method if method in METHODS else "_OTHER"
        span = self._tracer.start_span(
            "request",
            context=self._propagator.extract(carrier),
            kind=SpanKind.SERVER,
            attributes={HTTP_REQUEST_METHOD: known, **attributes},
        )
        # The task's own context: it ends with the task.
        context.attach(set_span_in_context(span))
        return _Request(span)

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        # Messages of errors may hold what was to be written, so only their kind is told.
        with self._tracer.start_as_current_span(
            name, attributes={"daybreak.job": name}, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except Exception as error:
                span.set_attribute(ERROR_TYPE, type(error).__qualname__)
                span.set_status(StatusCode.ERROR)
                raise

    def transaction(self, kind: str) -> AbstractContextManager[object]:
        if not get_current_span().get_span_context().is_valid:
            return nullcontext()
        return self._tracer.start_as_current_span(
            f"{kind} transaction",
            kind=SpanKind.CLIENT,
            attributes={DB_SYSTEM_NAME: self._database, "daybreak.transaction": kind},
            # Refusals pass through as well; what failed is told by the request or the job around it.
            record_exception=False,
            set_status_on_exception=False,
        )


class _Request:
    """A `RequestSpan`."""

    def __init__(self, span: Span) -> None:
        self._span = span

    def answered(self, name: str, status: int, attributes: Mapping[str, Attribute]) -> None:
        self._span.update_name(name)
        self._span.set_attributes({HTTP_RESPONSE_STATUS_CODE: status, **attributes})
        if status >= 500:
            self._span.set_attribute(ERROR_TYPE, str(status))
            self._span.set_status(StatusCode.ERROR)
        self._span.end()

    def abandoned(self) -> None:
        self._span.end()


class _LogHandler(logging.Handler):
    """Sends what is logged, with the same fields as the lines on standard error."""

    def __init__(self, provider: LoggerProvider) -> None:
        super().__init__()
        self._provider = provider

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(OWN_LOGGERS):
            return
        told = LogRecord(
            timestamp=int(record.created * 1e9),
            severity_text=record.levelname,
            severity_number=SeverityNumber(record.levelno // 10 * 4 + 1),
            body=record.getMessage(),
            attributes={name: _attribute(value) for name, value in fields_of(record).items()},
        )
        self._provider.get_logger(record.name).emit(told)


def _attribute(value: object) -> Attribute:
    return value if isinstance(value, str | bool | int | float) else str(value)


def _describe_process() -> Resource:
    own: dict[str, Attribute] = {
        "service.name": "daybreak",
        "service.version": __version__,
        "service.instance.id": unique_id(),
    }
    return Resource.create({**own, **OTELResourceDetector().detect().attributes})
