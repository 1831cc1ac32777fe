"""Environments in the database."""

from sqlalchemy import select

from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.tables import environments
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

environment_store = TableStore(Environment, environments)


def find_environment(db: Transaction, project_key: str, environment_key: str) -> Environment:
    """Raises NotFound, naming what is missing: the project or the environment in it."""
    project_id = db.value(select(projects.c.id).where(projects.c.key == project_key))
    if project_id is None:
        raise NotFound(f"Invalid resource identifier: there is no project {project_key!r}")
    environment = environment_store.find(
        db, environments.c.project_id == project_id, environments.c.key == environment_key
    )
    if environment is None:
        raise NotFound(
            f"Invalid resource identifier: the project {project_key!r} has no environment {environment_key!r}"
        )
    return environment
