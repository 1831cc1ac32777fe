"""Every URL of applications and their versions."""

from dataclasses import replace

from daybreak.areas.projects.applications.expansions import EvaluatedFlags, flags_expansion
from daybreak.areas.projects.applications.representation import ApplicationShape, ApplicationVersionShape
from daybreak.areas.projects.applications.resource import APPLICATION, APPLICATION_VERSION
from daybreak.rest.crud import change_route, list_route, read_route, remove_route
from daybreak.rest.routing import Route

APPLICATIONS = "/api/v2/applications"
ONE = "/api/v2/applications/{applicationKey}"
VERSIONS = "/api/v2/applications/{applicationKey}/versions"
ONE_VERSION = "/api/v2/applications/{applicationKey}/versions/{versionKey}"
TAG = "Applications (beta)"


def application_routes(evaluated_flags: EvaluatedFlags) -> list[Route]:
    application = replace(APPLICATION, expansions=(flags_expansion(evaluated_flags),))
    return [
        list_route(
            application,
            APPLICATIONS,
            "getApplications",
            tag=TAG,
            answer=ApplicationShape,
            default=10,
            beta=True,
        ),
        read_route(application, ONE, "getApplication", tag=TAG, answer=ApplicationShape, beta=True),
        change_route(application, ONE, "patchApplication", tag=TAG, answer=ApplicationShape, beta=True),
        remove_route(application, ONE, "deleteApplication", tag=TAG, action="deleteApplication", beta=True),
        list_route(
            APPLICATION_VERSION,
            VERSIONS,
            "getApplicationVersions",
            tag=TAG,
            answer=ApplicationVersionShape,
            default=50,
            beta=True,
        ),
        change_route(
            APPLICATION_VERSION,
            ONE_VERSION,
            "patchApplicationVersion",
            tag=TAG,
            answer=ApplicationVersionShape,
            beta=True,
        ),
        remove_route(
            APPLICATION_VERSION,
            ONE_VERSION,
            "deleteApplicationVersion",
            tag=TAG,
            action="deleteApplicationVersion",
            beta=True,
        ),
    ]
