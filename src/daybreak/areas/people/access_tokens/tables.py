"""Access tokens, their custom roles, old secrets that still work after a reset, and when each was used."""

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

access_tokens = Table(
    "access_tokens",
    metadata,
    identifier(),
    text("owner_id"),
    text("name"),
    text("description"),
    text("role"),
    document("inline_role"),
    flag("is_service"),
    number("api_version"),
    text("digest"),
    text("ending"),
    milliseconds("created_at"),
    milliseconds("modified_at"),
    version(),
    UniqueConstraint("digest"),
    Index("ix_access_tokens_created_at", "created_at", "id"),
)

expiring_secrets = Table(
    "expiring_token_secrets",
    metadata,
    identifier("digest"),
    reference("token_id", "access_tokens.id", index=True),
    text("ending"),
    milliseconds("expires_at"),
)

token_roles = Table(
    "access_token_roles",
    metadata,
    Column("token_id", Text, ForeignKey("access_tokens.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", Text, ForeignKey("custom_roles.id"), primary_key=True),
    number("position"),
    Index("ix_access_token_roles_role", "role_id"),
)

# Apart from the tokens: a use is no change of the token, and must not meet one in its row.
token_uses = Table(
    "access_token_uses",
    metadata,
    Column("token_id", Text, ForeignKey("access_tokens.id", ondelete="CASCADE"), primary_key=True),
    milliseconds("last_used_at"),
)
