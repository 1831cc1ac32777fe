"""Members of big segments by generation."""

from sqlalchemy import Boolean, Column, Index, Integer, Table

from daybreak.platform.columns import flag, part_of_key
from daybreak.platform.database import metadata
from daybreak.platform.spreading import PROJECT, spread_by

# Without foreign keys: a million rows of a deleted segment go little by little.
big_segment_members = Table(
    "big_segment_members",
    metadata,
    part_of_key("segment_id"),
    Column("generation", Integer, primary_key=True),
    part_of_key("context_key"),
    Column("is_included", Boolean, primary_key=True),
    part_of_key(PROJECT),
    info=spread_by(PROJECT),
)

# Which generations have members. Those that no segment uses any more are emptied by a job.
big_segment_generations = Table(
    "big_segment_generations",
    metadata,
    part_of_key("segment_id"),
    Column("generation", Integer, primary_key=True),
    part_of_key(PROJECT),
    flag("is_obsolete"),
    Index("ix_big_segment_generations_obsolete", "is_obsolete"),
    info=spread_by(PROJECT),
)
