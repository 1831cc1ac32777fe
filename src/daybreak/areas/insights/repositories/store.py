"""Repositories in the database, and the projects they belong to."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from daybreak.areas.insights.facts.tables import deployments, repositories, repository_projects
from daybreak.areas.insights.repositories.model import Repository
from daybreak.platform.database import Transaction
from daybreak.platform.store import TableStore

repository_store = TableStore(Repository, repositories)


def find_repository(db: Transaction, key: str) -> Repository | None:
    return repository_store.find(db, repositories.c.key == key)


def list_repositories(db: Transaction) -> list[Repository]:
    return repository_store.list_where(db, order_by=(repositories.c.key,))


def list_project_ids(db: Transaction, ids: Iterable[str]) -> dict[str, set[str]]:
    """The projects of each repository. One query."""
    table = repository_projects.c
    rows = db.rows(select(repository_projects).where(table.repository_id.in_(list(ids))))
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.repository_id].add(row.project_id)
    return found


def list_built_from(db: Transaction, repository_id: str, project_id: str) -> list[tuple[str, str, int]]:
    """Environment, application and first time of whatever the project deployed from the repository."""
    table = deployments.c
    rows = db.rows(
        select(table.environment_id, table.application_key, func.min(table.at).label("since"))
        .where(table.project_id == project_id, table.repository_id == repository_id)
        .group_by(table.environment_id, table.application_key)
        .order_by(table.environment_id, table.application_key)
    )
    return [(row.environment_id, row.application_key, row.since) for row in rows]
