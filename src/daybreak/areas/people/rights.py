"""What members may do, all things considered: their roles, those of their teams, what they were granted for
single teams, and what everybody may do with what is their own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from daybreak.areas.people.custom_roles.model import CustomRole, policy_of
from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.members.model import NO_ACCESS, Member
from daybreak.areas.people.teams.model import Team, policy_of_grants
from daybreak.areas.people.teams.store import teams_granted_to, teams_of_members
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.database import Transaction

# The actions that go with a personal token.
WITH_TOKENS = "*AccessToken*"


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may do. `role` is the built-in role that says everything, if one does."""

    policies: tuple[Policy, ...]
    role: str = ""


def rights_of(db: Transaction, members: Sequence[Member]) -> dict[str, Rights]:
    """By member. As many queries for one as for a hundred."""
    ids = [member.id for member in members]
    teams = teams_of_members(db, ids)
    granted = teams_granted_to(db, ids)
    role_ids = {id for member in members for id in member.custom_role_ids}
    role_ids |= {id for of_member in teams.values() for team in of_member for id in team.custom_role_ids}
    roles = custom_roles_by_id(db, role_ids)
    return {m.id: _rights(m, teams.get(m.id, ()), granted.get(m.id, ()), roles) for m in members}


def _rights(
    member: Member, teams: Sequence[Team], granted: Sequence[Team], roles: Mapping[str, CustomRole]
) -> Rights:
    attributes = attributes_of(member, teams)
    shared = {id for team in teams for id in team.custom_role_ids}
    own = role_policies(member, roles, attributes)
    by_teams = [policy_of(roles[id], attributes) for id in sorted(shared - set(member.custom_role_ids))]
    grants = [policy_of_grants(team.key, team.actions_granted_to(member.id)) for team in granted]
    # Whoever may do nothing by their role sees what is their own.
    is_plain = not member.custom_role_ids and not by_teams and member.role != NO_ACCESS
    return Rights((*own, *by_teams, *grants, own_policy(member.id)), member.role if is_plain else "")


def role_policies(
    member: Member, roles: Mapping[str, CustomRole], attributes: Mapping[str, Sequence[str]]
) -> tuple[Policy, ...]:
    """What was given to the member in person: custom roles count in place of the built-in one."""
    if member.custom_role_ids:
        return tuple(policy_of(roles[id], attributes) for id in member.custom_role_ids)
    return (BUILT_IN_ROLES[member.role],)


def owned_attributes(db: Transaction, member: Member) -> dict[str, list[str]]:
    """See `attributes_of`."""
    return attributes_of(member, teams_of_members(db, [member.id]).get(member.id, ()))


def attributes_of(member: Member, teams: Collection[Team]) -> dict[str, list[str]]:
    """The member's role attributes and those of their teams, together."""
    return together_by_name(member.role_attributes, *(team.role_attributes for team in teams))


def together_by_name(*several: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Each name with all of its values."""
    together: dict[str, list[str]] = {}
    for attributes in several:
        for name, values in attributes.items():
            known = together.setdefault(name, [])
            known += [value for value in values if value not in known]
    return together


def own_policy(member_id: str) -> Policy:
    """Everybody sees themselves, says what they are called, and makes and ends their own tokens."""
    mine = f"member/{member_id}"
    return Policy(
        "own account",
        parse_statements(
            [
                {"effect": "allow", "resources": [mine], "actions": ["viewMember", "updateMemberName"]},
                {"effect": "allow", "resources": [f"{mine}:token/*"], "actions": [WITH_TOKENS]},
            ]
        ),
    )
