"""Teams as a resource. Policies name them as `team/release`."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from daybreak.areas.people.links import team_path
from daybreak.areas.people.teams.conditions import has_no_members, is_named
from daybreak.areas.people.teams.expansions import EXPANSIONS
from daybreak.areas.people.teams.instructions import INSTRUCTIONS
from daybreak.areas.people.teams.model import Team
from daybreak.areas.people.teams.representation import TeamShape, represent_team
from daybreak.areas.people.teams.store import find_team, team_store
from daybreak.areas.people.teams.tables import teams
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource
from daybreak.rest.visibility import Level, Located


def _find(call: Call, team_key: str) -> Team:
    return find_team(call.db, team_key)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - other resources have parents
    return ()


def _addresses(db: Transaction, found: Sequence[Team]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [team.address for team in found]


def _place(db: Transaction, team: Team) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(team.name, team_path(team.key))


def _represent(call: Call, found: Sequence[Team], expanded: Expanded) -> list[TeamShape]:  # noqa: ARG001 - the shape of every representation
    return [
        represent_team(team, {name: by_team[team.id] for name, by_team in expanded.items()}) for team in found
    ]


TEAM: Resource[Team] = Resource(
    kind="team",
    specifier="team/*",
    store=team_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewTeam",
    located=(Located((Level("team", teams.c.key),)),),
    tells=(*dict.fromkeys(each.action for each in INSTRUCTIONS.values()), "deleteTeam"),
    filters={"query": is_named, "nomembers": has_no_members},
    sorts={"name": teams.c.name},
    default_sort="name",
    expansions=EXPANSIONS,
    unique=(teams.c.key,),
)
