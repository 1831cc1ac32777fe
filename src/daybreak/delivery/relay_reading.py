"""What Relay Proxies see, read from the database: no more of it than has changed since the last time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from daybreak.delivery.relays import (
    KeyedEnvironments,
    RelayEnvironment,
    RelayKey,
    RelayKeys,
    Shown,
    take_environment,
)
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database, Transaction, read_revision
from daybreak.platform.outbox import Told, list_told, read_last_told

CONFIGURATION = "relay-proxy-config"

# Changes of these kinds may change what relays see.
KINDS = ("environment", "project", CONFIGURATION)

# So many environments and projects are read one by one; where more have changed, all are.
FEW = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read the last time: all environments at a revision, or none yet."""

    revision: int
    environments: Shown | None


@dataclass(frozen=True, slots=True)
class News:
    """What was read: all environments, and of the digests that were asked for those that work."""

    revision: int
    version: int
    environments: Shown
    asked: Collection[str]
    keys: Mapping[str, RelayKey]


class RelayReader:
    """Asks those who keep environments and configurations. From any thread."""

    def __init__(
        self, database: Database, clock: Clock, environments: KeyedEnvironments, keys: RelayKeys
    ) -> None:
        self._database = database
        self._clock = clock
        self._environments = environments
        self._keys = keys

    def is_key(self, key_digest: str) -> bool:
        with self._database.reading() as db:
            return key_digest in self._keys(db, {key_digest}, self._clock.now())

    def read(self, before: Seen, present: Collection[str], newcomer: str | None) -> News:
        """What has become of all, and of the digests of those present where configurations were changed."""
        now = self._clock.now()
        with self._database.reading() as db:
            revision = read_revision(db)
            told = [] if before.environments is None else list_told(db, before.revision, KINDS)
            asked = set(present) if any(each.kind == CONFIGURATION for each in told) else set()
            if newcomer is not None:
                asked.add(newcomer)
            is_silent = not told and newcomer is None
            return News(
                revision=revision,
                # The same in every process, and after a restart.
                version=revision if is_silent else read_last_told(db, KINDS) or revision,
                environments=self._follow(db, now, before.environments, told),
                asked=asked,
                keys=self._keys(db, asked, now) if asked else {},
            )

    def _follow(self, db: Transaction, now: int, known: Shown | None, told: Sequence[Told]) -> Shown:
        ids = {each.resource_id for each in told if each.kind == "environment"}
        project_ids = {each.resource_id for each in told if each.kind == "project"}
        if known is None or len(ids) + len(project_ids) > FEW:
            return _by_id(map(take_environment, self._environments(db, now)))
        if not ids and not project_ids:
            return known
        changed = self._environments(db, now, ids, project_ids)
        others = [
            each for each in known.values() if each.id not in ids and each.project_id not in project_ids
        ]
        return _by_id([*others, *map(take_environment, changed)])


def _by_id(environments: Iterable[RelayEnvironment]) -> Shown:
    return {each.id: each for each in sorted(environments, key=lambda each: each.id)}
