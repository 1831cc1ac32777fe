"""Relay Proxy configurations, and the old keys that still work after a reset."""

from sqlalchemy import Index, Table, UniqueConstraint

from daybreak.platform.columns import document, identifier, milliseconds, reference, text, version
from daybreak.platform.database import metadata

relay_configurations = Table(
    "relay_configurations",
    metadata,
    identifier(),
    text("creator_id"),
    text("name"),
    document("policy"),
    text("digest"),
    text("ending"),
    milliseconds("created_at"),
    milliseconds("modified_at"),
    version(),
    UniqueConstraint("digest"),
    Index("ix_relay_configurations_created_at", "created_at", "id"),
)

expiring_relay_keys = Table(
    "expiring_relay_keys",
    metadata,
    identifier("digest"),
    reference("configuration_id", "relay_configurations.id", index=True),
    milliseconds("expires_at"),
)
