"""What proves that a member is who they say: nothing here could be used by whoever reads it, but for the
secrets of second factors, which have to be known to be checked.
"""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from daybreak.platform.columns import document, identifier, milliseconds, number, reference, text
from daybreak.platform.database import metadata

member_secrets = Table(
    "member_secrets",
    metadata,
    Column("member_id", Text, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    text("password_hash"),
    text("code_secret"),
    number("last_code_step"),
    document("recovery_digests"),
)

# Whoever follows such a link may set a password, once.
sign_in_links = Table(
    "sign_in_links",
    metadata,
    identifier("digest"),
    reference("member_id", "members.id", index=True),
    text("purpose"),
    milliseconds("expires_at"),
)

sessions = Table(
    "sessions",
    metadata,
    identifier("digest"),
    reference("member_id", "members.id", index=True),
    milliseconds("created_at"),
    milliseconds("expires_at"),
)

# Each failure counts against the account and against the address that it came from.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    identifier(),
    text("subject"),
    milliseconds("at"),
    Index("ix_sign_in_failures_subject", "subject", "at"),
)

# Who members are at a provider of OpenID Connect.
identities = Table(
    "identities",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    reference("member_id", "members.id", index=True),
)
