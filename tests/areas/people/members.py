"""What the tests of people share: members, sessions, and tokens of members."""

from typing import Any

from conftest import Api
from daybreak.areas.people.sign_in.signing_in import open_session
from daybreak.platform.database import Database

PASSWORD = "correct horse battery"


def a_member(api: Any, email: str, **given: Any) -> str:
    """The id of somebody new: a reader, if nothing else is said."""
    role = {} if "role" in given or "customRoles" in given else {"role": "reader"}
    made = api.post("/api/v2/members", [{"email": email, **role, **given}])
    assert made.status_code == 201, made.text
    id: str = made.json()["items"][0]["_id"]
    return id


def signed_in(api: Any, database: Database, member_id: str) -> Api:
    """The API as a browser's page calls it, in which a member is signed in."""
    with database.writing() as db:
        secret = open_session(db, member_id, api.now())
    found: Api = api.in_browser(secret)
    return found


def a_personal_token(member: Any, **given: Any) -> Api:
    """The API as a program of a member calls it."""
    made = member.post("/api/v2/tokens", {"name": "mine", **given})
    assert made.status_code == 201, made.text
    found: Api = member.as_token(made.json()["token"])
    return found
