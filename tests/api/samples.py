"""For each operation a request that succeeds in the world, with everything in it that can be given."""

from typing import Any
from urllib.parse import urlencode

import msgspec

from api.world import Asked, World
from contract.coverage import all_routes
from daybreak.areas.insights.deployments.requests import DeploymentFields
from daybreak.areas.insights.groups.requests import InsightGroupFields
from daybreak.areas.people.access_tokens.requests import TokenFields
from daybreak.areas.projects.applications.requests import ApplicationFields, ApplicationVersionFields
from daybreak.areas.projects.environments.requests import EnvironmentFields
from daybreak.areas.projects.projects.requests import FlagDefaultsBody, ProjectFields
from daybreak.rest.call import Body
from daybreak.rest.routing import Route

NOW = 1_782_909_000_000

# Webhooks carry no token; their tests are with their area.
ROUTES = [route for route in all_routes() if route.path.startswith("/api/")]

_AVAILABILITY = {"usingEnvironmentId": True, "usingMobileKey": False}
_BOOLEAN = {
    "trueDisplayName": "On",
    "falseDisplayName": "Off",
    "trueDescription": "it is on",
    "falseDescription": "it is off",
    "onVariation": 0,
    "offVariation": 1,
}
_ENVIRONMENT = {
    "name": "Canary",
    "color": "aabbcc",
    "defaultTtl": 5,
    "secureMode": True,
    "defaultTrackEvents": True,
    "confirmChanges": True,
    "requireComments": True,
    "tags": ["slow"],
    "critical": True,
}
_PROJECT = {
    "name": "Web",
    "tags": ["money"],
    "includeInSnippetByDefault": True,
    "defaultClientSideAvailability": _AVAILABILITY,
    "namingConvention": {"case": "kebabCase", "prefix": "web-"},
}
_FLAG_DEFAULTS = {
    "tags": ["new"],
    "temporary": True,
    "booleanDefaults": _BOOLEAN,
    "defaultClientSideAvailability": _AVAILABILITY,
}
_STATEMENT = {"effect": "allow", "resources": ["proj/*"], "actions": ["*"]}
_TOKEN = {
    "name": "deployer",
    "description": "deploys",
    "inlineRole": [_STATEMENT],
    "defaultApiVersion": 20240415,
}

BODIES: dict[str, Any] = {
    "postToken": _TOKEN | {"serviceToken": True},
    "postProject": _PROJECT | {"key": "new", "environments": [_ENVIRONMENT | {"key": "canary"}]},
    "putFlagDefaultsByProject": _FLAG_DEFAULTS,
    "postEnvironment": _ENVIRONMENT | {"key": "canary", "source": {"key": "test", "version": 1}},
    "createDeploymentEvent": {
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKey": "till",
        "version": "2.0",
        "eventType": "started",
        "applicationName": "Till",
        "applicationKind": "server",
        "versionName": "Two",
        "eventTime": NOW,
        "eventMetadata": {"run": 7},
        "deploymentMetadata": {"region": "eu"},
    },
    "associateRepositoriesAndProjects": {"mappings": [{"repositoryKey": "acme/new", "projectKey": "web"}]},
    "createInsightGroup": {
        "key": "new",
        "name": "New",
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKeys": ["till"],
    },
    "postAuditLogEntries": [_STATEMENT],
    "postAuditLogEntryCounts": [_STATEMENT],
}

# What a patch may change, and to what.
PATCHES: dict[str, tuple[type[Body], dict[str, Any]]] = {
    "patchToken": (TokenFields, _TOKEN),
    "patchProject": (ProjectFields, _PROJECT | {"name": "Market"}),
    "patchFlagDefaultsByProject": (FlagDefaultsBody, _FLAG_DEFAULTS),
    "patchEnvironment": (EnvironmentFields, _ENVIRONMENT),
    "patchApplication": (ApplicationFields, {"name": "Till", "description": "takes it", "kind": "browser"}),
    "patchApplicationVersion": (ApplicationVersionFields, {"supported": False}),
    "updateDeployment": (DeploymentFields, {"archived": True, "metadata": {"run": 8}}),
    "patchInsightGroup": (InsightGroupFields, {"name": "Kernel", "applicationKeys": ["till"]}),
}


def patch_of(fields: dict[str, Any]) -> list[Any]:
    """`add` also replaces."""
    return [{"op": "add", "path": f"/{name}", "value": value} for name, value in fields.items()]


def required_query(world: World, route: Route) -> dict[str, str]:
    fields = msgspec.structs.fields(route.query)
    return {field.encode_name: world.names.get(field.encode_name, "0") for field in fields if field.required}


def body_of(route: Route) -> bytes:
    if route.operation in PATCHES:
        sample: Any = patch_of(PATCHES[route.operation][1])
    elif route.operation in BODIES:
        sample = BODIES[route.operation]
    else:
        return b""
    return msgspec.json.encode(sample)


def sample_of(world: World, route: Route) -> Asked:
    query = urlencode(required_query(world, route)).encode()
    return Asked(route.method, world.path_of(route), query, body_of(route))
