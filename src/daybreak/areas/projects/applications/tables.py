"""Applications and their versions."""

from sqlalchemy import Index, Table, UniqueConstraint

from daybreak.platform.columns import flag, identifier, milliseconds, reference, text, version
from daybreak.platform.database import metadata

applications = Table(
    "applications",
    metadata,
    identifier(),
    text("key"),
    text("name"),
    text("kind"),
    text("description"),
    flag("auto_added"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("key"),
)

application_versions = Table(
    "application_versions",
    metadata,
    identifier(),
    reference("application_id", "applications.id"),
    text("key"),
    text("name"),
    flag("supported"),
    flag("auto_added"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("application_id", "key"),
    Index("ix_application_versions_page", "application_id", "created_at", "id"),
)
