"""What of teams is not the same as of every resource: their instructions, and what belongs to them."""

from collections.abc import Sequence
from typing import Any

from daybreak.areas.people.custom_roles.store import custom_role_ids, roles_named
from daybreak.areas.people.members.requests import require_plain
from daybreak.areas.people.members.store import list_members
from daybreak.areas.people.teams.changing import (
    change_team,
    remove_team,
    require_givable,
    without_anybody,
)
from daybreak.areas.people.teams.expansions import represent_maintainers, represent_roles
from daybreak.areas.people.teams.grants import parse_grants
from daybreak.areas.people.teams.instructions import INSTRUCTIONS, Cast
from daybreak.areas.people.teams.model import Team
from daybreak.areas.people.teams.representation import TeamShape
from daybreak.areas.people.teams.requests import NewTeam, TeamPageQuery, TeamQuery
from daybreak.areas.people.teams.resource import TEAM
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call, Page
from daybreak.rest.operations import create, read_one, represent_one
from daybreak.rest.resource import Resource
from daybreak.rest.semantic_patch import Instructions, InstructionsBody, follow

CREATE = "createTeam"
PAGE = 20


def create_team(call: Call, query: TeamQuery, body: NewTeam, *, resource: Resource[Team]) -> TeamShape:
    member_ids = tuple(dict.fromkeys(body.member_ids or []))
    grants = tuple(dict.fromkeys(g for given in body.permission_grants or [] for g in parse_grants(given)))
    _require_members(call, {*member_ids, *(grant.member_id for grant in grants)})
    team = Team(
        id=object_id(),
        key=body.key,
        name=body.name,
        description=body.description or "",
        role_attributes=require_plain(body.role_attributes or {}),
        created_at=call.now,
        modified_at=call.now,
        version=1,
        member_ids=member_ids,
        custom_role_ids=custom_role_ids(call.db, "customRoleKeys", body.custom_role_keys or []),
        grants=grants,
    )
    call.actor.require((CREATE,), team.address)
    require_givable(call, without_anybody(team), team)
    create(call, TEAM, team, CREATE)
    return _represent(call, team, query, resource)


def _require_members(call: Call, ids: set[str]) -> None:
    missing = ids - {member.id for member in list_members(call.db, ids)}
    if missing:
        raise ValidationFailed(FieldFault("memberIDs", f"there is no member {min(missing)!r}"))


def patch_team(
    call: Call, query: TeamQuery, body: InstructionsBody, team_key: str, *, resource: Resource[Team]
) -> TeamShape:
    instructions = body.read()
    team = read_one(call, TEAM, team_key=team_key)
    edit = follow(instructions, team, _cast(call, instructions), INSTRUCTIONS)
    return _represent(call, change_team(call, team, edit), query, resource)


def _cast(call: Call, instructions: Instructions) -> Cast:
    """Looks up all that the instructions name, at once."""
    named = {
        text
        for item in instructions.items
        for field in ("values", "memberIDs")
        for text in _texts(item.get(field))
    }
    members = list_members(call.db, named)
    roles = roles_named(call.db, named)
    return Cast(frozenset(member.id for member in members), {name: role.id for name, role in roles.items()})


def _texts(value: Any) -> Sequence[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _represent(call: Call, team: Team, query: TeamQuery, resource: Resource[Team]) -> TeamShape:
    shape = represent_one(call, resource, team, query.expand)
    assert isinstance(shape, TeamShape)
    return shape


def delete_team(call: Call, team_key: str) -> None:
    remove_team(call, read_one(call, TEAM, team_key=team_key))


def list_maintainers(call: Call, query: TeamPageQuery, team_key: str) -> Page:
    team = read_one(call, TEAM, team_key=team_key)
    ids, limit = team.maintainer_ids, query.limit or PAGE
    shown = represent_maintainers(call.db, ids[query.offset : query.offset + limit])
    return Page(shown, len(ids), limit, query.offset)


def list_roles(call: Call, query: TeamPageQuery, team_key: str) -> Page:
    team = read_one(call, TEAM, team_key=team_key)
    ids, limit = team.custom_role_ids, query.limit or PAGE
    shown = represent_roles(call.db, ids[query.offset : query.offset + limit])
    return Page(shown, len(ids), limit, query.offset)
