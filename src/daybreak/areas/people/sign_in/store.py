"""What proves who members are, in the database."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select, update

from daybreak.areas.people.sign_in.tables import (
    identities,
    member_secrets,
    sessions,
    sign_in_failures,
    sign_in_links,
)
from daybreak.platform.database import Transaction
from daybreak.platform.identifiers import object_id


@dataclass(frozen=True, slots=True)
class Secrets:
    """Of one member. Empty texts where there is no password or no second factor.

    `last_code_step` is the time step of the last one-time code that was taken: none is taken twice.
    """

    password_hash: str = field(default="", repr=False)
    code_secret: str = field(default="", repr=False)
    last_code_step: int = 0
    recovery_digests: tuple[str, ...] = field(default=(), repr=False)


def read_secrets(db: Transaction, member_id: str) -> Secrets:
    row = db.first(select(member_secrets).where(member_secrets.c.member_id == member_id))
    if row is None:
        return Secrets()
    return Secrets(row.password_hash, row.code_secret, row.last_code_step, tuple(row.recovery_digests))


def read_secrets_to_change(db: Transaction, member_id: str) -> Secrets:
    """Until the transaction ends nobody else changes them."""
    mine = select(member_secrets.c.member_id).where(member_secrets.c.member_id == member_id)
    db.execute(mine.with_for_update())
    return read_secrets(db, member_id)


def save_secrets(db: Transaction, member_id: str, secrets: Secrets) -> None:
    row = {
        "member_id": member_id,
        "password_hash": secrets.password_hash,
        "code_secret": secrets.code_secret,
        "last_code_step": secrets.last_code_step,
        "recovery_digests": list(secrets.recovery_digests),
    }
    db.insert_or_update(member_secrets, [row], [name for name in row if name != "member_id"])


def take_code_step(db: Transaction, member_id: str, step: int) -> bool:
    """Whether no code of this time step or a later one was taken before; from now on one was."""
    mine = member_secrets.c
    unused = update(member_secrets).where(mine.member_id == member_id, mine.last_code_step < step)
    return db.execute(unused.values(last_code_step=step)).rowcount == 1


def with_second_factor(db: Transaction, member_ids: Collection[str]) -> set[str]:
    """Those who are asked for a one-time code."""
    mine = member_secrets.c
    asked = select(mine.member_id).where(mine.member_id.in_(member_ids), mine.code_secret != "")
    return {row.member_id for row in db.rows(asked)}


def add_link(db: Transaction, *, digest: str, member_id: str, purpose: str, expires_at: int) -> None:
    """In place of those for the same purpose that the member was sent before."""
    mine = sign_in_links.c
    db.execute(delete(sign_in_links).where(mine.member_id == member_id, mine.purpose == purpose))
    row = {"digest": digest, "member_id": member_id, "purpose": purpose, "expires_at": expires_at}
    db.insert(sign_in_links, [row])


def find_link(db: Transaction, digest: str, now: int) -> tuple[str, str] | None:
    """Whom a link was sent to, and its purpose; None where it does not work."""
    mine = sign_in_links.c
    row = db.first(select(sign_in_links).where(mine.digest == digest, mine.expires_at > now))
    return None if row is None else (row.member_id, row.purpose)


def take_link(db: Transaction, digest: str) -> bool:
    """Whether it was still there: a link works once."""
    return db.execute(delete(sign_in_links).where(sign_in_links.c.digest == digest)).rowcount == 1


def remove_links(db: Transaction, member_id: str) -> None:
    """All of them, whatever for."""
    db.execute(delete(sign_in_links).where(sign_in_links.c.member_id == member_id))


def add_session(db: Transaction, *, digest: str, member_id: str, now: int, expires_at: int) -> None:
    row = {"digest": digest, "member_id": member_id, "created_at": now, "expires_at": expires_at}
    db.insert(sessions, [row])


def find_session(db: Transaction, digest: str, now: int) -> tuple[str, int] | None:
    """Whose session it is and when it ends; None where there is none."""
    mine = sessions.c
    row = db.first(select(sessions).where(mine.digest == digest, mine.expires_at > now))
    return None if row is None else (row.member_id, row.expires_at)


def remove_session(db: Transaction, digest: str) -> bool:
    """Whether there was one."""
    return db.execute(delete(sessions).where(sessions.c.digest == digest)).rowcount == 1


def remove_sessions(db: Transaction, member_id: str) -> None:
    db.execute(delete(sessions).where(sessions.c.member_id == member_id))


def count_failures(db: Transaction, subject: str, since: int) -> int:
    mine = sign_in_failures.c
    counted = select(func.count()).where(mine.subject == subject, mine.at > since)
    return int(db.value(counted))


def add_failures(db: Transaction, subjects: Collection[str], now: int) -> None:
    db.insert(
        sign_in_failures,
        [{"id": object_id(), "subject": subject, "at": now} for subject in subjects],
    )


def forget_failures(db: Transaction, subject: str) -> None:
    db.execute(delete(sign_in_failures).where(sign_in_failures.c.subject == subject))


def forget_expired(db: Transaction, now: int, *, failures_before: int) -> None:
    """Sessions and links that have ended, and failures that no longer count."""
    db.execute(delete(sessions).where(sessions.c.expires_at <= now))
    db.execute(delete(sign_in_links).where(sign_in_links.c.expires_at <= now))
    db.execute(delete(sign_in_failures).where(sign_in_failures.c.at <= failures_before))


def find_identity(db: Transaction, issuer: str, subject: str) -> str | None:
    """The member known by that name to a provider."""
    mine = identities.c
    member_id: str | None = db.value(
        select(mine.member_id).where(mine.issuer == issuer, mine.subject == subject)
    )
    return member_id


def add_identity(db: Transaction, issuer: str, subject: str, member_id: str) -> None:
    db.insert(identities, [{"issuer": issuer, "subject": subject, "member_id": member_id}])
