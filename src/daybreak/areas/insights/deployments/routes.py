"""Every URL of deployments."""

from daybreak.areas.insights.deployments import operations
from daybreak.areas.insights.deployments.representation import (
    DEPLOYMENTS_PATH,
    DeploymentEventShape,
    DeploymentShape,
)
from daybreak.areas.insights.deployments.requests import DeploymentEvent, DeploymentsQuery
from daybreak.areas.insights.deployments.resource import DEPLOYMENT
from daybreak.platform.columns import Json
from daybreak.rest.crud import read_route
from daybreak.rest.routing import Route

EVENTS = "/api/v2/engineering-insights/deployment-events"
ONE = f"{DEPLOYMENTS_PATH}/{{deploymentID}}"
TAG = "Insights deployments (beta)"

ROUTES = [
    Route(
        method="POST",
        path=EVENTS,
        run=operations.create_deployment_event,
        operation="createDeploymentEvent",
        tag=TAG,
        summary="Tell of a step of a deployment",
        action="createDeploymentEvent",
        specifier="proj/*:env/*:deployment/*",
        body=DeploymentEvent,
        answer=DeploymentEventShape,
        status=201,
        beta=True,
    ),
    Route(
        method="GET",
        path=DEPLOYMENTS_PATH,
        run=operations.list_deployments,
        operation="getDeployments",
        tag=TAG,
        summary="List deployments",
        action=DEPLOYMENT.view_action,
        specifier="proj/*:env/*:deployment/*",
        query=DeploymentsQuery,
        answer=list[DeploymentShape],
        beta=True,
    ),
    read_route(DEPLOYMENT, ONE, "getDeployment", tag=TAG, answer=DeploymentShape, beta=True),
    Route(
        method="PATCH",
        path=ONE,
        run=operations.change_deployment,
        operation="updateDeployment",
        tag=TAG,
        summary="Archive a deployment or change its metadata by JSON patch or merge patch",
        action="updateDeploymentArchived updateDeploymentMetadata",
        specifier="proj/*:env/*:deployment/*",
        body=Json,
        answer=DeploymentShape,
        beta=True,
    ),
]
