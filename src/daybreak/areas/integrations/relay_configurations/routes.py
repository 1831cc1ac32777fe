"""Every URL of Relay Proxy configurations."""

from daybreak.areas.integrations.relay_configurations import operations
from daybreak.areas.integrations.relay_configurations.representation import RelayConfigurationShape
from daybreak.areas.integrations.relay_configurations.requests import (
    NewRelayConfiguration,
    ResetRelayKeyQuery,
)
from daybreak.areas.integrations.relay_configurations.resource import RELAY_CONFIGURATION
from daybreak.platform.columns import Json
from daybreak.rest.crud import actions_of, read_route, remove_route
from daybreak.rest.routing import Route

ALL = "/api/v2/account/relay-auto-configs"
ONE = f"{ALL}/{{id}}"
TAG = "Relay Proxy configurations"

ROUTES = [
    Route(
        method="GET",
        path=ALL,
        run=operations.list_all,
        operation="getRelayProxyConfigs",
        tag=TAG,
        summary="List Relay Proxy configurations",
        action=RELAY_CONFIGURATION.view_action,
        specifier="relay-proxy-config/*",
        answer=list[RelayConfigurationShape],
    ),
    Route(
        method="POST",
        path=ALL,
        run=operations.create_relay_configuration,
        operation="postRelayAutoConfig",
        tag=TAG,
        summary="Create a Relay Proxy configuration; its key is shown this once",
        action=operations.CREATE,
        specifier="relay-proxy-config/*",
        body=NewRelayConfiguration,
        answer=RelayConfigurationShape,
        status=201,
    ),
    read_route(RELAY_CONFIGURATION, ONE, "getRelayProxyConfig", tag=TAG, answer=RelayConfigurationShape),
    Route(
        method="PATCH",
        path=ONE,
        run=operations.patch_relay_configuration,
        operation="patchRelayAutoConfig",
        tag=TAG,
        summary="Change a Relay Proxy configuration by JSON patch or merge patch",
        action=actions_of(RELAY_CONFIGURATION),
        specifier="relay-proxy-config/*",
        body=Json,
        answer=RelayConfigurationShape,
    ),
    remove_route(
        RELAY_CONFIGURATION,
        ONE,
        "deleteRelayAutoConfig",
        tag=TAG,
        action="deleteRelayAutoConfiguration",
    ),
    Route(
        method="POST",
        path=f"{ONE}/reset",
        run=operations.reset_relay_key,
        operation="resetRelayAutoConfig",
        tag=TAG,
        summary="Replace a Relay Proxy configuration's key; the new one is shown this once",
        action=operations.RESET,
        specifier="relay-proxy-config/*",
        query=ResetRelayKeyQuery,
        answer=RelayConfigurationShape,
    ),
]
