"""Contexts by environment: each by itself with its attributes, and each combination that was evaluated.

The same context of two applications is two rows, as their programs may know different things of it.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, Table, Text

from daybreak.platform.columns import document, identifier, milliseconds, part_of_key, reference, text
from daybreak.platform.database import metadata
from daybreak.platform.spreading import PROJECT, spread_by

contexts = Table(
    "contexts",
    metadata,
    identifier(),
    part_of_key(PROJECT),
    reference("environment_id", "environments.id"),
    text("kind"),
    text("key"),
    text("application_id"),
    milliseconds("last_seen"),
    document("document"),
    Index("ix_contexts_age", "environment_id", "last_seen", "id"),
    Index("ix_contexts_key", "environment_id", "key", "kind"),
    Index("ix_contexts_last_seen", "last_seen"),
    info=spread_by(PROJECT),
)

# `value` is JSON, of the values that are short; `at` what it is as an instant, in Unix ms. Of an attribute
# that SDKs keep to themselves only the name is known.
context_attributes = Table(
    "context_attributes",
    metadata,
    part_of_key("context_id"),
    part_of_key("name"),
    part_of_key(PROJECT),
    text("environment_id"),
    text("kind"),
    Column("value", Text),
    Column("at", BigInteger),
    Column("redacted", Boolean, nullable=False),
    ForeignKeyConstraint(["context_id", PROJECT], ["contexts.id", "contexts.project_id"], ondelete="CASCADE"),
    Index("ix_context_attributes_value", "environment_id", "name", "value"),
    info=spread_by(PROJECT),
)

# `instance_id` tells combinations of contexts apart, `id` also applications and environments.
context_instances = Table(
    "context_instances",
    metadata,
    identifier(),
    part_of_key(PROJECT),
    reference("environment_id", "environments.id"),
    text("instance_id"),
    text("application_id"),
    milliseconds("last_seen"),
    document("document"),
    Index("ix_context_instances_age", "environment_id", "last_seen", "id"),
    Index("ix_context_instances_instance", "environment_id", "instance_id"),
    Index("ix_context_instances_last_seen", "last_seen"),
    info=spread_by(PROJECT),
)

context_instance_parts = Table(
    "context_instance_parts",
    metadata,
    part_of_key("instance_id"),
    part_of_key("kind"),
    part_of_key(PROJECT),
    text("key"),
    text("environment_id"),
    ForeignKeyConstraint(
        ["instance_id", PROJECT],
        ["context_instances.id", "context_instances.project_id"],
        ondelete="CASCADE",
    ),
    Index("ix_context_instance_parts_key", "environment_id", "key", "kind"),
    info=spread_by(PROJECT),
)
