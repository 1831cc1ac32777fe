"""How often somebody may fail to sign in, and ask for letters. Counted in the database, so that neither a
restart nor another process gives anybody more attempts.
"""

from dataclasses import dataclass
from typing import Final

from daybreak.areas.people.sign_in.store import add_failures, count_failures, forget_failures
from daybreak.platform.clock import MINUTE
from daybreak.platform.database import Transaction
from daybreak.platform.errors import RateLimited
from daybreak.platform.identifiers import digest

WINDOW = 15 * MINUTE


@dataclass(frozen=True, slots=True)
class Limit:
    """How often is too often: from one place to one account, from one place, and to one account."""

    of: str
    most_of_pair: int
    most_of_source: int
    most_of_email: int
    message: str


# From one place to one account few: people mistype. In all so many that locking somebody out takes long.
SIGNING_IN: Final = Limit(
    "", 5, 50, 100, "Too many attempts failed: wait a quarter of an hour, then try again"
)
# Nobody's mailbox is filled.
LETTERS: Final = Limit(
    "letter ", 5, 50, 10, "Too many links were asked for: wait a quarter of an hour, then try again"
)


def require_attempts_left(
    db: Transaction, email: str, source: str, now: int, limit: Limit = SIGNING_IN
) -> None:
    """Raises RateLimited, whether the next attempt would succeed or not. `email` as it is stored."""
    for subject, most in _subjects(email, source, limit).items():
        if count_failures(db, subject, now - WINDOW) >= most:
            raise RateLimited(limit.message)


def note_failure(db: Transaction, email: str, source: str, now: int, limit: Limit = SIGNING_IN) -> None:
    add_failures(db, list(_subjects(email, source, limit)), now)


def forgive(db: Transaction, email: str, source: str) -> None:
    """Whoever has signed in starts anew from there."""
    forget_failures(db, next(iter(_subjects(email, source, SIGNING_IN))))


def _subjects(email: str, source: str, limit: Limit) -> dict[str, int]:
    """What an attempt counts against, as digests: nobody can read from it who tried."""
    return {
        digest(f"{limit.of}pair {email} {source}"): limit.most_of_pair,
        digest(f"{limit.of}source {source}"): limit.most_of_source,
        digest(f"{limit.of}email {email}"): limit.most_of_email,
    }
