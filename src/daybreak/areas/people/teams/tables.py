"""Teams, who belongs to them, which roles they share, and who may look after them."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from daybreak.platform.columns import document, identifier, milliseconds, number, text, version
from daybreak.platform.database import metadata

teams = Table(
    "teams",
    metadata,
    identifier(),
    text("key"),
    text("name"),
    text("description"),
    document("role_attributes"),
    milliseconds("created_at"),
    milliseconds("modified_at"),
    version(),
    UniqueConstraint("key"),
)


def _of_team() -> Column[str]:
    return Column("team_id", Text, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)


def _of_member() -> Column[str]:
    return Column("member_id", Text, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)


team_members = Table(
    "team_members",
    metadata,
    _of_team(),
    _of_member(),
    number("position"),
    Index("ix_team_members_member", "member_id"),
)

team_roles = Table(
    "team_roles",
    metadata,
    _of_team(),
    Column("role_id", Text, ForeignKey("custom_roles.id"), primary_key=True),
    number("position"),
    Index("ix_team_roles_role", "role_id"),
)

team_grants = Table(
    "team_grants",
    metadata,
    _of_team(),
    _of_member(),
    Column("action", Text, primary_key=True),
    number("position"),
    Index("ix_team_grants_member", "member_id"),
)
