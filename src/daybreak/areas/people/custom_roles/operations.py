"""What of custom roles is not the same as of every resource: they are rights, and somebody may hold them."""

from daybreak.areas.people.custom_roles.model import READER_BASE, CustomRole, policy_at_most
from daybreak.areas.people.custom_roles.representation import CustomRoleShape
from daybreak.areas.people.custom_roles.requests import NewCustomRole
from daybreak.areas.people.custom_roles.resource import CUSTOM_ROLE, parse_role_policy
from daybreak.areas.people.custom_roles.store import count_members, count_teams, count_tokens
from daybreak.areas.people.granting import require_no_more
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call
from daybreak.rest.operations import patch, read_one, remove, represent_one


def make_custom_role(call: Call, body: NewCustomRole) -> CustomRole:
    return CustomRole(
        id=object_id(),
        key=body.key,
        name=body.name,
        description=body.description or "",
        policy=parse_role_policy(body.policy),
        base_permissions=body.base_permissions or READER_BASE,
        resource_category=body.resource_category or "",
        created_at=call.now,
        version=1,
    )


def patch_custom_role(call: Call, body: Json, custom_role_key: str) -> CustomRoleShape:
    """A change of what the role permits is a change for all who hold it, perhaps the caller too."""
    before = read_one(call, CUSTOM_ROLE, custom_role_key=custom_role_key)
    after = patch(call, CUSTOM_ROLE, before, body)
    if (after.policy, after.base_permissions) != (before.policy, before.base_permissions):
        require_no_more(call.actor, [policy_at_most(after)])
    shape = represent_one(call, CUSTOM_ROLE, after)
    assert isinstance(shape, CustomRoleShape)
    return shape


def delete_custom_role(call: Call, custom_role_key: str) -> None:
    """Only a role that nobody holds: whoever loses a role may fall back on one that permits more."""
    role = read_one(call, CUSTOM_ROLE, custom_role_key=custom_role_key)
    [address] = CUSTOM_ROLE.addresses(call.db, [role])
    call.actor.require(("deleteRole",), address)
    holders = {
        "members": count_members(call.db, {role.id}),
        "teams": count_teams(call.db, {role.id}),
        "access tokens": count_tokens(call.db, {role.id}),
    }
    held = [f"{counts[role.id]} {who}" for who, counts in holders.items() if counts]
    if held:
        raise Conflict(f"The role is assigned to {', '.join(held)}: take it away from them first")
    remove(call, CUSTOM_ROLE, role, "deleteRole")
