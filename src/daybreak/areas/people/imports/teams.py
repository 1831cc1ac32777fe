"""Teams that came from another account, as yet without members: each of these tells where they belong."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.imports.requests import CameTeam
from daybreak.areas.people.imports.roles import KIND as ROLE_KIND
from daybreak.areas.people.imports.roles import roles_with_keys
from daybreak.areas.people.members.requests import require_plain
from daybreak.areas.people.teams.model import Team
from daybreak.areas.people.teams.resource import TEAM
from daybreak.areas.people.teams.store import team_store
from daybreak.areas.people.teams.tables import teams
from daybreak.platform.columns import Json
from daybreak.platform.identifiers import object_id
from daybreak.platform.origins import list_came, list_origins
from daybreak.rest.call import Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings
from daybreak.rest.operations import change, create

KIND = TEAM.kind

_CHANGES: Final = ("updateTeamName", "updateTeamDescription", "updateTeamCustomRoles")


def _carried(team: Team) -> Json:
    return {
        "key": team.key,
        "name": team.name,
        "description": team.description,
        "role_attributes": dict(team.role_attributes),
        "custom_role_ids": list(team.custom_role_ids),
    }


def carry_teams(call: Call, source: Source, documents: Sequence[Json], findings: Findings) -> None:
    carrier = _teams(call, source, findings)
    read = read_all(carrier, documents, findings)
    for came, _ in carry_over(call, source, carrier, read, findings):
        if came.is_synced:
            reason = "an identity provider says there who belongs to it: here somebody has to"
            findings.note(KIND, came.key, reason)


def _teams(call: Call, source: Source, findings: Findings) -> Carrier[CameTeam, Team]:
    def find(read: Sequence[CameTeam]) -> dict[str, Team]:
        keys = [came.key for came in read]
        return {team.key: team for team in team_store.list_where(call.db, teams.c.key.in_(keys))}

    return Carrier(
        kind=KIND,
        body=CameTeam,
        id_there=lambda came: came.key,
        key=lambda came: came.key,
        find=find,
        make=lambda came, known: _make(call, source, came, known, findings),
        carried=_carried,
        id_of=lambda team: team.id,
        create=lambda call, team: create(call, TEAM, team, "createTeam"),
        change=lambda call, before, after: change(call, TEAM, before, Edit(after, _CHANGES, "")),
    )


def _make(call: Call, source: Source, came: CameTeam, known: Team | None, findings: Findings) -> Team:
    """Raises ValidationFailed for role attributes that would say more than one key."""
    start = known or Team(
        id=object_id(),
        key=came.key,
        name="",
        description="",
        role_attributes={},
        created_at=came.creation_date,
        modified_at=came.last_modified,
        version=max(1, came.version),
    )
    return replace(
        start,
        name=came.name,
        description=came.description,
        role_attributes=require_plain(came.role_attributes),
        custom_role_ids=_find_roles(call, source, came, findings),
        modified_at=came.last_modified,
    )


def _find_roles(call: Call, source: Source, came: CameTeam, findings: Findings) -> tuple[str, ...]:
    """Those that came from there. One of the same key that was made here is another one."""
    keys = list(dict.fromkeys(role.key for role in came.roles.items))
    found = {key: role.id for key, role in roles_with_keys(call, keys).items()}
    came_from_there = list_came(call.db, source.name, ROLE_KIND, list(found.values()))
    for key in keys:
        if found.get(key) not in came_from_there:
            findings.note(KIND, came.key, f"it does not have the role {key!r}, which did not come")
    return tuple(found[key] for key in keys if found.get(key) in came_from_there)


def role_ids_here(call: Call, source: Source, names: Sequence[str]) -> dict[str, str]:
    """Of roles that came from there, by their ids or keys there."""
    known = list_origins(call.db, source.name, ROLE_KIND, names)
    here = custom_roles_by_id(call.db, {origin.resource_id for origin in known.values()})
    by_id = {id: origin.resource_id for id, origin in known.items() if origin.resource_id in here}
    by_key = {key: role.id for key, role in roles_with_keys(call, names).items() if key not in by_id}
    came = list_came(call.db, source.name, ROLE_KIND, list(by_key.values()))
    return by_id | {key: id for key, id in by_key.items() if id in came}
