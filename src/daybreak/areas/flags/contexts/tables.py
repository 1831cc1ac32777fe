"""Contexts by environment: each by itself with its attributes, and each combination that was evaluated.

The same context of two applications is two rows, as their programs may know different things of it.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from daybreak.platform.columns import document, identifier, milliseconds, reference, text
from daybreak.platform.database import metadata

contexts = Table(
    "contexts",
    metadata,
    identifier(),
    reference("environment_id", "environments.id"),
    text("kind"),
    text("key"),
    text("application_id"),
    milliseconds("last_seen"),
    document("document"),
    Index("ix_contexts_age", "environment_id", "last_seen", "id"),
    Index("ix_contexts_key", "environment_id", "key", "kind"),
    Index("ix_contexts_last_seen", "last_seen"),
)

# `value` is JSON, of the values that are short; `at` what it is as an instant, in Unix ms. Of an attribute
# that SDKs keep to themselves only the name is known.
context_attributes = Table(
    "context_attributes",
    metadata,
    Column("context_id", Text, ForeignKey("contexts.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    text("environment_id"),
    text("kind"),
    Column("value", Text),
    Column("at", BigInteger),
    Column("redacted", Boolean, nullable=False),
    Index("ix_context_attributes_value", "environment_id", "name", "value"),
)

# `instance_id` tells combinations of contexts apart, `id` also applications and environments.
context_instances = Table(
    "context_instances",
    metadata,
    identifier(),
    reference("environment_id", "environments.id"),
    text("instance_id"),
    text("application_id"),
    milliseconds("last_seen"),
    document("document"),
    Index("ix_context_instances_age", "environment_id", "last_seen", "id"),
    Index("ix_context_instances_instance", "environment_id", "instance_id"),
    Index("ix_context_instances_last_seen", "last_seen"),
)

context_instance_parts = Table(
    "context_instance_parts",
    metadata,
    Column("instance_id", Text, ForeignKey("context_instances.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    text("key"),
    text("environment_id"),
    Index("ix_context_instance_parts_key", "environment_id", "key", "kind"),
)
