"""Followers of flags: one row for each member, flag and environment."""

from sqlalchemy import Index, Table, UniqueConstraint

from daybreak.platform.columns import identifier, milliseconds, reference, text, version
from daybreak.platform.database import metadata

flag_followers = Table(
    "flag_followers",
    metadata,
    identifier(),
    reference("flag_id", "feature_flags.id"),
    reference("environment_id", "environments.id"),
    text("member_id"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("flag_id", "environment_id", "member_id"),
    Index("ix_flag_followers_environment", "environment_id", "flag_id"),
)
