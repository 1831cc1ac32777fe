"""The projects that a team may change something in. Who knows projects is told by whoever builds the area's
routes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from daybreak.areas.people.custom_roles.model import policy_of
from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.teams.model import Team
from daybreak.areas.people.teams.representation import ProjectOfTeamShape, ProjectsOfTeamShape
from daybreak.logic.policy.decision import Policy
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expansion
from daybreak.rest.links import link


class ProjectOfTeam(Protocol):
    """A project that a team may change something in; `path` is where the API serves it."""

    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...


class ProjectsOfTeams(Protocol):
    """Finds the projects that policies let somebody change something in."""

    def __call__(
        self, call: Call, policies: Mapping[str, Sequence[Policy]]
    ) -> Mapping[str, Sequence[ProjectOfTeam]]:
        """By the names that the policies are given under."""
        ...


def no_projects(
    call: Call,  # noqa: ARG001 - as the protocol says
    policies: Mapping[str, Sequence[Policy]],  # noqa: ARG001 - as above
) -> Mapping[str, Sequence[ProjectOfTeam]]:
    """Where no projects are kept."""
    return {}


def projects_expansion(projects_of_teams: ProjectsOfTeams) -> Expansion:
    def load(call: Call, teams: Sequence[Team]) -> Mapping[str, Any]:
        roles = custom_roles_by_id(call.db, {id for team in teams for id in team.custom_role_ids})
        policies = {
            team.id: [policy_of(roles[id], team.role_attributes) for id in team.custom_role_ids]
            for team in teams
        }
        found = projects_of_teams(call, policies)
        return {team.id: _represent(found.get(team.id, ())) for team in teams}

    return Expansion("projects", "the projects that the team may change something in", load)


def _represent(projects: Sequence[ProjectOfTeam]) -> ProjectsOfTeamShape:
    items = [
        ProjectOfTeamShape(links_={"self": link(p.path)}, id=p.id, key=p.key, name=p.name) for p in projects
    ]
    return ProjectsOfTeamShape(total_count=len(items), items=items)
