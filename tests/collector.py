"""A collector of OpenTelemetry, as far as it takes things: what was sent to it over HTTP, decoded."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

SECONDS_TO_ARRIVE = 20.0


@dataclass(slots=True)
class Taken:
    """A span or a record of the log. `attributes` includes those of the process that sent it."""

    name: str
    trace_id: str
    id: str
    parent_id: str
    attributes: dict[str, Any]
    kind: int = 0
    is_error: bool = False


@dataclass(slots=True)
class Collector:
    """What has arrived until now."""

    address: str
    spans: list[Taken] = field(default_factory=list)
    records: list[Taken] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def wait_for_span(self, is_meant: Callable[[Taken], bool]) -> Taken:
        return _wait_for(self.spans, is_meant)

    def wait_for_record(self, is_meant: Callable[[Taken], bool]) -> Taken:
        return _wait_for(self.records, is_meant)

    def take(self, path: str, body: bytes) -> bytes:
        self.raw.append(body)
        if path == "/v1/traces":
            self.spans += _spans(ExportTraceServiceRequest.FromString(body))
            return bytes(ExportTraceServiceResponse().SerializeToString())
        assert path == "/v1/logs", path
        self.records += _records(ExportLogsServiceRequest.FromString(body))
        return bytes(ExportLogsServiceResponse().SerializeToString())


@contextmanager
def collecting() -> Iterator[Collector]:
    """Listens on a free port of this machine until the block is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            answer = collector.take(self.path, body)
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its parent's signature
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    collector = Collector(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


def _wait_for(taken: list[Taken], is_meant: Callable[[Taken], bool]) -> Taken:
    end = time.monotonic() + SECONDS_TO_ARRIVE
    while time.monotonic() < end:
        found = next((each for each in list(taken) if is_meant(each)), None)
        if found is not None:
            return found
        time.sleep(0.02)
    message = f"it did not arrive; what did: {[each.name for each in taken]}"
    raise AssertionError(message)


def _values(attributes: Any) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in attributes}


def _spans(request: Any) -> Iterator[Taken]:
    for resource in request.resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Taken(
                    span.name,
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                    _values(resource.resource.attributes) | _values(span.attributes),
                    span.kind,
                    span.status.code == span.status.STATUS_CODE_ERROR,
                )


def _records(request: Any) -> Iterator[Taken]:
    for resource in request.resource_logs:
        for scope in resource.scope_logs:
            for record in scope.log_records:
                yield Taken(
                    record.body.string_value,
                    record.trace_id.hex(),
                    record.span_id.hex(),
                    "",
                    {
                        **_values(resource.resource.attributes),
                        **_values(record.attributes),
                        "level": record.severity_text,
                        "logger": scope.scope.name,
                    },
                )
