"""What has to be derived anew when something else than a deployment becomes known."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from daybreak.areas.insights.facts.changes import COMMIT, ChangeFact, change_id
from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.linking import LATELY, relink_each, relink_unresolved
from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.insights.facts.tables import deployment_changes, deployments
from daybreak.platform.database import Transaction


def relink_changed(db: Transaction, repository_id: str, facts: Sequence[ChangeFact], now: int) -> None:
    """Derives anew what these pull requests have been delivered by, now that more is known of them."""
    ids = {fact.id for fact in facts}
    for fact in facts:
        # Until now its commits may have passed for changes of their own.
        shas = {fact.merge_sha, fact.head_sha, *(fact.commit_shas or ())} - {None}
        ids |= {change_id(repository_id, COMMIT, sha) for sha in shas if sha}
    since: dict[Scope, int] = {}
    for part in chunks(ids):
        for scope, at in _scopes(db, deployment_changes.c.change_id.in_(part)).items():
            since[scope] = min(at, since.get(scope, at))
    relink_each(db, since)
    relink_unresolved(db, repository_id, now, LATELY)


def relink_repository(
    db: Transaction, repository_id: str, now: int, project_ids: Iterable[str] | None = None
) -> None:
    """Derives anew everything that was deployed out of the repository: in these projects, or in all."""
    columns = (deployments.c.project_id, deployments.c.environment_id, deployments.c.application_key)
    where: list[ColumnElement[bool]] = [deployments.c.repository_id == repository_id]
    if project_ids is not None:
        where.append(deployments.c.project_id.in_(sorted(project_ids)))
    statement = select(*columns, func.min(deployments.c.at).label("at")).where(*where).group_by(*columns)
    relink_each(db, _scopes_of(db.rows(statement)))
    relink_unresolved(db, repository_id, now)


def _scopes(db: Transaction, *where: ColumnElement[bool]) -> dict[Scope, int]:
    """Where changes were delivered, and since when."""
    table = deployment_changes.c
    columns = (table.project_id, table.environment_id, table.application_key)
    first = func.min(table.ended_at).label("at")
    rows: Sequence[Any] = db.rows(select(*columns, first).where(*where).group_by(*columns))
    return _scopes_of(rows)


def _scopes_of(rows: Iterable[Any]) -> dict[Scope, int]:
    return {Scope(row.project_id, row.environment_id, row.application_key): row.at for row in rows}
