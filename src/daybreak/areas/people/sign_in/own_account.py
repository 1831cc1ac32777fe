"""What people change about how they sign in: their password and their second factor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.store import find_member
from daybreak.areas.people.sign_in.codes import (
    is_secret,
    matching_step,
    new_recovery_codes,
    new_secret,
    provisioning_url,
)
from daybreak.areas.people.sign_in.limits import note_failure, require_attempts_left
from daybreak.areas.people.sign_in.noting import BEGIN_CODES, CHANGE_PASSWORD, END_CODES, note_deed
from daybreak.areas.people.sign_in.passwords import hash_password, is_password, require_good_password
from daybreak.areas.people.sign_in.signing_in import end_sessions, open_session, read_unless_changed
from daybreak.areas.people.sign_in.store import (
    Secrets,
    read_secrets,
    save_secrets,
)
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database
from daybreak.platform.errors import InvalidRequest, Unauthorized
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
        now, (member, proved) = self._clock.now(), self._require_password(member_id, present, source)
        require_good_password(password, member.email)
        hashed = hash_password(password)
        with self._database.writing() as db:
            known = read_unless_changed(db, member_id, proved)
            save_secrets(db, member_id, replace(known, password_hash=hashed))
            note_deed(db, member, CHANGE_PASSWORD, now)
            end_sessions(db, member_id, now)
            return open_session(db, member_id, now)

    def offer_codes(self, member_id: str, secret: str = "") -> NewCodes:
        """A secret to try, the same one again where one was tried already."""
        secret = secret if is_secret(secret) else new_secret()
        return NewCodes(secret, provisioning_url(secret, self.read(member_id).email))

    def begin_codes(self, member_id: str, present: str, secret: str, code: str, source: str) -> Sequence[str]:
        """From now on a code is asked for at sign-in. Answers codes for when the device is lost.

        Raises:
            Unauthorized: the password is not the present one, or the code is none of this secret.
            InvalidRequest: the secret is none that was offered.
            RateLimited: too many wrong passwords.

        """
        if not is_secret(secret):
            raise InvalidRequest("The secret is none that was offered here: try this one")
        now, (member, proved) = self._clock.now(), self._require_password(member_id, present, source)
        step = matching_step(secret, code, now)
        if step is None:
            raise Unauthorized("The code is wrong: is the clock of your device right?")
        recovery = new_recovery_codes()
        digests = tuple(digest(each) for each in recovery)
        with self._database.writing() as db:
            known = read_unless_changed(db, member_id, proved)
            save_secrets(db, member_id, Secrets(known.password_hash, secret, step, digests))
            note_deed(db, member, BEGIN_CODES, now)
        return recovery

    def end_codes(self, member_id: str, present: str, source: str) -> None:
        """Raises Unauthorized or RateLimited."""
        now, (member, proved) = self._clock.now(), self._require_password(member_id, present, source)
        with self._database.writing() as db:
            known = read_unless_changed(db, member_id, proved)
            save_secrets(db, member_id, Secrets(known.password_hash))
            note_deed(db, member, END_CODES, now)

    def _require_password(self, member_id: str, password: str, source: str) -> tuple[Member, str]:
        """The member, and the hash of the password that was proved to be known."""
        now = self._clock.now()
        with self._database.reading() as db:
            member, known = find_member(db, member_id), read_secrets(db, member_id)
            require_attempts_left(db, member.email, source, now)
        if is_password(known.password_hash, password):
            return member, known.password_hash
        with self._database.writing() as db:
            note_failure(db, member.email, source, now)
        raise Unauthorized("Your present password is another one")
