"""Every change of a member goes through here: who may give what, and that there is always one owner."""

from dataclasses import replace

from daybreak.areas.people.custom_roles.store import custom_role_ids
from daybreak.areas.people.granting import require_no_more
from daybreak.areas.people.members.model import ADMIN, OWNER, Member
from daybreak.areas.people.members.resource import MEMBER
from daybreak.areas.people.members.store import find_owner, lock_owner
from daybreak.areas.people.rights import newly_given, read_holders
from daybreak.logic.policy.address import ACCOUNT, Address
from daybreak.platform.errors import Conflict
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, require_edit

HAND_OVER = "updateAccountOwner"


def change_member(call: Call, before: Member, edit: Edit[Member]) -> Member:
    """Carries out an edit in which custom roles are named by keys or ids.

    Raises:
        Forbidden: an action is not allowed, or more rights would be given than the caller has.
        Conflict: the account would be left without an owner.
        ValidationFailed: there is no such custom role.

    """
    require_edit(call, MEMBER, before, edit)
    after = _settle_roles(call, before, edit.after)
    if before.role == OWNER and (after.role != OWNER or after.custom_role_ids):
        raise Conflict("The account needs an owner: make another member the owner, then change this one")
    if after.role == OWNER != before.role:
        return _hand_over(call, before, replace(edit, after=after))
    if _grounds(after) != _grounds(before):
        [holder] = read_holders(call.db, [before])
        require_no_more(call.actor, newly_given(call.db, [holder], [replace(holder, member=after)]))
    return change(call, MEMBER, before, replace(edit, after=after))


def _grounds(member: Member) -> tuple[object, ...]:
    """What says of a member what they may do."""
    return member.role, member.custom_role_ids, member.role_attributes


def _settle_roles(call: Call, before: Member, after: Member) -> Member:
    if after.custom_role_ids == before.custom_role_ids:
        # A role that is given counts: custom roles would be in its way.
        return after if after.role == before.role else replace(after, custom_role_ids=())
    return replace(after, custom_role_ids=custom_role_ids(call.db, "customRoles", after.custom_role_ids))


def _hand_over(call: Call, before: Member, edit: Edit[Member]) -> Member:
    """The account has one owner; whoever was it stays an admin."""
    call.actor.require((HAND_OVER,), Address.of((ACCOUNT, "")))
    lock_owner(call.db)
    last = find_owner(call.db)
    change(call, MEMBER, last, Edit(replace(last, role=ADMIN), ("updateRole",), edit.comment))
    return change(call, MEMBER, before, replace(edit, after=replace(edit.after, custom_role_ids=())))
