"""Every change of a team goes through here: who belongs to it gets what its roles permit."""

from collections.abc import Sequence
from dataclasses import replace

from daybreak.areas.people.custom_roles.model import policy_of
from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.granting import require_no_more
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.store import list_members
from daybreak.areas.people.rights import Holder, newly_given, read_holders
from daybreak.areas.people.teams.instructions import together
from daybreak.areas.people.teams.model import Team, policy_of_grants
from daybreak.areas.people.teams.resource import TEAM
from daybreak.areas.people.teams.store import find_team
from daybreak.logic.policy.decision import Policy
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, remove, require_edit

DELETE = "deleteTeam"


def change_team(call: Call, before: Team, edit: Edit[Team]) -> Team:
    """Raises Forbidden where an action is not allowed, or more would be given than the caller has."""
    require_edit(call, TEAM, before, edit)
    if edit.after == before:
        return before
    require_givable(call, before, edit.after)
    return change(call, TEAM, before, replace(edit, after=replace(edit.after, modified_at=call.now)))


def remove_team(call: Call, team: Team) -> None:
    """Raises Forbidden. Whoever belonged to it may do more without: a denial may have come with the team."""
    call.actor.require((DELETE,), team.address)
    require_givable(call, team, without_anybody(team))
    remove(call, TEAM, team, DELETE)


def without_anybody(team: Team) -> Team:
    """The team as nobody has anything by it."""
    return replace(team, member_ids=(), custom_role_ids=(), grants=())


def require_givable(call: Call, before: Team, after: Team) -> None:
    """Raises Forbidden. Counted are what the team's roles permit, what members gain by theirs, and grants."""
    require_no_more(call.actor, _newly_permitted(call.db, before, after))
    holders = read_holders(call.db, list_members(call.db, _concerned(before, after)))
    require_no_more(call.actor, newly_given(call.db, holders, _with_team(holders, after)))
    new_grants = [grant for grant in after.grants if grant not in before.grants]
    if new_grants:
        actions = list(dict.fromkeys(grant.action for grant in new_grants))
        require_no_more(call.actor, [policy_of_grants(after.key, actions)])


def _newly_permitted(db: Transaction, before: Team, after: Team) -> list[Policy]:
    """Whoever belongs to the team, and if it is nobody as yet."""
    roles = custom_roles_by_id(db, {*before.custom_role_ids, *after.custom_role_ids})
    known = [policy_of(roles[id], before.role_attributes) for id in before.custom_role_ids]
    permitted = [policy_of(roles[id], after.role_attributes) for id in after.custom_role_ids]
    return [policy for policy in permitted if policy not in known]


def _concerned(before: Team, after: Team) -> set[str]:
    """The members to whom it makes a difference."""
    came_or_went = set(before.member_ids) ^ set(after.member_ids)
    is_alike = (before.custom_role_ids, before.role_attributes) == (
        after.custom_role_ids,
        after.role_attributes,
    )
    return came_or_went if is_alike else came_or_went | set(after.member_ids)


def _with_team(holders: Sequence[Holder], team: Team) -> list[Holder]:
    """With the team as it will be, those who will belong to it."""
    ids = set(team.member_ids)
    return [
        replace(
            holder,
            teams=[
                *(each for each in holder.teams if each.id != team.id),
                *([team] if holder.member.id in ids else ()),
            ],
        )
        for holder in holders
    ]


def add_to_teams(call: Call, members: Sequence[Member], team_keys: Sequence[str]) -> None:
    """Raises NotFound or Forbidden."""
    for key in dict.fromkeys(team_keys):
        team = find_team(call.db, key)
        after = replace(team, member_ids=together(team.member_ids, [member.id for member in members]))
        change_team(call, team, Edit(after, ("updateTeamMembers",), ""))
