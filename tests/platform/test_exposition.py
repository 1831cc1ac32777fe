"""What Prometheus reads, of one process and of several that share a port. Read by its own parser."""

import multiprocessing
from collections.abc import Mapping
from pathlib import Path

from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as parse_open_metrics,
)
from prometheus_client.parser import text_string_to_metric_families

from daybreak.platform.clock import SECOND, FixedClock, SystemClock
from daybreak.platform.metrics.exposition import OUTDATED, Exposition, Sharing, shared_folder
from daybreak.platform.metrics.process import Metrics, open_metrics

DONE = 'daybreak_job_runs_total{job_name="work",outcome="done"}'


class Process:
    """One of several that share a port, as far as it counts."""

    def __init__(self, folder: Path, place: int, clock: FixedClock) -> None:
        self.metrics: Metrics = open_metrics(clock)
        self.exposition = Exposition(self.metrics.registry, clock, Sharing(folder, place))

    def work(self, times: int = 1) -> None:
        for _ in range(times):
            with self.metrics.job("work") as ran:
                ran()

    def show(self) -> Mapping[str, float]:
        return numbers(self.exposition)


def numbers(exposition: Exposition) -> Mapping[str, float]:
    body, _ = exposition.show("")
    return {
        sample.name + _labels(sample.labels): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{labels[name]}"' for name in sorted(labels)) + "}" if labels else ""


def test_show__one_process__shows_its_own(clock: FixedClock) -> None:
    metrics = open_metrics(clock)
    metrics.streams.opened("server")
    metrics.requests.answered("api", "getProjects", 200, 0.003)
    shown = numbers(Exposition(metrics.registry, clock))
    assert shown['daybreak_streams_open{kind="server"}'] == 1
    assert shown['daybreak_requests_total{door="api",operation="getProjects",status="2xx"}'] == 1
    buckets = "daybreak_request_duration_seconds_bucket"
    assert shown[buckets + '{door="api",le="0.0025",operation="getProjects"}'] == 0
    assert shown[buckets + '{door="api",le="0.005",operation="getProjects"}'] == 1
    assert shown["process_open_fds"] > 0


def test_show__newer_format_asked_for__is_valid_in_it(clock: FixedClock) -> None:
    metrics = open_metrics(clock)
    metrics.requests.answered("api", "getProjects", 200, 0.003)
    body, media_type = Exposition(metrics.registry, clock).show("application/openmetrics-text;version=1.0.0")
    assert media_type.startswith("application/openmetrics-text")
    names = {family.name for family in parse_open_metrics(body.decode())}  # type: ignore[no-untyped-call]  # it says no types
    assert {"daybreak_requests", "daybreak_build_info"} <= names


def test_show__several_processes__answers_for_all_whoever_is_asked(tmp_path: Path, clock: FixedClock) -> None:
    one, other = Process(tmp_path, 0, clock), Process(tmp_path, 1, clock)
    one.work(2)
    other.work(3)
    one.metrics.streams.opened("server")
    other.metrics.streams.opened("server")
    one.show()
    for asked in (other, one):
        shown = asked.show()
        assert shown[DONE] == 5
        assert shown['daybreak_streams_open{kind="server"}'] == 2
        assert shown['daybreak_job_duration_seconds_bucket{job_name="work",le="+Inf"}'] == 5


def test_show__folder_gone__shows_its_own(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    process = Process(folder, 0, clock)
    process.exposition.start()
    folder.rename(tmp_path / "elsewhere")
    process.work(3)
    assert process.show()[DONE] == 3
    process.exposition.stop()


def test_show__one_after_the_other__never_falls(tmp_path: Path, clock: FixedClock) -> None:
    one, other = Process(tmp_path, 0, clock), Process(tmp_path, 1, clock)
    one.work()
    assert one.show()[DONE] == 1
    one.work()
    assert [one.show()[DONE], other.show()[DONE]] == [2, 2]


def test_show__not_sums__are_combined_as_they_mean(tmp_path: Path, clock: FixedClock) -> None:
    one, other = Process(tmp_path, 0, clock), Process(tmp_path, 1, clock)
    one.work()
    clock.advance(10 * SECOND)
    other.work()
    one.show()
    shown = other.show()
    assert shown['daybreak_job_last_success_timestamp_seconds{job_name="work"}'] == clock.now() / SECOND
    [build] = [value for name, value in shown.items() if name.startswith("daybreak_build_info")]
    assert build == 1
    assert shown["process_start_time_seconds"] < SystemClock().now() / SECOND


def test_show__process_replaced__keeps_what_it_had_counted(tmp_path: Path, clock: FixedClock) -> None:
    survivor, dead = Process(tmp_path, 0, clock), Process(tmp_path, 1, clock)
    survivor.work()
    dead.work(4)
    dead.metrics.streams.opened("server")
    dead.show()
    replacing = Process(tmp_path, 1, clock)
    replacing.work()
    shown = replacing.show()
    assert shown[DONE] == 5
    assert 'daybreak_streams_open{kind="server"}' not in shown
    assert survivor.show()[DONE] == 6


def test_show__process_gone__counts_what_it_did_and_nothing_it_held(
    tmp_path: Path, clock: FixedClock
) -> None:
    survivor, dead = Process(tmp_path, 0, clock), Process(tmp_path, 1, clock)
    dead.work(4)
    dead.metrics.streams.opened("server")
    dead.show()
    assert survivor.show()['daybreak_streams_open{kind="server"}'] == 1
    clock.advance(OUTDATED)
    shown = survivor.show()
    assert shown[DONE] == 4
    assert 'daybreak_streams_open{kind="server"}' not in shown


def _serve_in_a_process(folder: Path, place: int) -> None:
    clock = SystemClock()
    metrics = open_metrics(clock)
    exposition = Exposition(metrics.registry, clock, Sharing(folder, place))
    exposition.start()
    metrics.streams.told(changes=10, listeners=1)
    exposition.stop()


def test_stop__forked_processes__leave_what_they_counted(clock: FixedClock) -> None:
    forking = multiprocessing.get_context("spawn")
    with shared_folder() as folder:
        processes = [forking.Process(target=_serve_in_a_process, args=[folder, place]) for place in (1, 2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(timeout=30)
        shown = Process(folder, 0, clock).show()
        assert folder.stat().st_mode & 0o077 == 0
    assert shown["daybreak_stream_changes_total"] == 20
    assert not folder.exists()
