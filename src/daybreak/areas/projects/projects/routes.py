"""Every URL of projects."""

from daybreak.areas.projects.projects import operations
from daybreak.areas.projects.projects.representation import FlagDefaultsShape, ProjectShape
from daybreak.areas.projects.projects.requests import FlagDefaultsBody, NewProject
from daybreak.areas.projects.projects.resource import PROJECT
from daybreak.platform.columns import Json
from daybreak.rest.crud import actions_of, list_route, read_route
from daybreak.rest.routing import Route

PROJECTS = "/api/v2/projects"
ONE = "/api/v2/projects/{projectKey}"
FLAG_DEFAULTS = "/api/v2/projects/{projectKey}/flag-defaults"
TAG = "Projects"

ROUTES = [
    list_route(PROJECT, PROJECTS, "getProjects", tag=TAG, answer=ProjectShape, paged_since=20220603),
    Route(
        method="POST",
        path=PROJECTS,
        run=operations.create_project,
        operation="postProject",
        tag=TAG,
        summary="Create a project with its environments",
        action="createProject createEnvironment",
        specifier="proj/* proj/*:env/*",
        body=NewProject,
        answer=ProjectShape,
        status=201,
    ),
    read_route(PROJECT, ONE, "getProject", tag=TAG, answer=ProjectShape),
    Route(
        method="PATCH",
        path=ONE,
        run=operations.change_project,
        operation="patchProject",
        tag=TAG,
        summary="Change a project by JSON patch or merge patch",
        action=actions_of(PROJECT),
        specifier="proj/*",
        body=Json,
        answer=ProjectShape,
    ),
    Route(
        method="DELETE",
        path=ONE,
        run=operations.delete_project,
        operation="deleteProject",
        tag=TAG,
        summary="Delete a project and everything in it",
        action="deleteProject",
        specifier="proj/*",
        status=204,
    ),
    Route(
        method="GET",
        path=FLAG_DEFAULTS,
        run=operations.get_flag_defaults,
        operation="getFlagDefaultsByProject",
        tag=TAG,
        summary="Read what new flags start with",
        action="viewProject",
        specifier="proj/*",
        answer=FlagDefaultsShape,
    ),
    Route(
        method="PUT",
        path=FLAG_DEFAULTS,
        run=operations.put_flag_defaults,
        operation="putFlagDefaultsByProject",
        tag=TAG,
        summary="Replace what new flags start with",
        action="updateProjectFlagDefaults",
        specifier="proj/*",
        body=FlagDefaultsBody,
        answer=FlagDefaultsShape,
    ),
    Route(
        method="PATCH",
        path=FLAG_DEFAULTS,
        run=operations.patch_flag_defaults,
        operation="patchFlagDefaultsByProject",
        tag=TAG,
        summary="Change what new flags start with",
        action="updateProjectFlagDefaults",
        specifier="proj/*",
        body=Json,
        answer=FlagDefaultsShape,
    ),
]
