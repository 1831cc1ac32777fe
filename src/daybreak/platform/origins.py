"""Where resources come from that another account had first: what each was there, which it is here, and how it
was when it came. So what was made or changed here is told from what only came.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Column, Index, Table, Text, select

from daybreak.platform.columns import text
from daybreak.platform.database import Transaction, metadata

origins = Table(
    "origins",
    metadata,
    Column("source", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("source_id", Text, primary_key=True),
    text("resource_id"),
    text("digest"),
    Index("ix_origins_resource", "kind", "resource_id"),
)

# A statement binds a bounded number of values.
_AT_ONCE = 500


class Origin(NamedTuple):
    """The resource here, and the digest of what came. Without a digest nothing came: it was here before, and
    is the same.
    """

    resource_id: str
    digest: str


def list_origins(db: Transaction, source: str, kind: str, source_ids: Collection[str]) -> dict[str, Origin]:
    """By their ids in the source, those that are known."""
    wanted = sorted(set(source_ids))
    found = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = origins.c.source_id.in_(wanted[start : start + _AT_ONCE])
        of_kind = origins.c.source == source, origins.c.kind == kind
        for row in db.rows(select(origins).where(*of_kind, part)):
            found[row.source_id] = Origin(row.resource_id, row.digest)
    return found


def list_came(db: Transaction, source: str, kind: str, resource_ids: Collection[str]) -> set[str]:
    """Those of some resources here that came from the source."""
    of_kind = origins.c.source == source, origins.c.kind == kind, origins.c.digest != ""
    wanted = select(origins.c.resource_id).where(*of_kind, origins.c.resource_id.in_(resource_ids))
    return {row.resource_id for row in db.rows(wanted)}


def save_origins(db: Transaction, source: str, kind: str, changed: Mapping[str, Origin]) -> None:
    """By their ids in the source."""
    rows = [
        {"source": source, "kind": kind, "source_id": id, **origin._asdict()}
        for id, origin in changed.items()
    ]
    db.insert_or_update(origins, rows, ["resource_id", "digest"])
