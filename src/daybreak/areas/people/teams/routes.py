"""Every URL of teams."""

from dataclasses import replace
from functools import partial

from daybreak.areas.people.links import TEAMS
from daybreak.areas.people.members.representation import MemberSummaryShape
from daybreak.areas.people.teams import operations
from daybreak.areas.people.teams.changeable import ProjectsOfTeams, projects_expansion
from daybreak.areas.people.teams.changing import DELETE
from daybreak.areas.people.teams.imports import LARGEST_FILE, import_members
from daybreak.areas.people.teams.instructions import INSTRUCTIONS
from daybreak.areas.people.teams.many import patch_teams
from daybreak.areas.people.teams.representation import (
    BulkTeamsShape,
    ImportShape,
    RoleOfTeamShape,
    TeamShape,
)
from daybreak.areas.people.teams.requests import NewTeam, TeamPageQuery, TeamQuery
from daybreak.areas.people.teams.resource import TEAM
from daybreak.rest.crud import list_route, read_route
from daybreak.rest.routing import Route
from daybreak.rest.semantic_patch import InstructionsBody

ONE = f"{TEAMS}/{{teamKey}}"
TAG = "Teams"
UPDATE_MEMBERS = "updateTeamMembers"


def team_routes(projects_of_teams: ProjectsOfTeams) -> list[Route]:
    resource = replace(TEAM, expansions=(*TEAM.expansions, projects_expansion(projects_of_teams)))
    return [
        list_route(resource, TEAMS, "getTeams", tag=TAG, answer=TeamShape, most=100),
        Route(
            method="POST",
            path=TEAMS,
            run=partial(operations.create_team, resource=resource),
            operation="postTeam",
            tag=TAG,
            summary="Create a team",
            action=operations.CREATE,
            specifier="team/*",
            query=TeamQuery,
            body=NewTeam,
            answer=TeamShape,
            status=201,
        ),
        Route(
            method="PATCH",
            path=TEAMS,
            run=patch_teams,
            operation="patchTeams",
            tag="Teams (beta)",
            summary="Add members to several teams by instructions",
            action=UPDATE_MEMBERS,
            specifier="team/*",
            body=InstructionsBody,
            answer=BulkTeamsShape,
            beta=True,
        ),
        read_route(resource, ONE, "getTeam", tag=TAG, answer=TeamShape),
        Route(
            method="PATCH",
            path=ONE,
            run=partial(operations.patch_team, resource=resource),
            operation="patchTeam",
            tag=TAG,
            summary="Change a team by instructions",
            action=" ".join(dict.fromkeys(instruction.action for instruction in INSTRUCTIONS.values())),
            specifier="team/*",
            query=TeamQuery,
            body=InstructionsBody,
            answer=TeamShape,
        ),
        Route(
            method="DELETE",
            path=ONE,
            run=operations.delete_team,
            operation="deleteTeam",
            tag=TAG,
            summary="Delete a team",
            action=DELETE,
            specifier=TEAM.specifier,
            status=204,
        ),
        Route(
            method="POST",
            path=f"{ONE}/members",
            run=import_members,
            operation="postTeamMembers",
            tag=TAG,
            summary="Add members to a team from a file of emails; none of them where a line is wrong",
            action=UPDATE_MEMBERS,
            specifier="team/*",
            largest_upload=LARGEST_FILE,
            answer=ImportShape,
            status=201,
        ),
        Route(
            method="GET",
            path=f"{ONE}/maintainers",
            run=operations.list_maintainers,
            operation="getTeamMaintainers",
            tag=TAG,
            summary="List the members who look after a team",
            action=TEAM.view_action,
            specifier="team/*",
            query=TeamPageQuery,
            answer=list[MemberSummaryShape],
        ),
        Route(
            method="GET",
            path=f"{ONE}/roles",
            run=operations.list_roles,
            operation="getTeamRoles",
            tag=TAG,
            summary="List the custom roles that a team shares",
            action=TEAM.view_action,
            specifier="team/*",
            query=TeamPageQuery,
            answer=list[RoleOfTeamShape],
        ),
    ]
