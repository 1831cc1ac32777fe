"""Expiring targets in the database."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import ColumnElement, delete, exists, select

from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.areas.flags.expiring_targets.tables import expiring_targets
from daybreak.areas.projects.queries import Home
from daybreak.platform.database import Transaction
from daybreak.platform.store import TableStore

expiring_target_store = TableStore(ExpiringTarget, expiring_targets)

# A place in a resource: environment, variation (or other list), kind and key of the context.
Listing = tuple[str, str, str, str]

_ORDER = (expiring_targets.c.expires_at, expiring_targets.c.id)

# A statement binds a bounded number of values.
_AT_ONCE = 500


def find_target(
    db: Transaction, resource_id: str, home: Home, context_kind: str, context_key: str
) -> ExpiringTarget | None:
    """The date of one context in one flag or segment, if it has one."""
    return expiring_target_store.find(
        db,
        expiring_targets.c.resource_id == resource_id,
        home.holds(expiring_targets),
        expiring_targets.c.context_kind == context_kind,
        expiring_targets.c.context_key == context_key,
    )


def list_of_resource(db: Transaction, resource_id: str, home: Home) -> list[ExpiringTarget]:
    """Of one flag or segment in one environment, those that expire first before the others."""
    return _list(db, expiring_targets.c.resource_id == resource_id, home.holds(expiring_targets))


def list_of_context(
    db: Transaction, resource_kind: str, home: Home, context_kind: str, context_key: str
) -> list[ExpiringTarget]:
    """Of one context in one environment, over all resources of a kind."""
    return _list(
        db,
        home.holds(expiring_targets),
        expiring_targets.c.context_key == context_key,
        expiring_targets.c.context_kind == context_kind,
        expiring_targets.c.resource_kind == resource_kind,
    )


def is_any_due(db: Transaction, resource_kind: str, now: int) -> bool:
    return bool(db.value(select(exists().where(*_due(resource_kind, now)))))


def list_due(db: Transaction, resource_kind: str, now: int, limit: int) -> list[ExpiringTarget]:
    """Whose date has come, the earliest first."""
    where = _due(resource_kind, now)
    found, _ = expiring_target_store.list_page(db, where, _ORDER, limit, 0)
    return found


def remove_all_of(db: Transaction, resource_id: str) -> None:
    """Forgets the dates of a flag or segment that is gone."""
    db.execute(delete(expiring_targets).where(expiring_targets.c.resource_id == resource_id))


def remove_unlisted(
    db: Transaction, project_id: str, resource_id: str, listings: Callable[[], Collection[Listing]]
) -> None:
    """Forgets the dates of targets that the resource does not have any more: with them they disappear.

    What the resource lists now is asked only if it has any dates.
    """
    table = expiring_targets.c
    mine = table.project_id == project_id, table.resource_id == resource_id
    known = expiring_target_store.list_where(db, *mine)
    if known:
        left = listings()
        _remove_all(db, project_id, [target for target in known if _listing_of(target) not in left])


def _listing_of(target: ExpiringTarget) -> Listing:
    return target.environment_id, target.listed_in, target.context_kind, target.context_key


def _remove_all(db: Transaction, project_id: str, targets: Sequence[ExpiringTarget]) -> None:
    table, ids = expiring_targets.c, [target.id for target in targets]
    for start in range(0, len(ids), _AT_ONCE):
        some = table.id.in_(ids[start : start + _AT_ONCE])
        db.execute(delete(expiring_targets).where(some, table.project_id == project_id))


def _due(resource_kind: str, now: int) -> tuple[ColumnElement[bool], ...]:
    return expiring_targets.c.resource_kind == resource_kind, expiring_targets.c.expires_at <= now


def _list(db: Transaction, *where: ColumnElement[bool]) -> list[ExpiringTarget]:
    return expiring_target_store.list_where(db, *where, order_by=_ORDER)
