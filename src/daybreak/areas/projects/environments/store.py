"""Environments in the database."""

from sqlalchemy import delete, func, select

from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.tables import environments, expiring_sdk_keys
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


def list_environments(db: Transaction, project_ids: set[str]) -> list[Environment]:
    """The environments of some projects, oldest first."""
    table = environments.c
    return environment_store.list_where(
        db, table.project_id.in_(project_ids), order_by=(table.created_at, table.id)
    )


def count_environments(db: Transaction, project_id: str) -> int:
    return int(db.value(select(func.count()).where(environments.c.project_id == project_id)))


def keep_sdk_key(db: Transaction, environment: Environment, expires_at: int) -> None:
    """Lets the environment's present SDK key work until then, whatever replaces it."""
    row = {"sdk_key": environment.sdk_key, "environment_id": environment.id, "expires_at": expires_at}
    db.insert(expiring_sdk_keys, [row])


def forget_expired_sdk_keys(db: Transaction, now: int) -> None:
    db.execute(delete(expiring_sdk_keys).where(expiring_sdk_keys.c.expires_at <= now))
