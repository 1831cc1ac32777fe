"""What members do about how they sign in is in the audit log, whether it shows in the member or not."""

from typing import Final

from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.resource import MEMBER
from daybreak.logic.policy.roles import OWNER
from daybreak.platform.access import Actor, Person
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, note

CHOOSE_PASSWORD: Final = "choosePassword"  # noqa: S105 - an action
CHANGE_PASSWORD: Final = "changePassword"  # noqa: S105 - an action
BEGIN_CODES: Final = "beginCodes"
END_CODES: Final = "endCodes"


def note_deed(db: Transaction, member: Member, action: str, now: int) -> None:
    """The member did something that leaves them as they were."""
    note(_call_of(db, member, now), MEMBER, member, action)


def change_by_deed(db: Transaction, before: Member, after: Member, action: str, now: int) -> None:
    """The member did something that may have changed them, too."""
    call = _call_of(db, after, now)
    if after == before:
        note(call, MEMBER, before, action)
    else:
        change(call, MEMBER, before, Edit(after, (action,), ""))


def _call_of(db: Transaction, member: Member, now: int) -> Call:
    """Made by the member, who has proved who they are: it is no question of rights."""
    person = Person(member.id, member.email, member.first_name, member.last_name)
    actor = Actor(
        "member", member.id, member.name, (OWNER,), owner_id=member.id, is_service=False, person=person
    )
    return Call(db, actor, now)
