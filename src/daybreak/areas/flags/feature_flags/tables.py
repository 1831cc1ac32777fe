"""Flags, their configuration in each environment, and the versions of those that are gone."""

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


def _part_of_key(name: str, target: str) -> Column[str]:
    return Column(name, Text, ForeignKey(target, ondelete="CASCADE"), primary_key=True)


feature_flags = Table(
    "feature_flags",
    metadata,
    identifier(),
    reference("project_id", "projects.id"),
    text("key"),
    text("name"),
    text("description"),
    document("variations"),
    text("on_variation_id"),
    text("off_variation_id"),
    flag("temporary"),
    document("tags"),
    document("availability"),
    flag("include_in_snippet"),
    text("maintainer_id", optional=True),
    text("maintainer_team_key", optional=True),
    document("custom_properties"),
    milliseconds("archived_at", optional=True),
    milliseconds("deprecated_at", optional=True),
    text("purpose", optional=True),
    document("migration", optional=True),
    milliseconds("created_at"),
    number("changes"),
    version(),
    UniqueConstraint("project_id", "key"),
    Index("ix_feature_flags_page", "project_id", "created_at", "id"),
)

# One row for each flag and environment; what is filtered by has a column, the rest is a document.
flag_environments = Table(
    "flag_environments",
    metadata,
    _part_of_key("flag_id", "feature_flags.id"),
    _part_of_key("environment_id", "environments.id"),
    flag("on"),
    milliseconds("modified_at"),
    number("changes"),
    document("configuration"),
    Index("ix_flag_environments_environment", "environment_id"),
)

# The version under which SDKs forgot a deleted flag: one with the same key starts above it.
deleted_flags = Table(
    "deleted_flags",
    metadata,
    _part_of_key("project_id", "projects.id"),
    Column("key", Text, primary_key=True),
    number("changes"),
)
