"""Changes of flags that are gone, in the sums of their days."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Table, Text

from daybreak.platform.columns import milliseconds, number, part_of_key
from daybreak.platform.database import metadata
from daybreak.platform.spreading import PROJECT, spread_by

# Changes whose rows are gone, by the day (UTC) that they were made on, which `at` begins. `size` is that of
# the impact, `total_impact` the sum of the impacts, `first_at` when the first was made.
flag_change_days = Table(
    "flag_change_days",
    metadata,
    Column("environment_id", Text, ForeignKey("environments.id", ondelete="CASCADE"), primary_key=True),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    part_of_key("flag_id"),
    part_of_key("size"),
    Column("is_rollback", Boolean, primary_key=True),
    part_of_key(PROJECT),
    milliseconds("first_at"),
    number("number"),
    Column("total_impact", BigInteger, nullable=False),
    info=spread_by(PROJECT),
)
