"""Shows what `metrics/` counts, in the formats that Prometheus reads: of this process, or of all that share
a port.

Processes that share a port show each other their numbers in a folder: whichever is asked answers for all.
Each writes its own now and then, and when it is asked. Nothing of that happens where there is one process.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric

from daybreak.platform.clock import SECOND, Clock

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_WRITES = 2.0
# What is older was written by a process that is gone, or stuck: it has nothing open and holds nothing.
OUTDATED = 20 * SECOND

# How the numbers of several processes become one, where that is not their sum.
COMBINED: Mapping[str, Callable[[float, float], float]] = {
    "daybreak_build_info": max,
    "daybreak_job_last_success_timestamp_seconds": max,
    "process_start_time_seconds": min,
}
# These never fall, so what a process had counted stays when it is gone.
LASTING = frozenset({"counter", "histogram"})

Labels = tuple[tuple[str, str], ...]


class Family(msgspec.Struct):
    """A number that is watched: of each of its samples the name and the labels, and how much it is."""

    name: str
    meaning: str
    kind: str
    samples: dict[tuple[str, Labels], float]


class _Written(msgspec.Struct):
    """What a process shows the others. `at` is in Unix milliseconds."""

    at: int
    families: list[tuple[str, str, str, list[tuple[str, Labels, float]]]]


class Own:
    """Families that are collected elsewhere, as the encoders of the client ask for them."""

    def __init__(self, families: Iterable[Family]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        for family in self._families:
            metric = Metric(family.name, family.meaning, family.kind)
            for (name, labels), value in family.samples.items():
                metric.add_sample(name, dict(labels), value)
            yield metric


def read_families(registry: CollectorRegistry) -> list[Family]:
    """What has been counted until now. When a counter was made interests nobody."""
    return [
        Family(
            metric.name,
            metric.documentation,
            metric.type,
            {
                (sample.name, tuple(sample.labels.items())): sample.value
                for sample in metric.samples
                if not sample.name.endswith("_created")
            },
        )
        for metric in registry.collect()
    ]


def combine(parts: Iterable[Sequence[Family]]) -> list[Family]:
    """One family of each name: sums, but for what COMBINED names."""
    found: dict[str, Family] = {}
    for family in (each for part in parts for each in part):
        known = found.setdefault(family.name, Family(family.name, family.meaning, family.kind, {}))
        together = COMBINED.get(family.name, _add)
        for place, value in family.samples.items():
            before = known.samples.get(place)
            known.samples[place] = value if before is None else together(before, value)
    return list(found.values())


def _add(one: float, other: float) -> float:
    return one + other


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where the processes that share a port show each other their numbers, and which of them this one is."""

    folder: Path
    place: int


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder for the processes that will be forked from this one. Nobody else reads it, and it goes with
    the block.
    """
    with TemporaryDirectory(prefix="daybreak-metrics-") as folder:
        yield Path(folder)


class Exposition:
    """The numbers of all the processes of this machine that share the port. May be called from any thread."""

    def __init__(self, registry: CollectorRegistry, clock: Clock, sharing: Sharing | None = None) -> None:
        self._registry = registry
        self._shared = None if sharing is None else _SharedNumbers(registry, clock, sharing)

    def start(self) -> None:
        if self._shared is not None:
            self._shared.start()

    def stop(self) -> None:
        if self._shared is not None:
            self._shared.stop()

    def show(self, accept: str, more: Sequence[Family] = ()) -> tuple[bytes, str]:
        """The text and its media type, as the Accept header asks. `more` is the same in all processes."""
        own = read_families(self._registry) if self._shared is None else self._shared.read_all()
        encode, media_type = choose_encoder(accept)
        return encode(Own([*own, *more])), media_type


class _SharedNumbers:
    """The files of a shared folder: one for each process, by its place."""

    def __init__(self, registry: CollectorRegistry, clock: Clock, sharing: Sharing) -> None:
        self._registry = registry
        self._clock = clock
        self._folder = sharing.folder
        self._file = sharing.folder / f"{sharing.place}.metrics"
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write_now_and_then, name="metrics", daemon=True)
        # A process that died and was replaced by this one.
        self._before = _lasting(_read(self._file))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
            self._write()

    def read_all(self) -> list[Family]:
        """Writes first: whoever is asked next must not know less."""
        own, now = self._write(), self._clock.now()
        others = [_read(file) for file in self._folder.glob("*.metrics") if file != self._file]
        shown = [_families(each) if now - each.at < OUTDATED else _lasting(each) for each in others]
        return combine([own, *shown])

    def _write_now_and_then(self) -> None:
        while True:
            self._write()
            if self._stop.wait(SECONDS_BETWEEN_WRITES):
                return

    def _write(self) -> list[Family]:
        with self._lock:
            families = combine([read_families(self._registry), self._before])
            written = _Written(
                self._clock.now(),
                [
                    (
                        each.name,
                        each.meaning,
                        each.kind,
                        [(*place, value) for place, value in each.samples.items()],
                    )
                    for each in families
                ],
            )
            try:
                # Moved into its place, so that nobody reads half of it.
                new = self._file.with_suffix(".new")
                new.write_bytes(msgspec.msgpack.encode(written))
                new.replace(self._file)
            except OSError:
                logger.exception("what was counted could not be shown to the other processes")
        return families


def _read(file: Path) -> _Written:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=_Written)
    except FileNotFoundError:
        return _Written(0, [])


def _families(written: _Written) -> list[Family]:
    return [
        Family(name, meaning, kind, {(sample, labels): value for sample, labels, value in samples})
        for name, meaning, kind, samples in written.families
    ]


def _lasting(written: _Written) -> list[Family]:
    return [family for family in _families(written) if family.kind in LASTING]
