"""Links of flags. A flag has one link of a key, and one to an address."""

from sqlalchemy import Table, UniqueConstraint

from daybreak.platform.columns import document, identifier, milliseconds, reference, text, version
from daybreak.platform.database import metadata

flag_links = Table(
    "flag_links",
    metadata,
    identifier(),
    reference("flag_id", "feature_flags.id"),
    text("key"),
    text("integration_key"),
    text("deep_link"),
    text("title"),
    text("description"),
    document("metadata"),
    milliseconds("timestamp"),
    milliseconds("created_at"),
    text("member_id"),
    version(),
    UniqueConstraint("flag_id", "key"),
    UniqueConstraint("flag_id", "deep_link"),
)
