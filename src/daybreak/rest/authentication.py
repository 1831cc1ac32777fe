"""From the Authorization header to an Actor. Who knows the tokens is told in `app.py`."""

from typing import Protocol

from daybreak.platform.access import Actor
from daybreak.platform.cache import RevisionCache
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database, Transaction, read_revision
from daybreak.platform.errors import Unauthorized
from daybreak.platform.identifiers import digest


class TokenReader(Protocol):
    """Finds the actor behind a stored token."""

    def __call__(self, db: Transaction, token_digest: str, now: int) -> Actor | None:
        """None where no live token has that digest."""
        ...


class TokenWitness(Protocol):
    """Is told of each use of a token."""

    def __call__(self, token_id: str, now: int) -> None: ...


class Authentication:
    """Authenticates secrets, and remembers the actors behind those seen since the last change."""

    def __init__(self, database: Database, clock: Clock, reader: TokenReader, witness: TokenWitness) -> None:
        self._database = database
        self._clock = clock
        self._reader = reader
        self._witness = witness
        self._actors: RevisionCache[Actor] = RevisionCache(most=10_000)
        self.nobody = Actor("anonymous", "", "anonymous", ())

    def advance(self, revision: int) -> None:
        self._actors.advance(revision)

    def remembered(self, secret: str) -> Actor | None:
        """The actor, if it is known without asking the database."""
        actor = self._actors.get(digest(secret))
        now = self._clock.now()
        if actor is None or (actor.expires_at is not None and actor.expires_at <= now):
            return None
        self._witness(actor.id, now)
        return actor

    def authenticate(self, secret: str) -> Actor:
        """The actor behind `secret`.

        The database is asked for a digest, so how long it takes tells nothing about a stored secret.

        Raises:
            Unauthorized: there is none.

        """
        if not secret or " " in secret:
            raise Unauthorized("Invalid access token: send it alone in the Authorization header")
        now = self._clock.now()
        token_digest = digest(secret)
        with self._database.reading() as db:
            revision = read_revision(db)
            actor = self._reader(db, token_digest, now)
        if actor is None:
            raise Unauthorized("Invalid access token")
        self._actors.advance(revision)
        self._actors.put(token_digest, actor, revision=revision)
        self._witness(actor.id, now)
        return actor
