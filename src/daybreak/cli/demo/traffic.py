"""The made-up people use the shop: they evaluate its flags as an SDK does, and send what an SDK sends.

A thread beside the server that speaks to it over HTTP, as anybody else; it ends with the server.
"""

import http.client
import logging
import threading
from collections import Counter
from itertools import cycle, islice
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec

from daybreak.cli.demo.applications import WEB
from daybreak.cli.demo.flags import FLAGS, TRAFFIC
from daybreak.cli.demo.history import latest_version
from daybreak.cli.demo.people import list_people
from daybreak.delivery.snapshot import PolledPayload, Scene, take_snapshot
from daybreak.logic.evaluation.context import parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.platform.clock import Clock
from daybreak.platform.identifiers import unique_id

logger = logging.getLogger(__name__)

SECONDS_BETWEEN = 1.0
PEOPLE_AT_ONCE = 20

UNUSED = {TRAFFIC} | {flag.key for flag in FLAGS if flag.asked_until}


class _Address(NamedTuple):
    host: str
    port: int


class Traffic:
    """Runs while the block does. What cannot be sent is left out: the next second brings more."""

    def __init__(self, host: str, port: int, sdk_key: str, clock: Clock) -> None:
        self._address = _Address(host, port)
        self._headers = {
            "Authorization": sdk_key,
            "User-Agent": "DaybreakDemo",
            "X-LaunchDarkly-Event-Schema": "4",
            "X-LaunchDarkly-Tags": f"application-id/{WEB.key} application-version/{latest_version(WEB)}",
        }
        self._clock = clock
        self._tag = ""
        self._scene: Scene | None = None
        self._people = cycle(list_people())
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demo", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN):
            try:
                self._use()
            except (OSError, http.client.HTTPException, msgspec.DecodeError) as error:
                logger.debug("the made-up people were not served: %s", error)

    def _use(self) -> None:
        connection = http.client.HTTPConnection(*self._address, timeout=5)
        try:
            scene = self._poll(connection)
            if scene is not None and _is_on(scene):
                body = msgspec.json.encode(self._evaluate(scene))
                more = {"Content-Type": "application/json", "X-LaunchDarkly-Payload-ID": unique_id()}
                connection.request("POST", "/bulk", body, self._headers | more)
                connection.getresponse().read()
        finally:
            connection.close()

    def _poll(self, connection: http.client.HTTPConnection) -> Scene | None:
        connection.request("GET", "/sdk/latest-all", headers=self._headers | {"If-None-Match": self._tag})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status == 200:
            self._tag = answer.headers["ETag"]
            self._scene = Scene(take_snapshot("demo", msgspec.json.decode(body, type=PolledPayload)))
        return self._scene if answer.status in {200, 304} else None

    def _evaluate(self, scene: Scene) -> list[dict[str, Any]]:
        """Some people, each of whom asks for every flag that there is a use for."""
        now = self._clock.now()
        people = list(islice(self._people, PEOPLE_AT_ONCE))
        counts: dict[str, Counter[tuple[int | None, int]]] = {}
        for person in people:
            evaluation = Evaluation(parse_context(person), scene)
            for key, item in scene.snapshot.flags.items():
                if key not in UNUSED:
                    told = evaluation.evaluate(item.flag).variation, item.version
                    counts.setdefault(key, Counter())[told] += 1
        features = {key: _represent(counter) for key, counter in counts.items()}
        index = [{"kind": "index", "creationDate": now, "context": person} for person in people]
        return [*index, {"kind": "summary", "startDate": now, "endDate": now, "features": features}]


def _is_on(scene: Scene) -> bool:
    switch = scene.snapshot.flag(TRAFFIC)
    context = parse_context({"kind": "simulation", "key": "demo"})
    return switch is not None and Evaluation(context, scene).evaluate(switch).value is True


def _represent(counter: Counter[tuple[int | None, int]]) -> dict[str, Any]:
    counters = [
        {"count": count, "version": version} | ({} if variation is None else {"variation": variation})
        for (variation, version), count in counter.items()
    ]
    return {"default": None, "contextKinds": ["user"], "counters": counters}
