"""A good body for each operation that takes one, and what else a good request to it needs."""

from collections.abc import Mapping

import msgspec

from api import context_world, integrations_world, people_world, segment_world
from daybreak.areas.flags.code_references.requests import CodeRepositoryFields
from daybreak.areas.flags.feature_flags.requests import FlagFields
from daybreak.areas.flags.flag_links.requests import FlagLinkFields
from daybreak.areas.flags.segments.requests import SegmentFields
from daybreak.areas.insights.deployments.requests import DeploymentFields
from daybreak.areas.insights.groups.requests import InsightGroupFields
from daybreak.areas.people.access_tokens.requests import TokenFields
from daybreak.areas.people.custom_roles.requests import CustomRoleFields
from daybreak.areas.people.members.requests import MemberFields
from daybreak.areas.people.oauth_clients.requests import OAuthClientFields
from daybreak.areas.projects.applications.requests import ApplicationFields, ApplicationVersionFields
from daybreak.areas.projects.environments.requests import EnvironmentFields
from daybreak.areas.projects.projects.requests import FlagDefaultsBody, ProjectFields
from daybreak.platform.columns import Json

# What a patch may change is told by the resource; the route itself takes any JSON.
PATCHED: Mapping[str, type[msgspec.Struct]] = {
    "patchToken": TokenFields,
    "patchMember": MemberFields,
    "patchCustomRole": CustomRoleFields,
    "patchOAuthClient": OAuthClientFields,
    "patchProject": ProjectFields,
    "patchFlagDefaultsByProject": FlagDefaultsBody,
    "patchEnvironment": EnvironmentFields,
    "patchSegment": SegmentFields,
    "patchApplication": ApplicationFields,
    "patchApplicationVersion": ApplicationVersionFields,
    "updateDeployment": DeploymentFields,
    "patchInsightGroup": InsightGroupFields,
    "patchFeatureFlag": FlagFields,
    "patchRepository": CodeRepositoryFields,
    "updateFlagLink": FlagLinkFields,
    **integrations_world.PATCHED,
}

_STATEMENT = {"effect": "allow", "resources": ["proj/*"], "actions": ["*"]}
_ENVIRONMENT = {
    "key": "canary",
    "name": "Canary",
    "color": "aabbcc",
    "defaultTtl": 5,
    "secureMode": True,
    "defaultTrackEvents": True,
    "confirmChanges": True,
    "requireComments": False,
    "tags": ["slow"],
    "critical": True,
}
DATED_USER = {
    "kind": "addExpireUserTargetDate",
    "variationId": "unknown",
    "value": 1_900_000_000_000,
}
_AVAILABILITY = {"usingEnvironmentId": True, "usingMobileKey": True}
EXTINCTION = {
    "revision": "c0ffee",
    "message": "Remove the old till",
    "time": 1_700_000_000_000,
    "projKey": "web",
    "flagKey": "old-till",
}
_RENAMED = [{"op": "replace", "path": "/name", "value": "Changed"}]

BODIES: Mapping[str, Json] = {
    "postToken": {
        "name": "second",
        "description": "",
        "serviceToken": True,
        "defaultApiVersion": 20240415,
        "inlineRole": [_STATEMENT],
    },
    "postProject": {
        "key": "shop",
        "name": "Shop",
        "includeInSnippetByDefault": True,
        "defaultClientSideAvailability": _AVAILABILITY,
        "tags": ["money"],
        "environments": [_ENVIRONMENT],
        "namingConvention": {"case": "camelCase", "prefix": "shop-"},
    },
    "putFlagDefaultsByProject": {
        "tags": ["new"],
        "temporary": True,
        "booleanDefaults": {
            "trueDisplayName": "On",
            "falseDisplayName": "Off",
            "trueDescription": "",
            "falseDescription": "",
            "onVariation": 0,
            "offVariation": 1,
        },
        "defaultClientSideAvailability": _AVAILABILITY,
    },
    "postEnvironment": _ENVIRONMENT | {"source": {"key": "production", "version": 1}},
    "createDeploymentEvent": {
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKey": "checkout",
        "version": "2.0",
        "eventType": "finished",
        "applicationName": "Checkout",
        "applicationKind": "server",
        "versionName": "Two",
        "eventMetadata": {"a": 1},
        "deploymentMetadata": {"b": 2},
    },
    "associateRepositoriesAndProjects": {"mappings": [{"repositoryKey": "acme/till", "projectKey": "web"}]},
    "createInsightGroup": {
        "key": "edge",
        "name": "Edge",
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKeys": ["checkout"],
    },
    "postFeatureFlag": {
        "key": "dark-mode",
        "name": "Dark mode",
        "description": "",
        "includeInSnippet": False,
        "clientSideAvailability": _AVAILABILITY,
        "variations": [{"value": "light"}, {"value": "dark", "name": "Dark", "description": "At night"}],
        "temporary": True,
        "tags": ["look"],
        "customProperties": {"tracker": {"name": "Tracker", "value": ["7"]}},
        "defaults": {"onVariation": 1, "offVariation": 0},
        "isFlagOn": True,
    },
    "copyFeatureFlag": {
        "source": {"key": "test", "currentVersion": 1},
        "target": {"key": "production", "currentVersion": 2},
        "comment": "as tested",
        "includedActions": ["updateOn"],
        "excludedActions": [],
    },
    "postRepository": {
        "name": "Till",
        "sourceLink": "https://git.example/acme/till",
        "commitUrlTemplate": "https://git.example/acme/till/commit/${sha}",
        "hunkUrlTemplate": "https://git.example/acme/till/blob/${sha}/${filePath}#L${lineNumber}",
        "type": "github",
        "defaultBranch": "main",
    },
    "putBranch": {
        "name": "main",
        "head": "beef",
        "updateSequenceId": 7,
        "syncTime": 1_700_000_000_000,
        "commitTime": 1_690_000_000_000,
        "references": [
            {
                "path": "src/till.py",
                "hint": "py",
                "hunks": [
                    {
                        "startingLineNumber": 10,
                        "lines": "if client.variation('checkout-v2', context, False):",
                        "projKey": "web",
                        "flagKey": "checkout-v2",
                        "aliases": ["checkoutV2"],
                        "contentHash": "abc",
                    }
                ],
            }
        ],
    },
    "deleteBranches": ["gone", "main"],
    "postExtinction": [EXTINCTION],
    "patchExpiringTargets": {
        "instructions": [
            {
                "kind": "addExpiringTarget",
                "variationId": "unknown",
                "contextKind": "user",
                "contextKey": "ann",
                "value": 1_900_000_000_000,
            }
        ],
        "comment": "a trial",
    },
    "patchExpiringUserTargets": {"instructions": [DATED_USER | {"userKey": "ann"}], "comment": ""},
    "patchExpiringFlagsForUser": {"instructions": [DATED_USER | {"flagKey": "checkout-v2"}], "comment": ""},
    "putContextFlagSetting": {"setting": True, "comment": "a trial"},
    "putFlagSetting": {"setting": True, "comment": "a trial"},
    "evaluateContextInstance": {"kind": "user", "key": "ann"},
    **segment_world.BODIES,
    **people_world.BODIES,
    **context_world.BODIES,
    **integrations_world.BODIES,
    "postMigrationSafetyIssues": {"instructions": [{"kind": "turnFlagOn"}], "comment": "at once"},
    "createFlagLink": {
        "key": "chat",
        "integrationKey": "",
        "timestamp": 1_700_000_000_000,
        "deepLink": "https://chat.example/checkout",
        "title": "Chat",
        "description": "",
        "metadata": {"channel": "checkout"},
    },
    "createTriggerWorkflow": {
        "integrationKey": "generic-trigger",
        "instructions": [{"kind": "turnFlagOff"}],
        "comment": "for the alarm",
    },
    "patchTriggerWorkflow": {"instructions": [{"kind": "disableTrigger"}], "comment": "too loud"},
    "postAuditLogEntries": [_STATEMENT],
    "postAuditLogEntryCounts": [_STATEMENT],
    "patchToken": _RENAMED,
    "patchProject": _RENAMED,
    "patchEnvironment": _RENAMED,
    "patchApplication": _RENAMED,
    "patchInsightGroup": _RENAMED,
    "patchFeatureFlag": _RENAMED,
    "patchRepository": _RENAMED,
    "updateFlagLink": [{"op": "replace", "path": "/title", "value": "Changed"}],
    "patchFlagDefaultsByProject": [{"op": "replace", "path": "/temporary", "value": True}],
    "patchApplicationVersion": [{"op": "replace", "path": "/supported", "value": False}],
    "updateDeployment": [{"op": "replace", "path": "/archived", "value": True}],
}

UPLOADS = {**segment_world.UPLOADS, **people_world.UPLOADS}

# Values for the parameters that a query must have.
QUERY: Mapping[str, str] = {"projectKey": "web", "environmentKey": "production", "after": "1000"}
