"""How many flags were stale on a day, so that a period can be compared with the one before."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text

from daybreak.platform.columns import number, part_of_key
from daybreak.platform.database import metadata
from daybreak.platform.spreading import PROJECT, spread_by

# `day` is the start of a day (UTC, Unix ms).
flag_health_days = Table(
    "flag_health_days",
    metadata,
    Column("environment_id", Text, ForeignKey("environments.id", ondelete="CASCADE"), primary_key=True),
    Column("day", BigInteger, primary_key=True, autoincrement=False),
    part_of_key(PROJECT),
    number("temporary"),
    number("stale"),
    info=spread_by(PROJECT),
)
