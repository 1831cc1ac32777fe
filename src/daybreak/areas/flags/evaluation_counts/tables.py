"""Evaluations by flag and variation in spans of time, and what is known of each flag's callers.

Each primary key begins with the environment and ends with its project. Counts have no foreign key to their
flag: what a deleted flag served still belongs to the events it had.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from daybreak.platform.columns import document, milliseconds, part_of_key
from daybreak.platform.database import metadata
from daybreak.platform.partitions import BY_MONTH
from daybreak.platform.spreading import PROJECT, spread_by


def _environment() -> Column[str]:
    return Column("environment_id", Text, ForeignKey("environments.id", ondelete="CASCADE"), primary_key=True)


def _flag() -> Column[str]:
    return Column("flag_id", Text, ForeignKey("feature_flags.id", ondelete="CASCADE"), primary_key=True)


# `width` is the length of the span that begins `at`, in ms; of one flag and time there is one width.
evaluation_counts = Table(
    "evaluation_counts",
    metadata,
    _environment(),
    part_of_key("flag_id"),
    Column("at", BigInteger, primary_key=True),
    Column("width", BigInteger, primary_key=True),
    part_of_key("variation_id"),
    part_of_key(PROJECT),
    Column("evaluations", BigInteger, nullable=False),
    Index("ix_evaluation_counts_age", "width", "at"),
    info=spread_by(PROJECT),
    **BY_MONTH,
)

flag_requests = Table(
    "flag_requests",
    metadata,
    _environment(),
    _flag(),
    part_of_key(PROJECT),
    milliseconds("first_at"),
    milliseconds("last_at"),
    document("default", optional=True),
    info=spread_by(PROJECT),
)

flag_context_kinds = Table(
    "flag_context_kinds",
    metadata,
    _environment(),
    _flag(),
    part_of_key("kind"),
    part_of_key(PROJECT),
    milliseconds("last_at"),
    info=spread_by(PROJECT),
)

# Which version of which application evaluated a flag, and since when.
flag_applications = Table(
    "flag_applications",
    metadata,
    _environment(),
    _flag(),
    part_of_key("application_key"),
    part_of_key("version"),
    part_of_key(PROJECT),
    milliseconds("first_at"),
    info=spread_by(PROJECT),
)

# What came from SDKs in the hour that began then.
event_totals = Table(
    "event_totals",
    metadata,
    Column("hour", BigInteger, primary_key=True, autoincrement=False),
    Column("received", BigInteger, nullable=False),
    Column("dropped", BigInteger, nullable=False),
    Column("unreadable", BigInteger, nullable=False),
)
