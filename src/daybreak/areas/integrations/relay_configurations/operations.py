"""What of Relay Proxy configurations is not the same as of every resource: keys, and who hands them out."""

from dataclasses import replace

import msgspec

from daybreak.areas.integrations.relay_configurations.grants import extent_of
from daybreak.areas.integrations.relay_configurations.model import RelayConfiguration
from daybreak.areas.integrations.relay_configurations.representation import (
    RelayConfigurationShape,
)
from daybreak.areas.integrations.relay_configurations.requests import (
    NewRelayConfiguration,
    ResetRelayKeyQuery,
)
from daybreak.areas.integrations.relay_configurations.resource import (
    EDITING,
    RELAY_CONFIGURATION,
    parse_relay_policy,
)
from daybreak.areas.integrations.relay_configurations.store import list_relay_configurations, retire_key
from daybreak.areas.projects.queries import VIEW_ENVIRONMENT
from daybreak.logic.policy.extent import reaches_over
from daybreak.platform.access import Actor
from daybreak.platform.columns import Json
from daybreak.platform.errors import Forbidden
from daybreak.platform.identifiers import digest, object_id, relay_key
from daybreak.rest.call import Call, Page
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.operations import (
    change,
    create,
    read_one,
    represent_all,
    represent_one,
    represent_plainly,
    visible,
)

CREATE = "createRelayAutoConfiguration"
RESET = "resetRelayAutoConfiguration"


def list_all(call: Call) -> Page:
    """All that the caller may see: the contract knows no pages here."""
    found = list_relay_configurations(call.db, visible(call, RELAY_CONFIGURATION))
    return Page(represent_all(call, RELAY_CONFIGURATION, found), len(found))


def create_relay_configuration(call: Call, body: NewRelayConfiguration) -> RelayConfigurationShape:
    key = relay_key()
    made = RelayConfiguration(
        id=object_id(),
        creator_id=call.actor.owner_id,
        name=body.name,
        policy=parse_relay_policy(body),
        digest=digest(key),
        ending=key[-4:],
        created_at=call.now,
        modified_at=call.now,
        version=1,
    )
    call.actor.require((CREATE,), made.address)
    _require_seen(call.actor, made)
    return _represent(call, create(call, RELAY_CONFIGURATION, made, CREATE), key)


def patch_relay_configuration(call: Call, body: Json, id: str) -> RelayConfigurationShape:
    before = read_one(call, RELAY_CONFIGURATION, id=id)
    represented = represent_plainly(call, RELAY_CONFIGURATION, before)
    edit = parse_edit(EDITING, before, represented, body)
    call.actor.require(edit.actions, before.address)
    if edit.after.policy != before.policy:
        _require_seen(call.actor, edit.after)
    return _represent(call, _change(call, before, edit))


def reset_relay_key(call: Call, query: ResetRelayKeyQuery, id: str) -> RelayConfigurationShape:
    """A new key; the old one works until `expiry`, so that running relays can be moved over."""
    before = read_one(call, RELAY_CONFIGURATION, id=id)
    call.actor.require((RESET,), before.address)
    # Whoever is given the key is told what it opens.
    _require_seen(call.actor, before)
    key = relay_key()
    renewed = replace(before, digest=digest(key), ending=key[-4:])
    after = _change(call, before, Edit(renewed, (RESET,), ""))
    lives_on = query.expiry is not None and query.expiry > call.now
    retire_key(call.db, before, query.expiry if lives_on else None)
    return _represent(call, after, key)


def _require_seen(actor: Actor, configuration: RelayConfiguration) -> None:
    """Raises Forbidden where the policy may cover environments whose keys the caller may not see."""
    extent = extent_of(configuration.parsed_policy)
    if not all(reaches_over(policies, VIEW_ENVIRONMENT, extent) for policies in actor.policy_groups):
        raise Forbidden(f"{actor.name or actor.kind} may not hand out keys of environments it may not see")


def _change(call: Call, before: RelayConfiguration, edit: Edit[RelayConfiguration]) -> RelayConfiguration:
    if edit.after != before:
        edit = replace(edit, after=replace(edit.after, modified_at=call.now))
    return change(call, RELAY_CONFIGURATION, before, edit)


def _represent(call: Call, configuration: RelayConfiguration, key: str = "") -> RelayConfigurationShape:
    shape = represent_one(call, RELAY_CONFIGURATION, configuration)
    assert isinstance(shape, RelayConfigurationShape)
    shape.full_key = key or msgspec.UNSET
    return shape
