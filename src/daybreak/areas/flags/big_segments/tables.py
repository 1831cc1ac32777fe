"""Members of big segments by generation."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from daybreak.platform.columns import flag
from daybreak.platform.database import metadata

# Without foreign keys: a million rows of a deleted segment go little by little.
big_segment_members = Table(
    "big_segment_members",
    metadata,
    Column("segment_id", Text, primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("context_key", Text, primary_key=True),
    Column("is_included", Boolean, primary_key=True),
)

# Which generations have members. Those that no segment uses any more are emptied by a job.
big_segment_generations = Table(
    "big_segment_generations",
    metadata,
    Column("segment_id", Text, primary_key=True),
    Column("generation", Integer, primary_key=True),
    flag("is_obsolete"),
    Index("ix_big_segment_generations_obsolete", "is_obsolete"),
)
