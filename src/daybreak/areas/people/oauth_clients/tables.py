"""OAuth clients, what members have allowed each, and the secrets by which that is used."""

from sqlalchemy import Index, Table

from daybreak.platform.columns import flag, identifier, milliseconds, reference, text, version
from daybreak.platform.database import metadata

oauth_clients = Table(
    "oauth_clients",
    metadata,
    identifier(),
    text("name"),
    text("description"),
    text("redirect_uri"),
    text("secret_digest"),
    milliseconds("created_at"),
    version(),
    Index("ix_oauth_clients_created_at", "created_at", "id"),
)

oauth_grants = Table(
    "oauth_grants",
    metadata,
    identifier(),
    reference("client_id", "oauth_clients.id", index=True),
    reference("member_id", "members.id", index=True),
    text("scope"),
    text("redirect_uri"),
    text("challenge"),
    milliseconds("created_at"),
)

# A code or a refresh token that was used stays until it would have ended: used again, it ends its grant.
oauth_secrets = Table(
    "oauth_secrets",
    metadata,
    identifier("digest"),
    reference("grant_id", "oauth_grants.id", index=True),
    text("kind"),
    milliseconds("expires_at"),
    flag("is_used"),
    Index("ix_oauth_secrets_expires_at", "expires_at"),
)
