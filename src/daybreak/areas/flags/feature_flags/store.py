"""Feature flags in the database: a row for the flag, and one for each environment it is configured in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import msgspec
from sqlalchemy import ColumnElement, Table, and_, select

from daybreak.areas.flags.expiring_targets.store import remove_all_of, remove_unlisted
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.feature_flags.tables import deleted_flags, feature_flags, flag_environments
from daybreak.areas.flags.shapes import Numbers
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.identifiers import stable_id
from daybreak.platform.store import TableStore

_rows = TableStore(FeatureFlag, feature_flags)

# What of an environment's configuration has a column of its own.
_COLUMNS = ("environment_id", "on", "modified_at", "changes")


@dataclass(frozen=True)
class FlagStore:
    """Loads flags with their environments, however many at once: one query more than the flags. All of their
    environments, or only those of `environment_ids`: such flags are to be looked at, not to be changed.
    """

    table: Table = feature_flags
    environment_ids: Collection[str] | None = None

    def to_row(self, flag: FeatureFlag) -> dict[str, Any]:
        return _rows.to_row(flag)

    def find(self, db: Transaction, *where: ColumnElement[bool]) -> FeatureFlag | None:
        found = self.list_where(db, *where)
        return found[0] if found else None

    def list_where(
        self, db: Transaction, *where: ColumnElement[bool], order_by: Sequence[ColumnElement[Any]] = ()
    ) -> list[FeatureFlag]:
        return self._configure(db, _rows.list_where(db, *where, order_by=order_by))

    def list_page(
        self,
        db: Transaction,
        where: Sequence[ColumnElement[bool]],
        order_by: Sequence[ColumnElement[Any]],
        limit: int,
        offset: int,
    ) -> tuple[list[FeatureFlag], int]:
        found, total = _rows.list_page(db, where, order_by, limit, offset)
        return self._configure(db, found), total

    def _configure(self, db: Transaction, flags: Sequence[FeatureFlag]) -> list[FeatureFlag]:
        if self.environment_ids is not None and not self.environment_ids:
            return list(flags)
        mine = flag_environments.c.flag_id.in_([flag.id for flag in flags])
        if self.environment_ids is None:
            return _configured(db, flags, mine)
        return _configured(
            db, flags, and_(mine, flag_environments.c.environment_id.in_(self.environment_ids))
        )

    def insert(self, db: Transaction, flag: FeatureFlag) -> None:
        _rows.insert(db, flag)
        _save_environments(db, flag)

    def save(self, db: Transaction, flag: FeatureFlag, *, expecting: int | None) -> None:
        """Raises OptimisticLockingError where the flag has been changed or deleted since it was read."""
        _rows.save(db, flag, expecting=expecting)
        _save_environments(db, flag)
        remove_unlisted(db, flag.project_id, flag.id, lambda: flag.listings)

    def delete(self, db: Transaction, id: str) -> None:
        """Remembers under which version SDKs forget it. Raises OptimisticLockingError where it is gone."""
        flag = self.find(db, feature_flags.c.id == id)
        _rows.delete(db, id)
        remove_all_of(db, id)
        if flag is not None:
            last = max([flag.changes, *(flag.version_in(each) for each in flag.environments)])
            row = {"project_id": flag.project_id, "key": flag.key, "changes": last + 1}
            db.insert_or_update(deleted_flags, [row], ["changes"])


flag_store = FlagStore()


def first_version(db: Transaction, project_id: str, key: str) -> int:
    """The number that a new flag's changes begin with: above all that a deleted one with its key had."""
    gone = select(deleted_flags.c.changes).where(
        deleted_flags.c.project_id == project_id, deleted_flags.c.key == key
    )
    return int(db.value(gone) or 0) + 1


def _configured(
    db: Transaction, flags: Sequence[FeatureFlag], wanted: ColumnElement[bool]
) -> list[FeatureFlag]:
    """The flags with those of their rows for environments that are `wanted`."""
    if not flags:
        return []
    found: dict[str, dict[str, FlagEnvironment]] = {flag.id: {} for flag in flags}
    for row in db.rows(select(flag_environments).where(wanted)):
        columns = {name: row._mapping[name] for name in _COLUMNS}  # noqa: SLF001 - SQLAlchemy's public name
        environment = msgspec.convert({**row.configuration, **columns}, FlagEnvironment)
        if row.flag_id in found:
            found[row.flag_id][row.environment_id] = environment
    return [replace(flag, environments=found[flag.id]) for flag in flags]


def _save_environments(db: Transaction, flag: FeatureFlag) -> None:
    rows = [_environment_row(flag.id, each) for each in flag.environments.values()]
    db.insert_or_update(flag_environments, rows, ["on", "modified_at", "changes", "configuration"])


def _environment_row(flag_id: str, environment: FlagEnvironment) -> Mapping[str, Any]:
    configuration: dict[str, Any] = msgspec.to_builtins(environment)
    columns = {name: configuration.pop(name) for name in _COLUMNS}
    return {"flag_id": flag_id, "configuration": configuration, **columns}


def find_flag(db: Transaction, project_id: str, key: str) -> FeatureFlag:
    """Raises NotFound."""
    flag = flag_store.find(db, feature_flags.c.project_id == project_id, feature_flags.c.key == key)
    if flag is None:
        _refuse_flag(key)
    return flag


def lock_flag(db: Transaction, id: str) -> FeatureFlag:
    """The flag, which nobody else changes until this transaction ends."""
    wanted = feature_flags.c.id == id
    db.execute(select(feature_flags.c.id).where(wanted).with_for_update())
    flag = flag_store.find(db, wanted)
    if flag is None:
        raise NotFound("Invalid resource identifier: the feature flag is gone")
    return flag


def find_bare_flag(db: Transaction, project_id: str, key: str) -> FeatureFlag:
    """Without its configuration in any environment. Raises NotFound."""
    flag = _rows.find(db, feature_flags.c.project_id == project_id, feature_flags.c.key == key)
    if flag is None:
        _refuse_flag(key)
    return flag


def _refuse_flag(key: str) -> NoReturn:
    raise NotFound(f"Invalid resource identifier: the project has no feature flag {key!r}")


def list_flags(db: Transaction, project_id: str) -> list[FeatureFlag]:
    """All flags of a project, archived ones too."""
    return flag_store.list_where(db, feature_flags.c.project_id == project_id)


def list_flags_held(db: Transaction, project_id: str) -> list[FeatureFlag]:
    """All flags of a project. Until this transaction ends, nobody else who asks this way goes on: which of
    them need each other stays as it is.
    """
    db.hold(f"the flags of {project_id} that need each other")
    return list_flags(db, project_id)


def list_live_flags_in(db: Transaction, project_id: str, environment_id: str) -> list[FeatureFlag]:
    """All that are not archived, by their keys, with their configuration in that environment alone."""
    live = feature_flags.c.project_id == project_id, feature_flags.c.archived_at.is_(None)
    flags = _rows.list_where(db, *live, order_by=[feature_flags.c.key])
    return _configured(db, flags, flag_environments.c.environment_id == environment_id)


def list_temporary_flags_in(
    db: Transaction, project_ids: Collection[str], environment_ids: Collection[str]
) -> list[FeatureFlag]:
    """All that are to go one day and are not archived, with their configuration in those environments."""
    live = (
        feature_flags.c.project_id.in_(project_ids),
        feature_flags.c.archived_at.is_(None),
        feature_flags.c.temporary.is_(True),
    )
    flags = _rows.list_where(db, *live, order_by=[feature_flags.c.key])
    mine = flag_environments.c.flag_id.in_(select(feature_flags.c.id).where(*live))
    return _configured(db, flags, and_(mine, flag_environments.c.environment_id.in_(environment_ids)))


def copy_environment(db: Transaction, source_id: str, target_id: str, now: int) -> None:
    """Configures all flags in a new environment as they are in another one. Rollouts deal anew there."""
    found = db.rows(select(flag_environments).where(flag_environments.c.environment_id == source_id))
    rows = [
        {
            "flag_id": row.flag_id,
            "environment_id": target_id,
            "on": row.on,
            "modified_at": now,
            "changes": 0,
            "configuration": {**row.configuration, "salt": stable_id(row.flag_id, target_id)},
        }
        for row in found
    ]
    db.insert(flag_environments, rows)


def flags_by_id(db: Transaction, ids: Collection[str]) -> dict[str, FeatureFlag]:
    return {flag.id: flag for flag in flag_store.list_where(db, feature_flags.c.id.in_(ids))}


def bare_flags_by_id(db: Transaction, ids: Collection[str]) -> dict[str, FeatureFlag]:
    """Without their configuration in any environment: enough to name and to address them. One query."""
    return {flag.id: flag for flag in _rows.list_where(db, feature_flags.c.id.in_(ids))}


def bare_flags_in(db: Transaction, environment_id: str) -> list[FeatureFlag]:
    """Those that are configured in an environment, without how. One query."""
    mine = flag_environments.c
    configured = select(mine.flag_id).where(mine.environment_id == environment_id)
    return _rows.list_where(db, feature_flags.c.id.in_(configured))


def flags_by_key(db: Transaction, project_id: str, keys: Collection[str]) -> dict[str, FeatureFlag]:
    """Those of the project that there are."""
    where = feature_flags.c.project_id == project_id, feature_flags.c.key.in_(keys)
    return {flag.key: flag for flag in flag_store.list_where(db, *where)}


def list_numbers(db: Transaction, project_id: str) -> dict[str, Numbers]:
    """The numbers of the variations of all flags of a project, by the flags' keys."""
    return _read_numbers(db, feature_flags.c.project_id == project_id)


def numbers_by_key(db: Transaction, project_id: str, keys: Collection[str]) -> dict[str, Numbers]:
    """The numbers of the variations of flags, by the flags' keys; one query, or none for no keys."""
    if not keys:
        return {}
    return _read_numbers(db, feature_flags.c.project_id == project_id, feature_flags.c.key.in_(keys))


def _read_numbers(db: Transaction, *where: ColumnElement[bool]) -> dict[str, Numbers]:
    wanted = select(feature_flags.c.key, feature_flags.c.variations).where(*where)
    return {row.key: Numbers([each["id"] for each in row.variations]) for row in db.rows(wanted)}
