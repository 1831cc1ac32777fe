"""What people change about how they sign in: their password and their second factor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from daybreak.areas.people.members.store import find_member
from daybreak.areas.people.sign_in.codes import (
    matching_step,
    new_recovery_codes,
    new_secret,
    provisioning_url,
)
from daybreak.areas.people.sign_in.limits import note_failure, require_attempts_left
from daybreak.areas.people.sign_in.passwords import hash_password, is_password, require_good_password
from daybreak.areas.people.sign_in.signing_in import open_session
from daybreak.areas.people.sign_in.store import (
    Secrets,
    read_secrets,
    remove_sessions,
    save_secrets,
)
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.errors import Unauthorized
from daybreak.platform.identifiers import digest


@dataclass(frozen=True, slots=True)
class OwnState:
    """How a member signs in."""

    name: str
    email: str
    has_password: bool
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class NewCodes:
    """A second factor that is not in use before a code of it was given: its secret, and as a URL."""

    secret: str
    url: str


class OwnAccount:
    """The doors' view of a member's own account; every method opens its own transactions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def read(self, member_id: str) -> OwnState:
        with self._database.reading() as db:
            member, known = find_member(db, member_id), read_secrets(db, member_id)
        return OwnState(member.name, member.email, bool(known.password_hash), bool(known.code_secret))

    def change_password(self, member_id: str, present: str, password: str, source: str) -> str:
        """The secret of a new session: all others end. Raises Unauthorized, ValidationFailed, RateLimited."""
        email, known = self._require_password(member_id, present, source)
        require_good_password(password, email)
        hashed = hash_password(password)
        with self._database.writing() as db:
            save_secrets(db, member_id, replace(known, password_hash=hashed))
            return self._renew_session(db, member_id)

    def offer_codes(self, member_id: str) -> NewCodes:
        secret = new_secret()
        return NewCodes(secret, provisioning_url(secret, self.read(member_id).email))

    def begin_codes(self, member_id: str, secret: str, code: str) -> Sequence[str]:
        """From now on a code is asked for at sign-in. Answers codes for when the device is lost.

        Raises:
            Unauthorized: the code is none of this secret.

        """
        step = matching_step(secret, code, self._clock.now())
        if step is None:
            raise Unauthorized("The code is wrong: is the clock of your device right?")
        recovery = new_recovery_codes()
        digests = tuple(digest(each) for each in recovery)
        with self._database.writing() as db:
            known = read_secrets(db, member_id)
            save_secrets(db, member_id, Secrets(known.password_hash, secret, step, digests))
        return recovery

    def end_codes(self, member_id: str, present: str, source: str) -> None:
        """Raises Unauthorized or RateLimited."""
        _, known = self._require_password(member_id, present, source)
        with self._database.writing() as db:
            save_secrets(db, member_id, Secrets(known.password_hash))

    def _require_password(self, member_id: str, password: str, source: str) -> tuple[str, Secrets]:
        now = self._clock.now()
        with self._database.reading() as db:
            email, known = find_member(db, member_id).email, read_secrets(db, member_id)
            require_attempts_left(db, email, source, now)
        if is_password(known.password_hash, password):
            return email, known
        with self._database.writing() as db:
            note_failure(db, email, source, now)
        raise Unauthorized("Your present password is another one")

    def _renew_session(self, db: Transaction, member_id: str) -> str:
        now = self._clock.now()
        remove_sessions(db, member_id)
        # Whoever remembers who is behind a session has to ask again.
        db.tell("session", member_id, at=now)
        return open_session(db, member_id, now)
