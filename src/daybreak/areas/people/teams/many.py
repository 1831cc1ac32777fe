"""Members for several teams at once: named, or all but those whom filters leave out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import msgspec

from daybreak.areas.people.members.many import AllBut, MemberIds, all_but, listed
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.requests import TeamKeys
from daybreak.areas.people.teams.changing import change_team
from daybreak.areas.people.teams.instructions import together
from daybreak.areas.people.teams.representation import BulkTeamsShape
from daybreak.areas.people.teams.store import find_team
from daybreak.platform.columns import Json
from daybreak.platform.errors import Forbidden, InvalidRequest, NotFound
from daybreak.rest.call import Body, Call
from daybreak.rest.editing import Edit
from daybreak.rest.parsing import convert
from daybreak.rest.semantic_patch import InstructionsBody

Keys = Annotated[TeamKeys, msgspec.Meta(min_length=1)]


class AddMembers(Body):
    """These members for these teams."""

    team_keys: Keys
    member_ids: MemberIds = msgspec.field(name="memberIDs")


class AddAllMembers(AllBut, kw_only=True):
    """Everybody for these teams, but those whom a filter leaves out."""

    team_keys: Keys


def patch_teams(call: Call, body: InstructionsBody) -> BulkTeamsShape:
    """Changes the teams it can; what stood in the way of the others is told, and they stay as they were.

    Raises:
        Forbidden: there is no team that the caller may change so.

    """
    added: dict[str, None] = {}
    changed: dict[str, None] = {}
    refusals: list[Exception] = []
    errors: list[dict[str, Json]] = []
    for number, item in enumerate(body.instructions):
        members, keys = _read(call, item, number)
        ids = [member.id for member in members]
        for key in dict.fromkeys(keys):
            try:
                team = find_team(call.db, key)
                after = replace(team, member_ids=together(team.member_ids, ids))
                change_team(call, team, Edit(after, ("updateTeamMembers",), body.comment or ""))
            except (Forbidden, NotFound) as refusal:
                errors.append({key: refusal.message})
                refusals.append(refusal)
            else:
                changed[key] = None
                added |= dict.fromkeys(ids)
    if not changed and refusals and all(isinstance(refusal, Forbidden) for refusal in refusals):
        raise refusals[0]
    return BulkTeamsShape(member_ids=list(added), team_keys=list(changed), errors=errors)


def _read(call: Call, item: dict[str, Json], number: int) -> tuple[Sequence[Member], list[str]]:
    match item.get("kind"):
        case "addMembersToTeams":
            some = convert(item, AddMembers)
            return listed(call, some.member_ids), some.team_keys
        case "addAllMembersToTeams":
            every = convert(item, AddAllMembers)
            return all_but(call, every), every.team_keys
    raise InvalidRequest(
        f"instructions[{number}]: {item.get('kind')!r} is unknown; "
        "known: addMembersToTeams, addAllMembersToTeams"
    )
