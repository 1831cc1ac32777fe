"""Access tokens in the database."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, delete, or_, select, true

from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.access_tokens.tables import (
    access_tokens,
    expiring_secrets,
    token_roles,
    token_uses,
)
from daybreak.areas.people.members.conditions import has_built_in_role
from daybreak.areas.people.members.model import ADMIN, OWNER
from daybreak.areas.people.members.tables import members
from daybreak.platform.access import Actor
from daybreak.platform.database import Transaction
from daybreak.platform.errors import Conflict, NotFound
from daybreak.platform.store import Listing, TableStore

token_store = TableStore(
    AccessToken,
    access_tokens,
    {"custom_role_ids": Listing(token_roles.c.token_id, token_roles.c.position, (token_roles.c.role_id,))},
)


def is_visible_to(actor: Actor, *, show_all: bool) -> ColumnElement[bool]:
    """Service tokens, and of personal ones the caller's own; an admin may ask for all."""
    if show_all and actor.role in {"admin", "owner"}:
        return true()
    shared = access_tokens.c.is_service
    return shared if actor.is_service else or_(shared, access_tokens.c.owner_id == actor.owner_id)


def find_token(db: Transaction, actor: Actor, id: str) -> AccessToken:
    """Raises NotFound also for a token that the caller would never see in a list."""
    token = token_store.find(db, access_tokens.c.id == id, is_visible_to(actor, show_all=True))
    if token is None:
        raise NotFound(f"Invalid resource identifier: there is no access token {id!r}")
    return token


def find_by_digest(db: Transaction, digest: str, now: int) -> tuple[AccessToken, str, int | None] | None:
    """The token behind a secret, the secret's ending, and when the secret stops working."""
    token = token_store.find(db, access_tokens.c.digest == digest)
    if token is not None:
        return token, token.ending, None
    old = db.first(
        select(expiring_secrets).where(
            expiring_secrets.c.digest == digest, expiring_secrets.c.expires_at > now
        )
    )
    if old is None:
        return None
    token = token_store.find(db, access_tokens.c.id == old.token_id)
    return None if token is None else (token, old.ending, old.expires_at)


def remove_tokens_of(db: Transaction, member_id: str) -> None:
    """A member's personal tokens; service tokens that they made stay."""
    mine = access_tokens.c
    db.execute(delete(access_tokens).where(mine.owner_id == member_id, mine.is_service.is_(False)))


def has_tokens(db: Transaction) -> bool:
    return db.value(select(access_tokens.c.id).limit(1)) is not None


def require_another_admin_token(db: Transaction, token: AccessToken) -> None:
    """Called before one is taken away. Two callers cannot take away each other's last but one.

    Raises:
        Conflict: it is the last that may do what an admin may, so that nobody could ever get in again.

    """
    mine = access_tokens.c
    # Personal tokens do no more than their owner.
    of_admins = mine.owner_id.in_(select(members.c.id).where(has_built_in_role({ADMIN, OWNER})))
    admins = select(mine.id).where(mine.role == ADMIN, or_(mine.is_service, of_admins))
    # In one order, so that neither waits for what the other holds.
    if [row.id for row in db.rows(admins.order_by(mine.id).with_for_update())] == [token.id]:
        raise Conflict("This is the last admin token: create another one first, or nobody could get in again")


def retire_secret(db: Transaction, token: AccessToken, expires_at: int | None) -> None:
    """Lets the token's present secret live on until `expires_at`; None ends all of its old secrets."""
    if expires_at is None:
        db.execute(delete(expiring_secrets).where(expiring_secrets.c.token_id == token.id))
        return
    row = {
        "digest": token.digest,
        "token_id": token.id,
        "ending": token.ending,
        "expires_at": expires_at,
    }
    db.insert(expiring_secrets, [row])


def forget_expired_secrets(db: Transaction, now: int) -> None:
    db.execute(delete(expiring_secrets).where(expiring_secrets.c.expires_at <= now))


def last_uses(db: Transaction, ids: Collection[str]) -> dict[str, int]:
    """When each of the tokens was last used, by id; those never used are missing."""
    rows = db.rows(select(token_uses).where(token_uses.c.token_id.in_(ids)))
    return {row.token_id: row.last_used_at for row in rows}


def save_uses(db: Transaction, uses: Mapping[str, int]) -> None:
    """Writes when tokens were used, unless a later use is known. Tokens deleted meanwhile are left out."""
    # In one order, so that two processes do not wait for each other.
    known = select(access_tokens.c.id).where(access_tokens.c.id.in_(uses)).order_by(access_tokens.c.id)
    ids = [row.id for row in db.rows(known.with_for_update())]
    later = last_uses(db, ids)
    rows = [{"token_id": id, "last_used_at": uses[id]} for id in ids if uses[id] > later.get(id, 0)]
    db.insert_or_update(token_uses, rows, ["last_used_at"])
