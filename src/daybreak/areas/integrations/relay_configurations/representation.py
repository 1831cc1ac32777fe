"""Relay Proxy configurations as the API shows them."""

from typing import Any

import msgspec

from daybreak.areas.integrations.relay_configurations.model import RelayConfiguration
from daybreak.areas.people.queries import MemberSummaryShape
from daybreak.rest.access import AccessibleShape
from daybreak.rest.links import path


class RelayConfigurationShape(AccessibleShape, kw_only=True):
    """A configuration. `fullKey` is there right after creation or reset, `displayKey` is how it ends."""

    id: str = msgspec.field(name="_id")
    name: str
    policy: list[dict[str, Any]]
    full_key: str | msgspec.UnsetType = msgspec.UNSET
    display_key: str
    creation_date: int
    last_modified: int
    creator_: MemberSummaryShape | msgspec.UnsetType = msgspec.field(name="_creator", default=msgspec.UNSET)


def relay_configuration_path(id: str) -> str:
    return path("/api/v2/account/relay-auto-configs/{id}", id=id)


def represent_relay_configuration(
    configuration: RelayConfiguration, creator: MemberSummaryShape | None
) -> RelayConfigurationShape:
    """Whoever made it is not told once they are gone."""
    return RelayConfigurationShape(
        id=configuration.id,
        name=configuration.name,
        policy=configuration.policy,
        display_key=configuration.ending,
        creation_date=configuration.created_at,
        last_modified=configuration.modified_at,
        creator_=creator or msgspec.UNSET,
    )
