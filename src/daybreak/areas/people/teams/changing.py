"""Every change of a team goes through here: who belongs to it gets what its roles permit."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from daybreak.areas.people.custom_roles.model import policy_of
from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.granting import require_no_more
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.store import list_members
from daybreak.areas.people.rights import attributes_of, together_by_name
from daybreak.areas.people.teams.instructions import together
from daybreak.areas.people.teams.model import Team, policy_of_grants
from daybreak.areas.people.teams.resource import TEAM
from daybreak.areas.people.teams.store import find_team, teams_of_members
from daybreak.logic.policy.decision import Policy
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, require_edit


def change_team(call: Call, before: Team, edit: Edit[Team]) -> Team:
    """Raises Forbidden where an action is not allowed, or more would be given than the caller has."""
    require_edit(call, TEAM, before, edit)
    if edit.after == before:
        return before
    require_givable(call, before, edit.after)
    return change(call, TEAM, before, replace(edit, after=replace(edit.after, modified_at=call.now)))


def require_givable(call: Call, before: Team, after: Team) -> None:
    """What comes to whom: roles to those who are new, new roles to all, and grants. Raises Forbidden."""
    newcomers = set(after.member_ids) - set(before.member_ids)
    has_more = after.role_attributes != before.role_attributes or bool(newcomers)
    new_roles = set(after.custom_role_ids) - set(before.custom_role_ids)
    given = after.custom_role_ids if has_more else new_roles
    require_no_more(call.actor, _policies(call.db, after, given, newcomers))
    new_grants = [grant for grant in after.grants if grant not in before.grants]
    if new_grants:
        actions = list(dict.fromkeys(grant.action for grant in new_grants))
        require_no_more(call.actor, [policy_of_grants(after.key, actions)])


def _policies(
    db: Transaction, team: Team, role_ids: Collection[str], newcomers: Collection[str]
) -> Iterable[Policy]:
    """What the roles permit, filled in with the team's attributes and those that newcomers bring along."""
    roles = custom_roles_by_id(db, role_ids)
    members = list_members(db, newcomers) if roles else []
    teams = teams_of_members(db, newcomers) if members else {}
    attributes = together_by_name(
        team.role_attributes, *(attributes_of(each, teams.get(each.id, ())) for each in members)
    )
    return [policy_of(role, attributes) for role in roles.values()]


def add_to_teams(call: Call, members: Sequence[Member], team_keys: Sequence[str]) -> None:
    """Raises NotFound or Forbidden."""
    for key in dict.fromkeys(team_keys):
        team = find_team(call.db, key)
        after = replace(team, member_ids=together(team.member_ids, [member.id for member in members]))
        change_team(call, team, Edit(after, ("updateTeamMembers",), ""))
