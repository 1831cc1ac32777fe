"""Imports and exports in the database, with the parts they consist of."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec
from sqlalchemy import delete, exists, select

from daybreak.areas.flags.list_transfers.model import Export, Import, Part, Status
from daybreak.areas.flags.list_transfers.tables import (
    big_segment_exports,
    big_segment_imports,
    export_parts,
    import_parts,
)
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

_imports = TableStore(Import, big_segment_imports)
_exports = TableStore(Export, big_segment_exports)


def insert_import(db: Transaction, found: Import, parts: Iterable[Part]) -> Import:
    """Stores all parts; returns the import with their number and that of their keys."""
    _imports.insert(db, found)
    number, keys = 0, 0
    for number, part in enumerate(parts, 1):
        keys += part.size
        row = {"import_id": found.id, "number": number - 1, "members": msgspec.to_builtins(part)}
        db.insert(import_parts, [row])
    counted = replace(found, parts=number, keys=keys)
    save_import(db, counted)
    return counted


def save_import(db: Transaction, changed: Import) -> None:
    _imports.save(db, changed, expecting=None)


def find_import(db: Transaction, segment_id: str, id: str) -> Import:
    """Raises NotFound."""
    table = big_segment_imports.c
    found = _imports.find(db, table.id == id, table.segment_id == segment_id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: the segment has no import {id!r}")
    return found


def next_import(db: Transaction) -> Import | None:
    """The oldest that is under way."""
    table = big_segment_imports.c
    running = table.status == Status.IN_PROGRESS.value
    found = _imports.list_where(db, running, order_by=[table.created_at, table.id])
    return found[0] if found else None


def is_any_import_running(db: Transaction, now: int) -> bool:  # noqa: ARG001 - as a job asks
    running = big_segment_imports.c.status == Status.IN_PROGRESS.value
    return bool(db.value(select(exists().where(running))))


def is_importing(db: Transaction, segment_id: str) -> bool:
    table = big_segment_imports.c
    unfinished = table.status.in_([Status.READY.value, Status.IN_PROGRESS.value])
    return bool(db.value(select(exists().where(table.segment_id == segment_id, unfinished))))


def read_import_part(db: Transaction, found: Import) -> Part:
    """The next one."""
    table = import_parts.c
    wanted = table.import_id == found.id, table.number == found.next_part
    return msgspec.convert(db.value(select(table.members).where(*wanted)), Part)


def forget_import_parts(db: Transaction, import_id: str) -> None:
    db.execute(delete(import_parts).where(import_parts.c.import_id == import_id))


def insert_export(db: Transaction, found: Export) -> None:
    _exports.insert(db, found)


def save_export(db: Transaction, changed: Export) -> None:
    _exports.save(db, changed, expecting=None)


def find_export(db: Transaction, segment_id: str, id: str) -> Export:
    """Raises NotFound."""
    table = big_segment_exports.c
    found = _exports.find(db, table.id == id, table.segment_id == segment_id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: the segment has no export {id!r}")
    return found


def next_export(db: Transaction) -> Export | None:
    """The oldest that is under way."""
    table = big_segment_exports.c
    running = table.status == Status.IN_PROGRESS.value
    found = _exports.list_where(db, running, order_by=[table.created_at, table.id])
    return found[0] if found else None


def is_any_export_running(db: Transaction, now: int) -> bool:  # noqa: ARG001 - as a job asks
    running = big_segment_exports.c.status == Status.IN_PROGRESS.value
    return bool(db.value(select(exists().where(running))))


def insert_export_part(db: Transaction, export: Export, lines: str) -> None:
    db.insert(export_parts, [{"export_id": export.id, "number": export.parts, "lines": lines}])


def forget_export_parts(db: Transaction, export_id: str) -> None:
    db.execute(delete(export_parts).where(export_parts.c.export_id == export_id))


def read_export_part(db: Transaction, export_id: str, number: int) -> bytes:
    """Empty for one that is gone."""
    table = export_parts.c
    lines: str | None = db.value(
        select(table.lines).where(table.export_id == export_id, table.number == number)
    )
    return (lines or "").encode()


def remove_older_than(db: Transaction, at: int) -> None:
    """Exports and finished imports that were begun before then."""
    table = big_segment_imports.c
    finished = table.status.in_([Status.COMPLETE.value, Status.STOPPED.value])
    db.execute(delete(big_segment_exports).where(big_segment_exports.c.created_at < at))
    db.execute(delete(big_segment_imports).where(table.created_at < at, finished))
