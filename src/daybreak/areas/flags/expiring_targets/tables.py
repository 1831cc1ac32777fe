"""Expiring targets of flags, and of whatever else has targets. A context has one date for each resource."""

from sqlalchemy import Index, Table, UniqueConstraint

from daybreak.platform.columns import identifier, milliseconds, part_of_key, reference, text, version
from daybreak.platform.database import metadata
from daybreak.platform.spreading import PROJECT, spread_by

expiring_targets = Table(
    "expiring_targets",
    metadata,
    identifier(),
    part_of_key(PROJECT),
    text("resource_kind"),
    text("resource_id"),
    reference("environment_id", "environments.id"),
    text("listed_in"),
    text("context_kind"),
    text("context_key"),
    milliseconds("expires_at"),
    version(),
    UniqueConstraint(
        "resource_id",
        "environment_id",
        "context_kind",
        "context_key",
        PROJECT,
        name="uq_expiring_targets_context",
    ),
    Index("ix_expiring_targets_due", "resource_kind", "expires_at"),
    Index("ix_expiring_targets_context", "environment_id", "context_key"),
    info=spread_by(PROJECT),
)
