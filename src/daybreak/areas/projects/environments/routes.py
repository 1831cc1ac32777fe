"""Every URL of environments."""

from functools import partial

from daybreak.areas.projects.environments import operations
from daybreak.areas.projects.environments.representation import EnvironmentShape
from daybreak.areas.projects.environments.requests import NewEnvironment, ResetKeyQuery
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.rest.crud import change_route, list_route, read_route
from daybreak.rest.routing import Route

ALL = "/api/v2/projects/{projectKey}/environments"
ONE = "/api/v2/projects/{projectKey}/environments/{environmentKey}"
TAG = "Environments"


def environment_routes(copy_configuration: operations.CopyConfiguration) -> list[Route]:
    """`copy_configuration` copies what other areas keep for each environment."""
    creation = Route(
        method="POST",
        path=ALL,
        run=partial(operations.create_environment, copy_configuration=copy_configuration),
        operation="postEnvironment",
        tag=TAG,
        summary="Create an environment",
        action="createEnvironment",
        specifier="proj/*:env/*",
        body=NewEnvironment,
        answer=EnvironmentShape,
        status=201,
    )
    return [creation, *_OTHERS]


_OTHERS = [
    list_route(ENVIRONMENT, ALL, "getEnvironmentsByProject", tag=TAG, answer=EnvironmentShape),
    read_route(ENVIRONMENT, ONE, "getEnvironment", tag=TAG, answer=EnvironmentShape),
    change_route(ENVIRONMENT, ONE, "patchEnvironment", tag=TAG, answer=EnvironmentShape),
    Route(
        method="DELETE",
        path=ONE,
        run=operations.delete_environment,
        operation="deleteEnvironment",
        tag=TAG,
        summary="Delete an environment",
        action="deleteEnvironment",
        specifier="proj/*:env/*",
        status=204,
    ),
    Route(
        method="POST",
        path=f"{ONE}/apiKey",
        run=operations.reset_sdk_key,
        operation="resetEnvironmentSDKKey",
        tag=TAG,
        summary="Replace an environment's SDK key",
        action="updateSdkKey",
        specifier="proj/*:env/*",
        query=ResetKeyQuery,
        answer=EnvironmentShape,
    ),
    Route(
        method="POST",
        path=f"{ONE}/mobileKey",
        run=operations.reset_mobile_key,
        operation="resetEnvironmentMobileKey",
        tag=TAG,
        summary="Replace an environment's mobile key",
        action="updateMobileKey",
        specifier="proj/*:env/*",
        answer=EnvironmentShape,
    ),
]
