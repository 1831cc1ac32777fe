"""Relay Proxy configurations as the API shows them."""

from typing import Any

import msgspec

from daybreak.areas.integrations.relay_configurations.model import RelayConfiguration
from daybreak.rest.call import Shape
from daybreak.rest.links import path


class RelayConfigurationShape(Shape, kw_only=True):
    """A configuration. `fullKey` is there right after creation or reset, `displayKey` is how it ends."""

    id: str = msgspec.field(name="_id")
    name: str
    policy: list[dict[str, Any]]
    full_key: str | msgspec.UnsetType = msgspec.UNSET
    display_key: str
    creation_date: int
    last_modified: int


def relay_configuration_path(id: str) -> str:
    return path("/api/v2/account/relay-auto-configs/{id}", id=id)


def represent_relay_configuration(configuration: RelayConfiguration) -> RelayConfigurationShape:
    return RelayConfigurationShape(
        id=configuration.id,
        name=configuration.name,
        policy=configuration.policy,
        display_key=configuration.ending,
        creation_date=configuration.created_at,
        last_modified=configuration.modified_at,
    )
