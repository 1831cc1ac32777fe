"""Changes of flags in the database: added, and settled."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import select, update

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.flag_changes.model import FlagChange
from daybreak.areas.flags.flag_changes.tables import flag_changes, retired_flags
from daybreak.platform.database import Transaction


def add_changes(db: Transaction, changes: Sequence[FlagChange]) -> None:
    db.insert(flag_changes, [msgspec.to_builtins(change) for change in changes])


def add_retired(db: Transaction, flag: FeatureFlag, now: int) -> None:
    """Keeps of a flag that is deleted what is counted later."""
    row = {
        "project_id": flag.project_id,
        "flag_id": flag.id,
        "flag_key": flag.key,
        "temporary": flag.temporary,
        "created_at": flag.created_at,
        "retired_at": now if flag.archived_at is None else flag.archived_at,
    }
    db.insert(retired_flags, [row])


def parse_change(row: Any) -> FlagChange:
    # Names that are words of SQL are no plain texts there.
    named = {str(name): value for name, value in row._mapping.items()}  # noqa: SLF001 - SQLAlchemy's public name
    return msgspec.convert(named, FlagChange)


def list_left(db: Transaction, project_id: str, flag_id: str, since: int) -> set[tuple[str, str]]:
    """What a flag of the project has stopped being since then: by environment, the digest."""
    table = flag_changes.c
    mine = table.project_id == project_id, table.flag_id == flag_id
    left = select(table.environment_id, table.before).where(*mine, table.at > since)
    return {(row.environment_id, row.before) for row in db.rows(left)}


def has_due(db: Transaction, now: int) -> bool:
    table = flag_changes.c
    return db.value(select(table.id).where(table.settle_at <= now).limit(1)) is not None


def list_due(db: Transaction, now: int, limit: int) -> list[FlagChange]:
    table = flag_changes.c
    due = select(flag_changes).where(table.settle_at <= now).order_by(table.settle_at, table.id).limit(limit)
    return [parse_change(row) for row in db.rows(due)]


def list_times(
    db: Transaction, changes: Sequence[FlagChange], around: int
) -> Mapping[tuple[str, str], list[int]]:
    """When the same flags were changed in the same environments around these changes."""
    found: dict[tuple[str, str], list[int]] = {(c.environment_id, c.flag_id): [] for c in changes}
    if not changes:
        return found
    table, instants = flag_changes.c, [change.at for change in changes]
    wanted = select(table.environment_id, table.flag_id, table.at).where(
        table.project_id.in_({change.project_id for change in changes}),
        table.flag_id.in_({change.flag_id for change in changes}),
        table.at.between(min(instants) - around, max(instants) + around),
    )
    for row in db.rows(wanted):
        if (row.environment_id, row.flag_id) in found:
            found[row.environment_id, row.flag_id].append(row.at)
    return found


def save_impacts(db: Transaction, changes: Sequence[FlagChange]) -> None:
    table = flag_changes.c
    for change in changes:
        db.execute(
            update(flag_changes)
            .where(
                table.environment_id == change.environment_id,
                table.at == change.at,
                table.id == change.id,
                table.project_id == change.project_id,
            )
            .values(settle_at=change.settle_at, impact=change.impact, served=change.served)
        )
