"""Members, their custom roles, and when they were seen."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from daybreak.platform.columns import document, flag, identifier, milliseconds, number, text, version
from daybreak.platform.database import metadata

members = Table(
    "members",
    metadata,
    identifier(),
    text("email"),
    text("first_name"),
    text("last_name"),
    text("role"),
    document("role_attributes"),
    flag("is_invited"),
    flag("is_verified"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("email"),
    Index("ix_members_created_at", "created_at", "id"),
)

member_roles = Table(
    "member_roles",
    metadata,
    Column("member_id", Text, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", Text, ForeignKey("custom_roles.id"), primary_key=True),
    number("position"),
    Index("ix_member_roles_role", "role_id"),
)

# Apart from the members: being seen is no change of a member, and must not meet one in its row.
member_sightings = Table(
    "member_sightings",
    metadata,
    Column("member_id", Text, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    milliseconds("seen_at"),
    text("token_id"),
)
