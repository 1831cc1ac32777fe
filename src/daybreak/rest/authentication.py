"""From what a request carries to an Actor: a token in its Authorization header, alone or, where a member has
let a client act for them, as a bearer token; or the cookie of a browser in which somebody is signed in. Who
knows these is told in `app.py`.
"""

from enum import StrEnum
from typing import Protocol

from daybreak.platform.access import Actor
from daybreak.platform.cache import RevisionCache
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database, Transaction, read_revision
from daybreak.platform.errors import Unauthorized
from daybreak.platform.identifiers import digest


class CredentialKind(StrEnum):
    """What a secret was sent as: it counts as nothing else."""

    TOKEN = "token"  # noqa: S105 - a kind, no secret
    GRANT = "grant"
    SESSION = "session"


class ActorReader(Protocol):
    """Finds the actor behind a stored secret."""

    def __call__(self, db: Transaction, secret_digest: str, now: int) -> Actor | None:
        """None where no live secret has that digest."""
        ...


class Witness(Protocol):
    """Is told of each caller."""

    def __call__(self, actor: Actor, now: int) -> None: ...


class Authentication:
    """Authenticates secrets, and remembers the actors behind those seen since the last change."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        witness: Witness,
        *,
        token: ActorReader,
        grant: ActorReader | None = None,
        session: ActorReader | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._witness = witness
        self._readers = {
            CredentialKind.TOKEN: token,
            CredentialKind.GRANT: grant,
            CredentialKind.SESSION: session,
        }
        self._actors: RevisionCache[Actor] = RevisionCache(most=10_000)
        self.nobody = Actor("anonymous", "", "anonymous", ())

    def advance(self, revision: int) -> None:
        self._actors.advance(revision)

    def remembered(self, kind: CredentialKind, secret: str) -> Actor | None:
        """The actor, if it is known without asking the database."""
        actor = self._actors.get(_key(kind, secret))
        now = self._clock.now()
        if actor is None or (actor.expires_at is not None and actor.expires_at <= now):
            return None
        self._witness(actor, now)
        return actor

    def authenticate(self, kind: CredentialKind, secret: str) -> Actor:
        """The actor behind `secret`.

        The database is asked for a digest, so how long it takes tells nothing about a stored secret.

        Raises:
            Unauthorized: there is none.

        """
        if not secret or " " in secret:
            raise Unauthorized("Invalid access token: send it alone in the Authorization header")
        reader = self._readers[kind]
        now = self._clock.now()
        with self._database.reading() as db:
            revision = read_revision(db)
            actor = None if reader is None else reader(db, digest(secret), now)
        if actor is None:
            raise Unauthorized(_INVALID[kind])
        self._actors.advance(revision)
        self._actors.put(_key(kind, secret), actor, revision=revision)
        self._witness(actor, now)
        return actor


_INVALID = {
    CredentialKind.TOKEN: "Invalid access token",
    CredentialKind.GRANT: "Invalid bearer token: it has ended, or is none of an OAuth client; "
    "an access token is sent alone in the Authorization header",
    CredentialKind.SESSION: "Your session has ended: sign in again",
}


def _key(kind: CredentialKind, secret: str) -> str:
    return f"{kind}:{digest(secret)}"
