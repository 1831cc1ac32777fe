"""Projects in the database."""

from sqlalchemy import func, select

from daybreak.areas.projects.projects.model import Project
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

project_store = TableStore(Project, projects)


def find_project(db: Transaction, key: str) -> Project:
    """Raises NotFound."""
    project = project_store.find(db, projects.c.key == key)
    if project is None:
        raise NotFound(f"Invalid resource identifier: there is no project {key!r}")
    return project


def count_projects(db: Transaction) -> int:
    return int(db.value(select(func.count()).select_from(projects)))
