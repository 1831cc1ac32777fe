"""Segments of environments, and the versions of those that are gone."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

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

segments = Table(
    "segments",
    metadata,
    identifier(),
    # Beside the environment's, so that who has the segment need not ask for it.
    Column("project_id", Text, nullable=False, server_default=""),
    reference("environment_id", "environments.id"),
    text("key"),
    text("name"),
    text("description"),
    document("tags"),
    text("salt"),
    document("included"),
    document("excluded"),
    document("rules"),
    flag("is_unbounded"),
    text("unbounded_context_kind"),
    number("generation"),
    number("included_count"),
    number("excluded_count"),
    milliseconds("created_at"),
    milliseconds("modified_at"),
    version(),
    UniqueConstraint("environment_id", "key"),
    Index("ix_segments_page", "environment_id", "created_at", "id"),
)

# A segment with the key of a deleted one starts above what SDKs knew of that.
deleted_segments = Table(
    "deleted_segments",
    metadata,
    Column("environment_id", Text, ForeignKey("environments.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    number("version"),
    number("generation"),
)
