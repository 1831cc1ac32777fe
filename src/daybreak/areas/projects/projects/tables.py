"""Projects."""

from sqlalchemy import Table, UniqueConstraint

from daybreak.platform.columns import document, flag, identifier, milliseconds, text, version
from daybreak.platform.database import metadata

projects = Table(
    "projects",
    metadata,
    identifier(),
    text("key"),
    text("name"),
    document("tags"),
    flag("include_in_snippet_by_default"),
    document("default_client_side_availability"),
    document("naming_convention", optional=True),
    document("flag_defaults"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("key"),
)
