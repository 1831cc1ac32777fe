"""What the small account of these tests tells Relay Proxies."""

from collections.abc import Mapping
from typing import Any

import msgspec

from daybreak.areas.integrations.relay_configurations.requests import RelayConfigurationFields
from daybreak.platform.columns import Json

PATCHED: Mapping[str, type[msgspec.Struct]] = {"patchRelayAutoConfig": RelayConfigurationFields}

BODIES: Mapping[str, Json] = {
    "postRelayAutoConfig": {
        "name": "Relays at the edge",
        "policy": [{"effect": "allow", "resources": ["proj/web:env/*"], "actions": ["*"]}],
    },
    "patchRelayAutoConfig": [{"op": "replace", "path": "/name", "value": "Changed"}],
}


def a_relay_configuration(api: Any) -> dict[str, str]:
    """Its id, by where it is."""
    made = api.post("/api/v2/account/relay-auto-configs", json=BODIES["postRelayAutoConfig"])
    assert made.status_code == 201
    return {"account": made.json()["_id"]}
