"""Custom roles. Who holds them is told by the tables of members, teams and tokens."""

from sqlalchemy import Table, UniqueConstraint

from daybreak.platform.columns import document, identifier, milliseconds, text, version
from daybreak.platform.database import metadata

custom_roles = Table(
    "custom_roles",
    metadata,
    identifier(),
    text("key"),
    text("name"),
    text("description"),
    document("policy"),
    text("base_permissions"),
    text("resource_category"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("key"),
)
