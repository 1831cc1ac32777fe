"""Members in the database."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import or_, select

from daybreak.areas.people.members.model import OWNER, Member
from daybreak.areas.people.members.tables import member_roles, member_sightings, members
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import Listing, TableStore

member_store = TableStore(
    Member,
    members,
    {
        "custom_role_ids": Listing(
            member_roles.c.member_id, member_roles.c.position, (member_roles.c.role_id,)
        )
    },
)


class Sighting(NamedTuple):
    """When a member was last seen, and with which token if it was one."""

    seen_at: int
    token_id: str


def find_member(db: Transaction, id: str) -> Member:
    """Raises NotFound."""
    member = member_store.find(db, members.c.id == id)
    if member is None:
        raise NotFound(f"Invalid resource identifier: there is no member {id!r}")
    return member


def find_owner(db: Transaction) -> Member:
    """There is always one."""
    member = member_store.find(db, members.c.role == OWNER)
    assert member is not None
    return member


def find_by_email(db: Transaction, email: str) -> Member | None:
    return member_store.find(db, members.c.email == email)


def list_members(db: Transaction, ids: Collection[str]) -> list[Member]:
    """Those who exist."""
    return member_store.list_where(db, members.c.id.in_(ids)) if ids else []


def everybody(db: Transaction) -> list[Member]:
    return member_store.list_where(db)


def list_emails(db: Transaction, emails: Collection[str]) -> dict[str, str]:
    """The ids of members by their emails, of those who exist."""
    found = db.rows(select(members.c.id, members.c.email).where(members.c.email.in_(emails)))
    return {row.email: row.id for row in found}


def last_sightings(db: Transaction, ids: Collection[str]) -> dict[str, Sighting]:
    """By member; those never seen are missing."""
    rows = db.rows(select(member_sightings).where(member_sightings.c.member_id.in_(ids)))
    return {row.member_id: Sighting(row.seen_at, row.token_id) for row in rows}


def save_sightings(db: Transaction, sightings: Mapping[str, Sighting]) -> None:
    """Writes who was seen when, unless a later sighting is known. Members deleted meanwhile are left out."""
    # In one order, so that two processes do not wait for each other.
    known = select(members.c.id).where(members.c.id.in_(sightings)).order_by(members.c.id)
    ids = [row.id for row in db.rows(known.with_for_update())]
    before = last_sightings(db, ids)
    rows = [
        {"member_id": id, "seen_at": sightings[id].seen_at, "token_id": sightings[id].token_id}
        for id in ids
        if id not in before or sightings[id].seen_at > before[id].seen_at
    ]
    db.insert_or_update(member_sightings, rows, ["seen_at", "token_id"])


def lock_owner(db: Transaction) -> None:
    """Called before the account changes hands: two callers cannot make two owners."""
    db.execute(select(members.c.id).where(or_(members.c.role == OWNER)).with_for_update())
