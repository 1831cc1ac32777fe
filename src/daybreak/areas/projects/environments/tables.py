"""Environments, and the SDK keys that still work after a rotation."""

from sqlalchemy import Index, Table, UniqueConstraint

from daybreak.platform.columns import (
    document,
    flag,
    identifier,
    milliseconds,
    number,
    reference,
    text,
    version,
)
from daybreak.platform.database import metadata

environments = Table(
    "environments",
    metadata,
    identifier(),
    reference("project_id", "projects.id"),
    text("key"),
    text("name"),
    text("color"),
    text("sdk_key"),
    text("mobile_key"),
    number("default_ttl"),
    flag("secure_mode"),
    flag("default_track_events"),
    flag("require_comments"),
    flag("confirm_changes"),
    flag("critical"),
    document("tags"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("project_id", "key"),
    UniqueConstraint("sdk_key"),
    UniqueConstraint("mobile_key"),
)

expiring_sdk_keys = Table(
    "expiring_sdk_keys",
    metadata,
    identifier("sdk_key"),
    reference("environment_id", "environments.id"),
    milliseconds("expires_at"),
    Index("ix_expiring_sdk_keys_environment", "environment_id"),
)
