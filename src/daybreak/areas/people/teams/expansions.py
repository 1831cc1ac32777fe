"""What is shown of teams when it is asked for: roles, members, maintainers."""

from collections.abc import Mapping, Sequence
from typing import Any

from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.links import team_path
from daybreak.areas.people.members.representation import MemberSummaryShape, represent_summary
from daybreak.areas.people.members.store import list_members
from daybreak.areas.people.teams.model import Team
from daybreak.areas.people.teams.representation import (
    CountShape,
    MaintainersShape,
    RoleOfTeamShape,
    RolesOfTeamShape,
)
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expansion
from daybreak.rest.links import links

# Of roles and maintainers, a page.
SHOWN = 20


def represent_roles(db: Transaction, ids: Sequence[str]) -> list[RoleOfTeamShape]:
    roles = custom_roles_by_id(db, ids)
    return [RoleOfTeamShape(key=roles[id].key, name=roles[id].name) for id in ids]


def represent_maintainers(db: Transaction, ids: Sequence[str]) -> list[MemberSummaryShape]:
    found = {member.id: member for member in list_members(db, ids)}
    return [represent_summary(found[id]) for id in ids]


def _load_roles(call: Call, teams: Sequence[Team]) -> Mapping[str, Any]:
    roles = custom_roles_by_id(call.db, {id for team in teams for id in team.custom_role_ids})
    return {
        team.id: RolesOfTeamShape(
            links_=links(self=f"{team_path(team.key)}/roles"),
            total_count=len(team.custom_role_ids),
            items=[
                RoleOfTeamShape(key=roles[id].key, name=roles[id].name) for id in team.custom_role_ids[:SHOWN]
            ],
        )
        for team in teams
    }


def _load_maintainers(call: Call, teams: Sequence[Team]) -> Mapping[str, Any]:
    found = list_members(call.db, {id for team in teams for id in team.maintainer_ids})
    members = {member.id: member for member in found}
    return {
        team.id: MaintainersShape(
            links_=links(self=f"{team_path(team.key)}/maintainers"),
            total_count=len(team.maintainer_ids),
            items=[represent_summary(members[id]) for id in team.maintainer_ids[:SHOWN]],
        )
        for team in teams
    }


EXPANSIONS = (
    Expansion(
        "members",
        "how many members the team has",
        lambda call, teams: {team.id: CountShape(total_count=len(team.member_ids)) for team in teams},  # noqa: ARG005 - they came with the team
    ),
    Expansion("roles", "the custom roles that the team shares", _load_roles),
    Expansion(
        "roleAttributes",
        "what the team's roles are filled in with",
        lambda call, teams: {team.id: team.role_attributes for team in teams},  # noqa: ARG005 - they came with the team
    ),
    Expansion("maintainers", "the members who look after the team", _load_maintainers),
)
