"""What the program itself may tell about people: the first token and the first owner of an installation, and
what is asked for on the command line, where whoever can open the database needs no other right. And how doors
tell that somebody signs in.
"""

from dataclasses import replace

from daybreak.areas.people.access_tokens.operations import add_token
from daybreak.areas.people.access_tokens.requests import NewToken
from daybreak.areas.people.access_tokens.store import has_tokens
from daybreak.areas.people.imports.members import carry_members
from daybreak.areas.people.imports.roles import carry_roles
from daybreak.areas.people.imports.teams import carry_teams
from daybreak.areas.people.members.model import parse_email
from daybreak.areas.people.members.resource import MEMBER
from daybreak.areas.people.members.store import find_by_email, find_owner
from daybreak.areas.people.oauth_clients.asking import (
    CHALLENGE_METHOD,
    SCOPES,
    Asked,
    OAuthRefused,
    read_asked,
)
from daybreak.areas.people.oauth_clients.authorizing import Authorizing, ClientProof
from daybreak.areas.people.program import PROGRAM
from daybreak.areas.people.sign_in.identities import Identity, Welcoming
from daybreak.areas.people.sign_in.links import INVITATION, RESET, SET_UP, LinkSender
from daybreak.areas.people.sign_in.own_account import OwnAccount
from daybreak.areas.people.sign_in.passwords import (
    HASHED_AT_ONCE,
    hash_password,
    require_good_password,
)
from daybreak.areas.people.sign_in.signing_in import Arrival, SigningIn, Welcome
from daybreak.areas.people.sign_in.store import Secrets, save_secrets
from daybreak.platform.database import Transaction
from daybreak.platform.errors import FieldFault, InvalidRequest, NotFound, ValidationFailed
from daybreak.platform.identifiers import access_token
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change
from daybreak.rest.parsing import convert

__all__ = [
    "CHALLENGE_METHOD",
    "HASHED_AT_ONCE",
    "PROGRAM",
    "SCOPES",
    "Arrival",
    "Asked",
    "Authorizing",
    "ClientProof",
    "Identity",
    "LinkSender",
    "OAuthRefused",
    "OwnAccount",
    "SigningIn",
    "Welcome",
    "Welcoming",
    "carry_members",
    "carry_roles",
    "carry_teams",
    "read_asked",
]


def create_first_token(db: Transaction, now: int, secret: str = "") -> str | None:
    """The secret of a new admin token if there is no token yet, else None. Without `secret` one is made."""
    if has_tokens(db):
        return None
    return create_service_token(db, now, name="First token", role="admin", secret=secret)


def create_service_token(db: Transaction, now: int, *, name: str, role: str, secret: str = "") -> str:
    """The secret of a new service token; it is stored nowhere.

    Raises:
        InvalidRequest: a secret that no header could carry.
        ValidationFailed: a name that is too long, or no role of that name.

    """
    if not (secret.isascii() and secret.isprintable()) or " " in secret:
        raise InvalidRequest("A token's secret is made of printable ASCII characters without spaces")
    known_by = secret or access_token()
    body = convert({"name": name, "role": role, "serviceToken": True}, NewToken)
    add_token(Call(db, PROGRAM, now), body, known_by)
    return known_by


def set_up_owner(
    db: Transaction, now: int, links: LinkSender, email: str = "", password: str = ""
) -> str | None:
    """Gives the owner of a new installation an email and a password, or where none are given returns the link
    that asks for them. None where the owner has been set up.

    Raises:
        ValidationFailed: an email or a password that will not do.

    """
    owner = find_owner(db)
    if not owner.is_invited:
        return None
    if not email:
        return links.make(db, owner.id, SET_UP, now)
    address = parse_email(email)
    if address is None:
        raise ValidationFailed(FieldFault("email", f"{email!r} is no email address"))
    require_good_password(password, address)
    after = replace(owner, email=address, is_invited=False)
    change(Call(db, PROGRAM, now), MEMBER, owner, Edit(after, ("updateMember",), ""))
    save_secrets(db, owner.id, Secrets(hash_password(password)))
    return None


def make_link(db: Transaction, now: int, links: LinkSender, email: str) -> str:
    """A link by which the member with this email, or without one the owner, chooses a password.

    Raises:
        NotFound: there is no such member.

    """
    member = find_by_email(db, email.strip().lower()) if email else find_owner(db)
    if member is None:
        raise NotFound(f"There is no member {email!r}")
    purpose = (INVITATION if member.email else SET_UP) if member.is_invited else RESET
    return links.make(db, member.id, purpose, now)
