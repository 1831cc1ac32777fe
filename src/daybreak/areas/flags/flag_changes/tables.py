"""Changes of flags, and flags that are deleted, for whoever asks what happened in a period.

Neither has a foreign key to the flag: what happened stays when it is gone.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from daybreak.platform.columns import document, flag, milliseconds, number, part_of_key, text
from daybreak.platform.database import metadata
from daybreak.platform.partitions import BY_MONTH
from daybreak.platform.spreading import PROJECT, spread_by

flag_changes = Table(
    "flag_changes",
    metadata,
    Column("environment_id", Text, ForeignKey("environments.id", ondelete="CASCADE"), primary_key=True),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    part_of_key("id"),
    part_of_key(PROJECT),
    text("flag_id"),
    text("flag_key"),
    text("kind"),
    text("description"),
    document("actions"),
    text("audit_entry_id"),
    text("before"),
    text("after"),
    flag("is_rollback"),
    milliseconds("settle_at", optional=True),
    number("impact", optional=True),
    document("served", optional=True),
    Index("ix_flag_changes_flag", "flag_id", "environment_id", "at"),
    Index("ix_flag_changes_settle_at", "settle_at"),
    Index("ix_flag_changes_at", "at"),
    info=spread_by(PROJECT),
    **BY_MONTH,
)

retired_flags = Table(
    "retired_flags",
    metadata,
    Column("project_id", Text, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("flag_id", Text, primary_key=True),
    text("flag_key"),
    flag("temporary"),
    milliseconds("created_at"),
    milliseconds("retired_at"),
)
