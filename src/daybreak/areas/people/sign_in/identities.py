"""Members who are known to a provider: whom it vouches for is signed in."""

from dataclasses import dataclass, replace

from daybreak.areas.people.members.model import Member, parse_email
from daybreak.areas.people.members.resource import MEMBER
from daybreak.areas.people.members.store import find_by_email, find_member
from daybreak.areas.people.program import PROGRAM
from daybreak.areas.people.sign_in.signing_in import open_session
from daybreak.areas.people.sign_in.store import add_identity, find_identity
from daybreak.platform.clock import Clock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.errors import Unauthorized
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, create


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to a provider. `is_verified` where it has checked that the email is theirs."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    first_name: str
    last_name: str


class Welcoming:
    """Finds the member that an identity belongs to; without any makes one, where newcomers get a role."""

    def __init__(self, database: Database, clock: Clock, role_of_newcomers: str) -> None:
        self._database = database
        self._clock = clock
        self._role_of_newcomers = role_of_newcomers

    def welcome(self, identity: Identity) -> str:
        """The secret of a session.

        Raises:
            Unauthorized: there is no such member, and newcomers are not let in.

        """
        now = self._clock.now()
        with self._database.writing() as db:
            known = find_identity(db, identity.issuer, identity.subject)
            member = find_member(db, known) if known else self._meet(db, identity, now)
            return open_session(db, member.id, now)

    def _meet(self, db: Transaction, identity: Identity, now: int) -> Member:
        """An email counts only where the provider has checked it: else anybody could claim another's."""
        email = parse_email(identity.email) if identity.is_verified else None
        if email is None:
            raise Unauthorized("The provider has not verified your email: it is what members are known by")
        program = Call(db, PROGRAM, now)
        member = find_by_email(db, email)
        if member is not None:
            after = replace(member, is_invited=False, is_verified=True)
            member = change(program, MEMBER, member, Edit(after, ("acceptInvitation",), ""))
        elif self._role_of_newcomers:
            newcomer = Member(
                id=object_id(),
                email=email,
                first_name=identity.first_name[:256],
                last_name=identity.last_name[:256],
                role=self._role_of_newcomers,
                role_attributes={},
                is_invited=False,
                is_verified=True,
                created_at=now,
                version=1,
            )
            member = create(program, MEMBER, newcomer, "createMember")
        else:
            raise Unauthorized(f"There is no member {email}: ask an admin to invite you")
        add_identity(db, identity.issuer, identity.subject, member.id)
        return member
