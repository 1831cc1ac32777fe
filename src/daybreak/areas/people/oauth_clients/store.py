"""OAuth clients, and what members have allowed them, in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, false, select, update

from daybreak.areas.people.oauth_clients.model import OAuthClient
from daybreak.areas.people.oauth_clients.tables import oauth_clients, oauth_grants, oauth_secrets
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

client_store = TableStore(OAuthClient, oauth_clients)


class SecretKind(StrEnum):
    """What a secret is for: it counts as nothing else."""

    CODE = "code"
    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a member has allowed a client. `redirect_uri` is as the client gave it, perhaps not at all."""

    id: str
    client_id: str
    member_id: str
    scope: str
    redirect_uri: str
    challenge: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Held:
    """A secret of a grant, which may have been used or be over. Unix ms."""

    grant: Grant
    expires_at: int
    is_used: bool


@dataclass(frozen=True, slots=True)
class Allowed:
    """A grant as its member sees it. Unix ms."""

    grant_id: str
    client_name: str
    scope: str
    created_at: int


_grants = TableStore(Grant, oauth_grants)


def find_client(db: Transaction, id: str) -> OAuthClient:
    """Raises NotFound."""
    found = client_store.find(db, oauth_clients.c.id == id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no OAuth client {id!r}")
    return found


def list_clients(db: Transaction, where: Sequence[ColumnElement[bool]]) -> list[OAuthClient]:
    """In the order in which they were made."""
    order = (oauth_clients.c.created_at, oauth_clients.c.id)
    return client_store.list_where(db, *where, order_by=order)


def add_grant(db: Transaction, grant: Grant) -> None:
    db.insert(oauth_grants, [_grants.to_row(grant)])


def remove_grant(db: Transaction, id: str, member_id: str | None = None) -> bool:
    """Whether there was one, of that member if one is named. All of its secrets end with it."""
    mine = [oauth_grants.c.id == id]
    if member_id is not None:
        mine.append(oauth_grants.c.member_id == member_id)
    return db.execute(delete(oauth_grants).where(*mine)).rowcount == 1


def add_secret(db: Transaction, grant_id: str, kind: SecretKind, digest: str, expires_at: int) -> None:
    row = {
        "digest": digest,
        "grant_id": grant_id,
        "kind": kind.value,
        "expires_at": expires_at,
        "is_used": False,
    }
    db.insert(oauth_secrets, [row])


def find_secret(db: Transaction, kind: SecretKind, digest: str) -> Held | None:
    mine = oauth_secrets.c
    row = db.first(select(oauth_secrets).where(mine.digest == digest, mine.kind == kind.value))
    grant = None if row is None else _grants.find(db, oauth_grants.c.id == row.grant_id)
    return None if row is None or grant is None else Held(grant, row.expires_at, row.is_used)


def take_secret(db: Transaction, digest: str) -> bool:
    """Whether nobody used it before; from now on somebody did."""
    mine = oauth_secrets.c
    unused = update(oauth_secrets).where(mine.digest == digest, mine.is_used == false())
    return db.execute(unused.values(is_used=True)).rowcount == 1


def list_allowed(db: Transaction, member_id: str) -> list[Allowed]:
    """What a member allows to clients, the newest first."""
    mine = oauth_grants.c
    found = (
        select(mine.id, oauth_clients.c.name, mine.scope, mine.created_at)
        .join_from(oauth_grants, oauth_clients, oauth_clients.c.id == mine.client_id)
        .where(mine.member_id == member_id)
        .order_by(mine.created_at.desc(), mine.id)
    )
    return [Allowed(row.id, row.name, row.scope, row.created_at) for row in db.rows(found)]


def forget_ended_grants(db: Transaction, now: int) -> None:
    """Secrets that have ended, and grants that no secret is left of."""
    db.execute(delete(oauth_secrets).where(oauth_secrets.c.expires_at <= now))
    living = select(oauth_secrets.c.grant_id)
    db.execute(delete(oauth_grants).where(oauth_grants.c.id.not_in(living)))
