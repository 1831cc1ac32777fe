"""Kinds of contexts in the database."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from daybreak.areas.flags.context_kinds.model import AUTO_ADDED, DEFAULT, USER, ContextKind
from daybreak.areas.flags.context_kinds.tables import context_kinds
from daybreak.platform.database import Transaction
from daybreak.platform.identifiers import object_id
from daybreak.platform.store import TableStore

# Kinds are few things that people name. Whoever sends contexts, browsers among them, cannot make more.
MOST_KINDS = 100

context_kind_store = TableStore(ContextKind, context_kinds)


def find_context_kind(db: Transaction, project_id: str, key: str) -> ContextKind | None:
    return context_kind_store.find(db, context_kinds.c.project_id == project_id, context_kinds.c.key == key)


def list_context_kinds(db: Transaction, project_id: str) -> list[ContextKind]:
    """The oldest first."""
    order = (context_kinds.c.created_at, context_kinds.c.key)
    return context_kind_store.list_where(db, context_kinds.c.project_id == project_id, order_by=order)


def note_kinds(db: Transaction, seen: Mapping[str, Collection[str]], now: int) -> dict[str, set[str]]:
    """Adds the kinds that each project has seen, as far as it may have more, and says when. The kinds that
    each project knows then. Two statements.
    """
    known: dict[str, set[str]] = {project_id: {USER} for project_id in seen}
    wanted = select(context_kinds.c.project_id, context_kinds.c.key)
    for row in db.rows(wanted.where(context_kinds.c.project_id.in_(seen))):
        known[row.project_id].add(row.key)
    for project_id, keys in seen.items():
        room = MOST_KINDS - len(known[project_id])
        known[project_id].update(sorted(set(keys) - known[project_id])[: max(0, room)])
    rows = [
        context_kind_store.to_row(_seen_kind(project_id, key, now))
        for project_id in sorted(seen)
        for key in sorted(set(seen[project_id]) & known[project_id])
    ]
    unique = [context_kinds.c.project_id, context_kinds.c.key]
    db.insert_or_update(context_kinds, rows, ["last_seen"], key=unique)
    return known


def _seen_kind(project_id: str, key: str, now: int) -> ContextKind:
    origin = DEFAULT if key == USER else AUTO_ADDED
    return ContextKind(object_id(), project_id, key, key, origin, now, now, last_seen=now)
