"""What the program itself may tell about people: the first token of an installation, and tokens made on the
command line. Whoever can open the database needs no other right.
"""

from daybreak.areas.people.access_tokens.operations import add_token
from daybreak.areas.people.access_tokens.requests import NewToken
from daybreak.areas.people.access_tokens.store import has_tokens
from daybreak.logic.policy.roles import OWNER
from daybreak.platform.access import Actor
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest
from daybreak.platform.identifiers import access_token
from daybreak.rest.call import Call
from daybreak.rest.parsing import convert

PROGRAM = Actor("program", "program", "Daybreak", (OWNER,), role=OWNER.role_name)


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
