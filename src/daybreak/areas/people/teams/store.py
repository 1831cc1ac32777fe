"""Teams in the database."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Column, select

from daybreak.areas.people.teams.model import Grant, Team
from daybreak.areas.people.teams.tables import team_grants, team_members, team_roles, teams
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import Listing, TableStore

MEMBERS_OF_TEAM = Listing(team_members.c.team_id, team_members.c.position, (team_members.c.member_id,))
ROLES_OF_TEAM = Listing(team_roles.c.team_id, team_roles.c.position, (team_roles.c.role_id,))
GRANTS_OF_TEAM = Listing(
    team_grants.c.team_id, team_grants.c.position, (team_grants.c.member_id, team_grants.c.action), Grant
)

team_store = TableStore(
    Team,
    teams,
    {"member_ids": MEMBERS_OF_TEAM, "custom_role_ids": ROLES_OF_TEAM, "grants": GRANTS_OF_TEAM},
)

# Without members, of which there may be many, for those who ask what a member has by their teams.
_without_members = TableStore(Team, teams, {"custom_role_ids": ROLES_OF_TEAM, "grants": GRANTS_OF_TEAM})


def find_team(db: Transaction, key: str) -> Team:
    """Raises NotFound."""
    team = team_store.find(db, teams.c.key == key)
    if team is None:
        raise NotFound(f"Invalid resource identifier: there is no team {key!r}")
    return team


def teams_of_members(db: Transaction, member_ids: Collection[str]) -> dict[str, list[Team]]:
    """The teams that each belongs to, in the order of their names; without the teams' members."""
    return _teams_by(db, team_members.c.member_id, team_members.c.team_id, member_ids)


def teams_granted_to(db: Transaction, member_ids: Collection[str]) -> dict[str, list[Team]]:
    """The teams that each was granted something for; without the teams' members."""
    return _teams_by(db, team_grants.c.member_id, team_grants.c.team_id, member_ids)


def _teams_by(
    db: Transaction, member: Column[str], team: Column[str], member_ids: Collection[str]
) -> dict[str, list[Team]]:
    pairs = db.rows(
        select(member.label("member"), team.label("team")).where(member.in_(member_ids)).distinct()
    )
    ids = {row.team for row in pairs}
    found = (
        _without_members.list_where(db, teams.c.id.in_(ids), order_by=[teams.c.name, teams.c.id])
        if ids
        else []
    )
    mine = {(row.member, row.team) for row in pairs}
    by_member: dict[str, list[Team]] = defaultdict(list)
    for found_team in found:
        for member_id in member_ids:
            if (member_id, found_team.id) in mine:
                by_member[member_id].append(found_team)
    return by_member
