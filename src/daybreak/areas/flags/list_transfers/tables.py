"""Imports and exports of big segments, in parts."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from daybreak.platform.columns import document, flag, identifier, milliseconds, number, reference, text
from daybreak.platform.database import metadata

big_segment_imports = Table(
    "big_segment_imports",
    metadata,
    identifier(),
    reference("segment_id", "segments.id", index=True),
    milliseconds("created_at"),
    text("mode"),
    text("status"),
    text("filename"),
    number("generation"),
    number("parts"),
    number("keys"),
    number("next_part"),
    number("keys_done"),
    Index("ix_big_segment_imports_status", "status"),
)

big_segment_exports = Table(
    "big_segment_exports",
    metadata,
    identifier(),
    reference("segment_id", "segments.id", index=True),
    milliseconds("created_at"),
    text("status"),
    text("initiator"),
    number("generation"),
    number("parts"),
    Column("size", BigInteger, nullable=False),
    text("last"),
    flag("is_at_excluded"),
    Index("ix_big_segment_exports_status", "status"),
)


def _part(name: str, target: str) -> Column[str]:
    return Column(name, Text, ForeignKey(target, ondelete="CASCADE"), primary_key=True)


import_parts = Table(
    "big_segment_import_parts",
    metadata,
    _part("import_id", "big_segment_imports.id"),
    Column("number", Integer, primary_key=True),
    document("members"),
)

export_parts = Table(
    "big_segment_export_parts",
    metadata,
    _part("export_id", "big_segment_exports.id"),
    Column("number", Integer, primary_key=True),
    text("lines"),
)
