"""Webhooks, and what was or is still to be sent to each."""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

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

webhooks = Table(
    "webhooks",
    metadata,
    identifier(),
    text("name"),
    text("url"),
    flag("on"),
    text("secret", optional=True),
    document("statements"),
    document("tags"),
    milliseconds("created_at"),
    version(),
    # The revision up to which entries have been queued: set beside the model, which people change.
    Column("queued_to", Integer, nullable=False, server_default="0"),
    Index("ix_webhooks_created_at", "created_at", "id"),
)

outgoing_deliveries = Table(
    "outgoing_deliveries",
    metadata,
    identifier(),
    reference("webhook_id", "webhooks.id"),
    number("number"),
    text("entry_id"),
    text("state"),
    milliseconds("created_at"),
    milliseconds("next_attempt_at"),
    number("attempts"),
    milliseconds("attempted_at", optional=True),
    number("status"),
    text("answer"),
    text("reason"),
    milliseconds("duration"),
    UniqueConstraint("webhook_id", "number"),
    Index("ix_outgoing_deliveries_state", "state", "webhook_id", "number"),
)
