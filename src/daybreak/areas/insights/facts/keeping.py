"""Since when the deployments of a scope are all kept: what lies before is final (see `adding_up.py`)."""

from collections.abc import Collection

from sqlalchemy import Executable, and_, bindparam, select

from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.insights.facts.tables import environment_applications
from daybreak.platform.clock import rfc_3339
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest

_KEPT_SINCE = select(environment_applications.c.kept_since).where(
    and_(
        environment_applications.c.environment_id == bindparam("environment_id"),
        environment_applications.c.application_key == bindparam("application_key"),
    )
)


def read_kept_since(db: Transaction, scope: Scope) -> int:
    """0: all are kept."""
    return _read(db, scope, _KEPT_SINCE)


def hold_kept_since(db: Transaction, scope: Scope) -> int:
    """The same, and nothing is added up meanwhile."""
    return _read(db, scope, _KEPT_SINCE.with_for_update())


def _read(db: Transaction, scope: Scope, statement: Executable) -> int:
    place = {"environment_id": scope.environment_id, "application_key": scope.application_key}
    return db.execute(statement, place).scalar() or 0


def list_kept_since(db: Transaction, environment_ids: Collection[str]) -> dict[tuple[str, str], int]:
    """By environment and application, of those of which not all are kept."""
    table = environment_applications.c
    columns = table.environment_id, table.application_key, table.kept_since
    found = select(*columns).where(table.environment_id.in_(environment_ids), table.kept_since.is_not(None))
    return {(row.environment_id, row.application_key): row.kept_since for row in db.rows(found)}


def require_kept(application_key: str, kept_since: int, at: int) -> None:
    """Raises InvalidRequest where what happened then is final."""
    if at < kept_since:
        raise InvalidRequest(
            f"What happened to {application_key!r} here before {rfc_3339(kept_since)} is final: deployments"
            " of that time have been added up, and are not kept (DAYBREAK_KEEP_DEPLOYMENTS_DAYS)"
        )
