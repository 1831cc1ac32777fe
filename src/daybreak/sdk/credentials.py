"""From an SDK key to its environment, without the database for a key that was seen since the last change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.concurrency import run_in_threadpool

from daybreak.platform.cache import RevisionCache
from daybreak.platform.clock import SECOND, Clock
from daybreak.platform.database import Database, Transaction, read_revision

MOST_REMEMBERED = 10_000


class Environment(Protocol):
    """What a key opens."""

    @property
    def id(self) -> str: ...


class Credential(Protocol):
    """What a key opens, and until when if its days are counted."""

    @property
    def kind(self) -> str: ...

    @property
    def environment(self) -> Environment: ...

    @property
    def expires_at(self) -> int | None: ...


class CredentialReader(Protocol):
    """Finds what a key opens."""

    def __call__(self, db: Transaction, secret: str, now: int) -> Credential | None: ...


class EnvironmentReader(Protocol):
    """Finds which of some ids are those of environments."""

    def __call__(self, db: Transaction, ids: set[str]) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """An environment, and how many seconds the key that opened it still has. None where it has no end."""

    environment_id: str
    seconds: float | None


class Credentials:
    """Remembers keys, and ids of environments, for one revision of the database."""

    def __init__(
        self, database: Database, clock: Clock, reader: CredentialReader, environments: EnvironmentReader
    ) -> None:
        self._database = database
        self._clock = clock
        self._reader = reader
        self._environments = environments
        self._known: RevisionCache[Credential] = RevisionCache(most=MOST_REMEMBERED)
        self._ids: RevisionCache[str] = RevisionCache(most=MOST_REMEMBERED)

    def advance(self, revision: int) -> None:
        self._known.advance(revision)
        self._ids.advance(revision)

    async def environment_in(self, headers: Mapping[bytes, bytes], kind: str) -> str | None:
        """The environment that the key in a request's headers opens; None where it opens nothing."""
        opened = await self.open(headers, kind)
        return None if opened is None else opened.environment_id

    async def open(self, headers: Mapping[bytes, bytes], kind: str) -> Opened | None:
        """As `environment_in`, for whoever stays."""
        secret = secret_in(headers)
        if not secret:
            return None
        known = self._known.get(secret)
        if known is None or self._has_ended(known):
            known = await run_in_threadpool(self._read, secret)
        if known is None or known.kind != kind:
            return None
        return Opened(known.environment.id, self._seconds_left(known))

    async def known_environment(self, id: str) -> str | None:
        """The id itself if it is an environment's: browsers name it, and prove nothing."""
        return self._ids.get(id) or await run_in_threadpool(self._read_id, id)

    def _read_id(self, id: str) -> str | None:
        with self._database.reading() as db:
            revision = read_revision(db)
            is_there = id in self._environments(db, {id})
        if not is_there:
            return None
        self._ids.advance(revision)
        self._ids.put(id, id, revision=revision)
        return id

    def _seconds_left(self, credential: Credential) -> float | None:
        if credential.expires_at is None:
            return None
        return max(0, credential.expires_at - self._clock.now()) / SECOND

    def _has_ended(self, credential: Credential) -> bool:
        return credential.expires_at is not None and credential.expires_at <= self._clock.now()

    def _read(self, secret: str) -> Credential | None:
        with self._database.reading() as db:
            revision = read_revision(db)
            found = self._reader(db, secret, self._clock.now())
        if found is not None:
            self._known.advance(revision)
            self._known.put(secret, found, revision=revision)
        return found


def secret_in(headers: Mapping[bytes, bytes]) -> str:
    """Very old SDKs put a word before the key; providers of OpenFeature another, or use another header."""
    told = headers.get(b"authorization") or headers.get(b"x-api-key", b"")
    return told.decode("latin-1").removeprefix("api_key ").removeprefix("Bearer ").strip()
