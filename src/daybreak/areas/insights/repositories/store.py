"""Repositories in the database, and the projects they belong to."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from daybreak.areas.insights.facts.tables import repositories, repository_projects
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
