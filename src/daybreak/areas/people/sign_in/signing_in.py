"""How people prove who they are, step by step. Hashing takes its time: it is done outside of transactions."""

from dataclasses import dataclass, replace
from typing import NoReturn

from daybreak.areas.people.members.model import Member, parse_email
from daybreak.areas.people.members.store import find_by_email, find_member, member_store
from daybreak.areas.people.members.tables import members
from daybreak.areas.people.sign_in.codes import take_code
from daybreak.areas.people.sign_in.limits import LETTERS, forgive, note_failure, require_attempts_left
from daybreak.areas.people.sign_in.links import RESET, SET_UP, LinkSender
from daybreak.areas.people.sign_in.noting import CHOOSE_PASSWORD, change_by_deed
from daybreak.areas.people.sign_in.passwords import (
    hash_password,
    is_outdated,
    is_password,
    require_good_password,
)
from daybreak.areas.people.sign_in.store import (
    Secrets,
    add_link,
    add_session,
    find_link,
    read_secrets,
    read_secrets_to_change,
    remove_links,
    remove_session,
    remove_sessions,
    save_secrets,
    take_link,
)
from daybreak.platform.clock import DAY, MINUTE, Clock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.errors import FieldFault, NotFound, Unauthorized, ValidationFailed
from daybreak.platform.identifiers import digest, link_secret, session_secret

SESSION = 14 * DAY
CHALLENGE, CHALLENGE_LIFETIME = "second-factor", 5 * MINUTE

_WRONG = "The email or the password is wrong"
_GONE = "This link does not work any more: ask for another one"


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a browser gets: the secret of a session, or a challenge that a one-time code answers."""

    session: str = ""
    challenge: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who follows a link: what it is for, and who they are as far as that is known."""

    purpose: str
    email: str
    first_name: str
    last_name: str


class SigningIn:
    """The doors' view of signing in; every method opens its own transactions."""

    def __init__(self, database: Database, clock: Clock, links: LinkSender) -> None:
        self._database = database
        self._clock = clock
        self._links = links

    @property
    def sends_mail(self) -> bool:
        return self._links.sends

    def sign_in(self, email: str, password: str, source: str) -> Welcome:
        """Raises Unauthorized, the same way and as late for whoever has no account, or RateLimited."""
        now, email = self._clock.now(), email.strip().lower()
        with self._database.reading() as db:
            require_attempts_left(db, email, source, now)
            member = find_by_email(db, email) if email else None
            known = read_secrets(db, member.id) if member else Secrets()
        if not is_password(known.password_hash, password) or member is None:
            self._refuse(email, source, now)
        fresh = hash_password(password) if is_outdated(known.password_hash) else None
        with self._database.writing() as db:
            known = read_unless_changed(db, member.id, known.password_hash)
            if fresh is not None:
                save_secrets(db, member.id, replace(known, password_hash=fresh))
            if known.code_secret:
                return Welcome(challenge=_challenge(db, member.id, now))
            forgive(db, email, source)
            return Welcome(session=open_session(db, member.id, now))

    def _refuse(self, email: str, source: str, now: int) -> NoReturn:
        with self._database.writing() as db:
            note_failure(db, email, source, now)
        raise Unauthorized(_WRONG)

    def answer(self, challenge: str, code: str, source: str) -> Welcome:
        """Raises Unauthorized or RateLimited."""
        now = self._clock.now()
        with self._database.writing() as db:
            found = find_link(db, digest(challenge), now)
            if found is None or found[1] != CHALLENGE:
                raise Unauthorized("That took too long: sign in again")
            member = find_member(db, found[0])
            require_attempts_left(db, member.email, source, now)
            if take_code(db, member.id, read_secrets(db, member.id), code, now):
                take_link(db, digest(challenge))
                forgive(db, member.email, source)
                return Welcome(session=open_session(db, member.id, now))
            # The failure is kept, so nothing is raised within the transaction.
            note_failure(db, member.email, source, now)
        raise Unauthorized("The code is wrong, or was used before: wait for the next one")

    def sign_out(self, session: str) -> None:
        with self._database.writing() as db:
            if remove_session(db, digest(session)):
                db.tell("session", digest(session), at=self._clock.now())

    def arrive(self, link: str) -> Arrival:
        """Raises NotFound where the link does not work any more."""
        with self._database.reading() as db:
            member, purpose = self._follow(db, link)
        return Arrival(purpose, member.email, member.first_name, member.last_name)

    def _follow(self, db: Transaction, link: str) -> tuple[Member, str]:
        found = find_link(db, digest(link), self._clock.now())
        if found is None or found[1] == CHALLENGE:
            raise NotFound(_GONE)
        return find_member(db, found[0]), found[1]

    def choose_password(
        self, link: str, password: str, *, email: str = "", first_name: str = "", last_name: str = ""
    ) -> Welcome:
        """Sets what a link lets its receiver set, and signs them in, or asks for their second factor.

        Raises:
            NotFound: the link does not work any more.
            ValidationFailed: a password or email that will not do.

        """
        now, arrival = self._clock.now(), self.arrive(link)
        address = parse_email(email) if arrival.purpose == SET_UP else arrival.email
        if not address:
            raise ValidationFailed(FieldFault("email", f"{email!r} is no email address"))
        require_good_password(password, address)
        hashed = hash_password(password)
        with self._database.writing() as db:
            member, purpose = self._follow(db, link)
            take_link(db, digest(link))
            remove_links(db, member.id)
            end_sessions(db, member.id, now)
            after = replace(
                member,
                email=address,
                first_name=first_name.strip() or member.first_name,
                last_name=last_name.strip() or member.last_name,
                is_invited=False,
                # Whoever sets the account up has not shown that the email is theirs.
                is_verified=purpose != SET_UP and self._links.sends,
            )
            _require_free(db, after)
            change_by_deed(db, member, after, CHOOSE_PASSWORD, now)
            known = read_secrets_to_change(db, member.id)
            save_secrets(db, member.id, replace(known, password_hash=hashed))
            if known.code_secret:
                return Welcome(challenge=_challenge(db, member.id, now))
            return Welcome(session=open_session(db, member.id, now))

    def forget(self, email: str, source: str) -> None:
        """Mails a link to whoever has forgotten their password; says nothing of whether there is anybody.

        Raises:
            RateLimited: too often from there.

        """
        now, email = self._clock.now(), email.strip().lower()
        with self._database.writing() as db:
            require_attempts_left(db, email, source, now, LETTERS)
            note_failure(db, email, source, now, LETTERS)
            member = find_by_email(db, email) if email else None
            if member is not None and self._links.sends:
                self._links.send(db, member, RESET, now)


def open_session(db: Transaction, member_id: str, now: int) -> str:
    """The secret of a new session: never one that the browser had before."""
    secret = session_secret()
    add_session(db, digest=digest(secret), member_id=member_id, now=now, expires_at=now + SESSION)
    return secret


def end_sessions(db: Transaction, member_id: str, now: int) -> None:
    """All of the member's."""
    remove_sessions(db, member_id)
    # Whoever remembers who is behind a session has to ask again.
    db.tell("session", member_id, at=now)


def read_unless_changed(db: Transaction, member_id: str, password_hash: str) -> Secrets:
    """The member's secrets as they are by now. Raises Unauthorized where the password that was proved to be
    known has become another one meanwhile.
    """
    known = read_secrets_to_change(db, member_id)
    if known.password_hash != password_hash:
        raise Unauthorized("The password has just been changed: try again with the new one")
    return known


def _challenge(db: Transaction, member_id: str, now: int) -> str:
    secret = link_secret()
    add_link(
        db,
        digest=digest(secret),
        member_id=member_id,
        purpose=CHALLENGE,
        expires_at=now + CHALLENGE_LIFETIME,
    )
    return secret


def _require_free(db: Transaction, member: Member) -> None:
    other = member_store.find(db, members.c.email == member.email, members.c.id != member.id)
    if other is not None:
        raise ValidationFailed(FieldFault("email", "there is a member with this email already"))
