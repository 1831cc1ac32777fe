"""What is asked of a server, all at once: lists, scores, polls, values, events; streams that come and go; and
a flag that changes each second. A process of its own, which tells at the end how it went.

Without a rate each connection sends the next request on each answer: so the highest rate is found. With one,
requests are due at their time whether or not the server is ready, and latencies count from then.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict, deque
from dataclasses import asdict, dataclass, field

import uvloop

from bench.lines import quantile
from bench.mix_connections import Connection, Stream
from bench.mix_requests import Place, Requests

CONNECTIONS = 32
STREAMS = 200
RECONNECTS_PER_SECOND = 20
SECONDS_TO_FINISH = 10.0
# A due request waits for the next of these.
TICK = 0.002
MINUTE = 60.0


@dataclass(slots=True)
class Outcome:
    """`minutes` are the median and the ninety-ninth percentile in milliseconds, of all requests and of each
    kind. `heard` counts the changes that came to all streams together.
    """

    requests: int = 0
    seconds: float = 0.0
    errors: dict[str, int] = field(default_factory=dict)
    minutes: list[dict[str, tuple[float, float]]] = field(default_factory=list)
    payloads: int = 0
    changes: int = 0
    heard: int = 0


class _Mix:
    """All connections and streams of one run."""

    def __init__(self, place: Place, rate: float | None) -> None:
        self._place = place
        self._requests = Requests(place)
        self._rate = rate
        self._outcome = Outcome()
        self._latencies: defaultdict[str, list[float]] = defaultdict(list)
        self._free: deque[Connection] = deque()
        self._due: deque[float] = deque()
        self._streams: deque[Stream] = deque()
        self._is_over = False

    async def run(self, seconds: float) -> Outcome:
        for _ in range(STREAMS):
            await self._open_stream()
        connections = [await self._connect() for _ in range(CONNECTIONS)]
        changing = await self._connect()
        began = time.perf_counter()
        self._free.extend(connections)
        tasks = [
            asyncio.create_task(each)
            for each in (self._send_all(), self._change(changing), self._reconnect(), self._tell())
        ]
        done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        for failed in done:
            failed.result()
        self._is_over = True
        self._outcome.seconds = time.perf_counter() - began
        for task in tasks:
            task.cancel()
        await self._finish([*connections, changing])
        return self._outcome

    async def _finish(self, connections: list[Connection]) -> None:
        """What was asked for is still answered, so that nothing is counted that may be lost."""
        await asyncio.wait(
            [asyncio.create_task(each.idle.wait()) for each in connections], timeout=SECONDS_TO_FINISH
        )
        for connection in connections:
            if connection.is_busy:
                self._failed("unanswered")
            connection.close()
        while self._streams:
            self._close_stream()
        self._keep_minute()

    async def _connect(self) -> Connection:
        return await Connection.open(self._place.host, self._place.port, self._answered, self._failed)

    async def _send_all(self) -> None:
        began, sent = time.perf_counter(), 0
        while True:
            now = time.perf_counter()
            if self._rate is None:
                self._due.extend(now for _ in self._free)
            else:
                wanted = int((now - began) * self._rate)
                self._due.extend(began + number / self._rate for number in range(sent, wanted))
                sent = wanted
            self._send_due()
            await asyncio.sleep(TICK)

    def _send_due(self) -> None:
        while self._due and self._free:
            connection = self._free.popleft()
            kind, request = self._requests.next(connection.etag)
            connection.send(kind, request, self._due.popleft())

    def _answered(self, connection: Connection, kind: str, status: int, latency: float) -> None:
        self._outcome.requests += 1
        self._latencies[kind].append(1000 * latency)
        if status not in self._requests.statuses(kind):
            self._failed(f"{kind} {status}")
        self._outcome.payloads += kind == "events" and status == 202
        self._outcome.changes += kind == "change" and status == 200
        if kind == "change" or self._is_over:
            return
        self._free.append(connection)
        if self._rate is None:
            self._due.append(time.perf_counter())
        self._send_due()

    def _failed(self, what: str) -> None:
        self._outcome.errors[what] = 1 + self._outcome.errors.get(what, 0)

    async def _change(self, connection: Connection) -> None:
        while True:
            if not connection.is_busy:
                connection.send("change", self._requests.change(), time.perf_counter())
            await asyncio.sleep(1)

    async def _open_stream(self) -> None:
        host, port, request = self._place.host, self._place.port, self._requests.stream()
        try:
            self._streams.append(await Stream.open(host, port, request, self._began, self._failed))
        except OSError as error:
            self._failed(f"no stream: {error}")

    def _close_stream(self) -> None:
        if self._streams:
            oldest = self._streams.popleft()
            self._outcome.heard += oldest.changes
            oldest.close()

    def _began(self, latency: float) -> None:
        self._latencies["stream"].append(1000 * latency)

    async def _reconnect(self) -> None:
        while True:
            await asyncio.sleep(1 / RECONNECTS_PER_SECOND)
            self._close_stream()
            await self._open_stream()

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(MINUTE)
            self._keep_minute()

    def _keep_minute(self) -> None:
        requests = [each for kind, some in self._latencies.items() if kind != "stream" for each in some]
        if not requests:
            return
        of_kinds = {"all": requests, **self._latencies}
        measured = {kind: (quantile(some, 0.5), quantile(some, 0.99)) for kind, some in of_kinds.items()}
        self._outcome.minutes.append(measured)
        self._latencies.clear()
        p50, p99 = measured["all"]
        told = f"{len(requests):,} requests, p50 {p50:.1f} ms, p99 {p99:.1f} ms"
        print(f"  {told}, errors: {self._outcome.errors}", file=sys.stderr, flush=True)


def main() -> None:
    place, rate, seconds = json.loads(sys.argv[1])
    outcome = uvloop.run(_Mix(Place(**place), rate).run(seconds))
    print(json.dumps(asdict(outcome)))


if __name__ == "__main__":
    main()
