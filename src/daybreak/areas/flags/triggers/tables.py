"""Triggers of flags, and the latest posts to their URLs."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from daybreak.platform.columns import document, flag, identifier, milliseconds, reference, text, version
from daybreak.platform.database import metadata

flag_triggers = Table(
    "flag_triggers",
    metadata,
    identifier(),
    reference("flag_id", "feature_flags.id"),
    reference("environment_id", "environments.id"),
    text("integration_key"),
    document("instructions"),
    flag("enabled"),
    text("digest"),
    text("maintainer_id"),
    milliseconds("created_at"),
    version(),
    Index("ix_flag_triggers_flag", "flag_id", "environment_id"),
    Index("ix_flag_triggers_environment", "environment_id"),
)

flag_trigger_firings = Table(
    "flag_trigger_firings",
    metadata,
    Column("trigger_id", Text, ForeignKey("flag_triggers.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    milliseconds("at"),
    document("body", optional=True),
)
