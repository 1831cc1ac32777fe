"""Which versions of applications SDKs are seen to run in: each is told once, as far as this process knows."""

from threading import Lock

from daybreak.areas.insights.intake import RunningVersion
from daybreak.ingestion.applications import Application

# How many versions wait to be told, and how many are remembered as told. Whoever knows the id of an
# environment may invent versions: what there is no room for is told when it is seen again.
MOST_WAITING = 100
MOST_TOLD = 20_000

Place = tuple[str, str, str]


class RunningVersions:
    """Shared by the event loop and the writing thread. What was not written is given again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._told: set[Place] = set()
        self._waiting: dict[Place, RunningVersion] = {}
        self._taken: list[RunningVersion] = []

    def see(self, environment_id: str, application: Application, kind: str, now: int) -> None:
        """Runs once a payload: nearly all were told before."""
        place = environment_id, application.key, application.version
        if place in self._told:
            return
        with self._lock:
            if place not in self._waiting and len(self._waiting) < MOST_WAITING:
                self._waiting[place] = RunningVersion(
                    environment_id, application.key, application.name, application.version, kind, now
                )

    def take(self) -> list[RunningVersion]:
        """All that was not told yet. Call `forget` once it is."""
        with self._lock:
            self._taken = list(self._waiting.values())
        return self._taken

    def forget(self) -> None:
        """What `take` gave last is told."""
        with self._lock:
            if len(self._told) + len(self._taken) > MOST_TOLD:
                self._told.clear()
            for each in self._taken:
                self._told.add(each.place)
                self._waiting.pop(each.place, None)
            self._taken = []

    @property
    def is_empty(self) -> bool:
        return not self._waiting
