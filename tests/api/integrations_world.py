"""What the small account of these tests tells Relay Proxies and other systems."""

from collections.abc import Mapping
from typing import Any

import msgspec

from daybreak.areas.integrations.relay_configurations.requests import RelayConfigurationFields
from daybreak.areas.integrations.webhooks.queueing import QUEUE
from daybreak.areas.integrations.webhooks.requests import WebhookFields
from daybreak.platform.columns import Json
from daybreak.platform.database import Database

PATCHED: Mapping[str, type[msgspec.Struct]] = {
    "patchRelayAutoConfig": RelayConfigurationFields,
    "patchWebhook": WebhookFields,
}

BODIES: Mapping[str, Json] = {
    "postRelayAutoConfig": {
        "name": "Relays at the edge",
        "policy": [{"effect": "allow", "resources": ["proj/web:env/*"], "actions": ["*"]}],
    },
    "patchRelayAutoConfig": [{"op": "replace", "path": "/name", "value": "Changed"}],
    "postWebhook": {
        "url": "https://hooks.example/daybreak",
        "sign": True,
        "on": True,
        "name": "Chat",
        "secret": "shared",
        "statements": [{"effect": "allow", "resources": ["proj/web"], "actions": ["*"]}],
        "tags": ["loud"],
    },
    "patchWebhook": [{"op": "replace", "path": "/name", "value": "Changed"}],
}


def a_relay_configuration(api: Any) -> dict[str, str]:
    """Its id, by where it is."""
    made = api.post("/api/v2/account/relay-auto-configs", json=BODIES["postRelayAutoConfig"])
    assert made.status_code == 201
    return {"account": made.json()["_id"]}


def a_webhook_with_a_delivery(api: Any, database: Database, now: int) -> tuple[str, str]:
    """The ids of both. It waits, as nobody sends here."""
    body = BODIES["postWebhook"] | {"statements": []}
    made = api.post("/api/v2/webhooks", json=body).json()["_id"]
    with database.writing() as db:
        QUEUE.run(db, now)
    [delivery] = api.get(f"/api/v2/webhooks/{made}/deliveries").json()["items"]
    return made, delivery["_id"]
