"""What a collector is sent of requests, jobs and transactions, and what it is not."""

import contextvars
import logging
from collections.abc import Iterator
from contextlib import suppress

import pytest

from collector import Collector, collecting
from daybreak.platform.clock import SystemClock
from daybreak.platform.metrics.process import open_metrics
from daybreak.platform.telemetry import Telemetry, TelemetryImpossible, Traced, open_telemetry

PARENT = {b"traceparent": b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as opened:
        yield opened


@pytest.fixture
def telemetry(collector: Collector) -> Iterator[Telemetry]:
    opened = open_telemetry(collector.address, "sqlite")
    assert opened is not None
    yield opened
    opened.stop()


def names(collector: Collector) -> list[str]:
    return [span.name for span in collector.spans]


def test_job__that_fails__tells_the_kind_of_error_and_no_more(
    telemetry: Telemetry, collector: Collector
) -> None:
    with suppress(ValueError), telemetry.job("send mail"):
        raise ValueError("a secret")
    telemetry.stop()
    [span] = collector.spans
    assert (span.name, span.is_error, span.attributes["error.type"]) == ("send mail", True, "ValueError")
    assert b"a secret" not in b"".join(collector.raw)


def test_transaction__within_a_job__belongs_to_it(telemetry: Telemetry, collector: Collector) -> None:
    traced = Traced(open_metrics(SystemClock()), telemetry)
    with traced.job("send mail") as ran:
        with traced.transaction("writing") as begun:
            begun()
        ran()
    telemetry.stop()
    inner, outer = sorted(collector.spans, key=lambda span: span.name, reverse=True)
    assert (inner.name, inner.parent_id, inner.trace_id) == ("writing transaction", outer.id, outer.trace_id)
    assert inner.attributes["db.system.name"] == "sqlite"


def test_transaction__for_no_request__is_no_trace(telemetry: Telemetry, collector: Collector) -> None:
    with telemetry.transaction("reading"):
        pass
    telemetry.stop()
    assert names(collector) == []


def _in_a_task(telemetry: Telemetry, method: str, status: int | None) -> None:
    def run() -> None:
        span = telemetry.request(method, PARENT, {})
        if status is None:
            span.abandoned()
        else:
            span.answered("getProject", status, {})

    contextvars.copy_context().run(run)


@pytest.mark.parametrize(("status", "is_error"), [(200, False), (404, False), (500, True), (503, True)])
def test_request__answered__is_an_error_where_the_server_is_to_blame(
    telemetry: Telemetry,
    collector: Collector,
    status: int,
    is_error: bool,  # noqa: FBT001 - it is expected
) -> None:
    _in_a_task(telemetry, "GET", status)
    telemetry.stop()
    [span] = collector.spans
    assert (span.name, span.is_error, span.parent_id) == ("getProject", is_error, "b7ad6b7169203331")


def test_request__made_up_method__is_told_as_another(telemetry: Telemetry, collector: Collector) -> None:
    _in_a_task(telemetry, "BREW", 405)
    telemetry.stop()
    assert collector.spans[0].attributes["http.request.method"] == "_OTHER"


def test_request__caller_gone__ends_all_the_same(telemetry: Telemetry, collector: Collector) -> None:
    _in_a_task(telemetry, "GET", None)
    telemetry.stop()
    assert names(collector) == ["request"]


def test_request__not_sampled_by_the_caller__is_not_sent(telemetry: Telemetry, collector: Collector) -> None:
    unsampled = {b"traceparent": PARENT[b"traceparent"][:-2] + b"00"}
    contextvars.copy_context().run(lambda: telemetry.request("GET", unsampled, {}).answered("x", 200, {}))
    telemetry.stop()
    assert names(collector) == []


def test_logs__with_fields_that_are_no_numbers__are_sent_as_texts(
    telemetry: Telemetry, collector: Collector
) -> None:
    telemetry.start()
    logging.getLogger("daybreak.test").error(
        "it failed", extra={"reason": ["a", 1], "path": "/welcome/" + "x" * 43}
    )
    logging.getLogger("urllib3.connectionpool").error("of the way itself")
    telemetry.stop()
    [record] = collector.records
    assert (record.name, record.attributes["reason"]) == ("it failed", "['a', 1]")
    assert record.attributes["path"] == "/welcome/…xxxx"


@pytest.mark.parametrize(
    "address", ["127.0.0.1:4318", "grpc://127.0.0.1:4317", "http://", "http://[bad", "http://here:99999"]
)
def test_open_telemetry__no_address_of_a_collector__is_refused(address: str) -> None:
    with pytest.raises(TelemetryImpossible, match="such as http"):
        open_telemetry(address, "sqlite")


@pytest.mark.parametrize("address", ["http://me:hush@here", "http://here/?api-key=hush", "http://here/#hush"])
def test_open_telemetry__address_that_holds_a_secret__is_refused_without_it(address: str) -> None:
    with pytest.raises(TelemetryImpossible, match="OTEL_EXPORTER_OTLP_HEADERS") as refusal:
        open_telemetry(address, "sqlite")
    assert "hush" not in refusal.value.message


def test_open_telemetry__nothing_set__is_none() -> None:
    assert open_telemetry("", "sqlite") is None
