"""Kinds of contexts: one row for each kind of a project that was made, changed or seen."""

from sqlalchemy import Table, UniqueConstraint

from daybreak.platform.columns import flag, identifier, milliseconds, reference, text, version
from daybreak.platform.database import metadata

context_kinds = Table(
    "context_kinds",
    metadata,
    identifier(),
    reference("project_id", "projects.id"),
    text("key"),
    text("name"),
    text("description"),
    text("created_from"),
    flag("archived"),
    milliseconds("created_at"),
    milliseconds("modified_at"),
    milliseconds("last_seen", optional=True),
    version(),
    UniqueConstraint("project_id", "key"),
)
