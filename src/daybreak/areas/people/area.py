"""What the people area plugs in."""

from threading import Lock

from daybreak.areas.people.access_tokens.routes import ROUTES
from daybreak.areas.people.access_tokens.store import forget_expired_secrets, save_uses
from daybreak.platform.clock import MINUTE
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job
from daybreak.rest.routing import Route


class TokenUse:
    """Remembers when tokens were used. Written down now and then: a write per request would cost too much."""

    def __init__(self) -> None:
        self._uses: dict[str, int] = {}
        self._lock = Lock()

    def __call__(self, token_id: str, now: int) -> None:
        with self._lock:
            self._uses[token_id] = now

    def write(self, db: Transaction, now: int) -> None:  # noqa: ARG002 - the signature of every job
        """Does not move the revision: nothing that is remembered depends on it."""
        with self._lock:
            uses, self._uses = self._uses, {}
        if uses:
            save_uses(db, uses)


def routes() -> list[Route]:
    return ROUTES


def jobs(use: TokenUse) -> list[Job]:
    return [
        Job("write down when tokens were used", MINUTE, use.write, runs_everywhere=True),
        Job("forget expired token secrets", MINUTE, forget_expired_secrets),
    ]
