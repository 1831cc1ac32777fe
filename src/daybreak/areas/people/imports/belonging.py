"""To which teams that came from another account members belong, and what they were granted there."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Self

from daybreak.areas.people.imports.requests import CameMember
from daybreak.areas.people.imports.teams import KIND
from daybreak.areas.people.teams.model import ACTIONS_OF_SETS, Grant, Team
from daybreak.areas.people.teams.resource import TEAM
from daybreak.areas.people.teams.store import team_store, teams_granted_to, teams_of_members
from daybreak.areas.people.teams.tables import teams
from daybreak.platform.origins import list_came
from daybreak.rest.call import Call
from daybreak.rest.carrying import Source
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change

_TEAM = "team/"


@dataclass(frozen=True, slots=True)
class Belongings:
    """Of one member: the keys of teams, and what was granted for which, in the order of their names."""

    team_keys: tuple[str, ...] = ()
    grants: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, call: Call, source: Source, came: CameMember) -> Self:
        """As they came, as far as the teams are those that came too."""
        granted = [
            (each.resource.removeprefix(_TEAM), action)
            for each in came.permission_grants
            if each.resource.startswith(_TEAM)
            for action in ([each.action_set] if each.action_set in ACTIONS_OF_SETS else each.actions)
        ]
        keys = {each.key for each in came.teams}
        known = _list_carried(call, source, keys | {key for key, _ in granted})
        return cls(
            tuple(sorted(keys & known.keys())), tuple(sorted({each for each in granted if each[0] in known}))
        )


def _list_carried(call: Call, source: Source, keys: Collection[str]) -> dict[str, Team]:
    """Teams that came from there, by their keys."""
    found = team_store.list_where(call.db, teams.c.key.in_(keys)) if keys else []
    came = list_came(call.db, source.name, KIND, [team.id for team in found])
    return {team.key: team for team in found if team.id in came}


def read_belongings(call: Call, source: Source, member_ids: Collection[str]) -> dict[str, Belongings]:
    """Of members here, by their ids."""
    belonging, granted = teams_of_members(call.db, member_ids), teams_granted_to(call.db, member_ids)
    every = {team.id for of_one in (*belonging.values(), *granted.values()) for team in of_one}
    came = list_came(call.db, source.name, KIND, every) if every else set()
    return {
        id: Belongings(
            tuple(sorted(team.key for team in belonging.get(id, ()) if team.id in came)),
            tuple(
                sorted(
                    (team.key, action)
                    for team in granted.get(id, ())
                    if team.id in came
                    for action in team.actions_granted_to(id)
                )
            ),
        )
        for id in member_ids
    }


def change_teams(call: Call, source: Source, changed: Mapping[str, Belongings]) -> None:
    """Gives members, by their ids, what they should have in all teams that came from there: each of these is
    changed once.
    """
    if not changed:
        return
    before = read_belongings(call, source, list(changed))
    wanted: dict[str, list[str]] = defaultdict(list)
    for id, belongings in changed.items():
        for key in _concerned(before[id]) | _concerned(belongings):
            wanted[key].append(id)
    for key, team in _list_carried(call, source, wanted.keys()).items():
        after = _with_members(team, wanted[key], changed)
        change(call, TEAM, team, Edit(after, ("updateTeamMembers", "updateTeamPermissionGrants"), ""))


def _concerned(belongings: Belongings) -> set[str]:
    return {*belongings.team_keys, *(key for key, _ in belongings.grants)}


def _with_members(team: Team, ids: Collection[str], changed: Mapping[str, Belongings]) -> Team:
    now_in = [id for id in ids if team.key in changed[id].team_keys]
    grants = [Grant(id, action) for id in ids for key, action in changed[id].grants if key == team.key]
    others = tuple(id for id in team.member_ids if id not in ids or id in now_in)
    return replace(
        team,
        member_ids=(*others, *(id for id in now_in if id not in others)),
        grants=(*(grant for grant in team.grants if grant.member_id not in ids), *grants),
    )
