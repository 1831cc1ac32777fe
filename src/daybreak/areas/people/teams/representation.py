"""Teams as the API shows them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from daybreak.areas.people.links import TEAMS, team_path
from daybreak.areas.people.members.representation import MemberSummaryShape
from daybreak.areas.people.teams.model import Team
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links

Unset = msgspec.UnsetType


class CountShape(Shape):
    """How many there are."""

    total_count: int


class RoleOfTeamShape(Shape):
    """A custom role that a team shares."""

    key: str
    name: str


class RolesOfTeamShape(Shape):
    """The first of the custom roles that a team shares."""

    links_: Links = msgspec.field(name="_links")
    total_count: int
    items: list[RoleOfTeamShape]


class MaintainersShape(Shape):
    """The first of those who look after a team."""

    links_: Links = msgspec.field(name="_links")
    total_count: int
    items: list[MemberSummaryShape]


class ProjectOfTeamShape(Shape):
    """A project that a team may change something in."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    key: str
    name: str


class ProjectsOfTeamShape(Shape):
    """The projects that a team may change something in."""

    total_count: int
    items: list[ProjectOfTeamShape]


class TeamShape(AccessibleShape, kw_only=True):
    """A team."""

    links_: Links = msgspec.field(name="_links")
    key: str
    name: str
    description: str
    creation_date_: int = msgspec.field(name="_creationDate")
    last_modified_: int = msgspec.field(name="_lastModified")
    version_: int = msgspec.field(name="_version")
    idp_synced_: bool = msgspec.field(name="_idpSynced", default=False)
    role_attributes: Mapping[str, list[str]] | Unset = msgspec.UNSET
    roles: RolesOfTeamShape | Unset = msgspec.UNSET
    members: CountShape | Unset = msgspec.UNSET
    projects: ProjectsOfTeamShape | Unset = msgspec.UNSET
    maintainers: MaintainersShape | Unset = msgspec.UNSET


def represent_team(team: Team, expanded: Mapping[str, Any]) -> TeamShape:
    """`expanded` has what was asked for besides, by its name."""
    here = team_path(team.key)
    return TeamShape(
        links_=links(self=here, parent=TEAMS, roles=f"{here}/roles", maintainers=f"{here}/maintainers"),
        key=team.key,
        name=team.name,
        description=team.description,
        creation_date_=team.created_at,
        last_modified_=team.modified_at,
        version_=team.version,
        role_attributes=expanded.get("roleAttributes", msgspec.UNSET),
        roles=expanded.get("roles", msgspec.UNSET),
        members=expanded.get("members", msgspec.UNSET),
        projects=expanded.get("projects", msgspec.UNSET),
        maintainers=expanded.get("maintainers", msgspec.UNSET),
    )


class ImportItemShape(Shape):
    """What became of one line of a file of emails."""

    status: str
    value: str
    message: str | Unset = msgspec.UNSET


class ImportShape(Shape):
    """What became of a file of emails."""

    items: list[ImportItemShape]


class BulkTeamsShape(Shape):
    """Of a change of many teams: who was added to which, and what stood in the way of the others."""

    member_ids: list[str] = msgspec.field(name="memberIDs")
    team_keys: list[str]
    errors: list[dict[str, Any]]
