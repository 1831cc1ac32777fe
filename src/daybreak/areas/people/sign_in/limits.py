"""How often somebody may fail to sign in. Counted in the database, so that neither a restart nor another
process gives anybody more attempts.
"""

from daybreak.areas.people.sign_in.store import add_failures, count_failures, forget_failures
from daybreak.platform.clock import MINUTE
from daybreak.platform.database import Transaction
from daybreak.platform.errors import RateLimited
from daybreak.platform.identifiers import digest

WINDOW = 15 * MINUTE

# From one place to one account few: people mistype. In all so many that locking somebody out takes long.
MOST_FROM_ONE_PLACE_TO_ONE_ACCOUNT = 5
MOST_FROM_ONE_PLACE = 50
MOST_TO_ONE_ACCOUNT = 100


def require_attempts_left(db: Transaction, email: str, source: str, now: int) -> None:
    """Raises RateLimited, whether the next attempt would succeed or not."""
    for subject, most in _subjects(email, source).items():
        if count_failures(db, subject, now - WINDOW) >= most:
            raise RateLimited("Too many attempts failed: wait a quarter of an hour, then try again")


def note_failure(db: Transaction, email: str, source: str, now: int) -> None:
    add_failures(db, list(_subjects(email, source)), now)


def forgive(db: Transaction, email: str, source: str) -> None:
    """Whoever has signed in starts anew from there."""
    forget_failures(db, next(iter(_subjects(email, source))))


def _subjects(email: str, source: str) -> dict[str, int]:
    """What a failure counts against, as digests: nobody can read from it who tried."""
    return {
        digest(f"pair {email} {source}"): MOST_FROM_ONE_PLACE_TO_ONE_ACCOUNT,
        digest(f"source {source}"): MOST_FROM_ONE_PLACE,
        digest(f"email {email}"): MOST_TO_ONE_ACCOUNT,
    }
