"""Relay Proxy configurations. Policies name them as `relay-proxy-config/ID`."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.integrations.relay_configurations.grants import may_name_environments
from daybreak.areas.integrations.relay_configurations.model import RelayConfiguration
from daybreak.areas.integrations.relay_configurations.representation import (
    RelayConfigurationShape,
    relay_configuration_path,
    represent_relay_configuration,
)
from daybreak.areas.integrations.relay_configurations.requests import (
    NewRelayConfiguration,
    RelayConfigurationFields,
)
from daybreak.areas.integrations.relay_configurations.store import (
    find_relay_configuration,
    relay_configuration_store,
)
from daybreak.areas.integrations.relay_configurations.tables import relay_configurations
from daybreak.areas.people.queries import member_summaries
from daybreak.logic.policy.address import Address
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.policies import parse_policy
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located


def parse_relay_policy(body: NewRelayConfiguration | RelayConfigurationFields) -> list[dict[str, Json]]:
    """Raises ValidationFailed also for what names no environments: a denial of it would deny nothing."""
    policy = parse_policy("policy", body.policy)
    for statement in parse_statements(policy):
        for specifier in (*statement.resources, *statement.not_resources):
            if not may_name_environments(specifier):
                reason = f"{specifier.text!r} names no environments: write 'proj/KEY:env/KEY'"
                raise ValidationFailed(FieldFault("policy", reason))
    return policy


def _find(call: Call, id: str) -> RelayConfiguration:
    return find_relay_configuration(call.db, id)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - they belong to the account
    return ()


def _addresses(db: Transaction, found: Sequence[RelayConfiguration]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [configuration.address for configuration in found]


def _place(db: Transaction, configuration: RelayConfiguration) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(configuration.name, relay_configuration_path(configuration.id))


def _represent(
    call: Call,
    found: Sequence[RelayConfiguration],
    expanded: Expanded,  # noqa: ARG001 - the shape of every representation
) -> list[RelayConfigurationShape]:
    creators = member_summaries(call.db, {configuration.creator_id for configuration in found})
    return [represent_relay_configuration(each, creators.get(each.creator_id)) for each in found]


def _read_fields(configuration: RelayConfiguration) -> RelayConfigurationFields:
    return msgspec.convert(configuration, RelayConfigurationFields, from_attributes=True)


def _write_fields(configuration: RelayConfiguration, fields: RelayConfigurationFields) -> RelayConfiguration:
    return replace(configuration, name=fields.name, policy=parse_relay_policy(fields))


EDITING: Editing[RelayConfiguration] = Editing(
    fields=RelayConfigurationFields,
    read=_read_fields,
    write=_write_fields,
    actions={
        "/name": "updateRelayAutoConfigurationName",
        "/policy": "updateRelayAutoConfigurationPolicy",
    },
)

RELAY_CONFIGURATION: Resource[RelayConfiguration] = Resource(
    kind="relay-proxy-config",
    specifier="relay-proxy-config/*",
    store=relay_configuration_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewRelayAutoConfiguration",
    located=(Located((Level("relay-proxy-config", relay_configurations.c.id),)),),
    tells=("resetRelayAutoConfiguration", "deleteRelayAutoConfiguration"),
    sorts={"creationDate": relay_configurations.c.created_at},
    default_sort="creationDate",
    editing=EDITING,
)
