"""What other areas may tell: applications, projects and environments that their facts name."""

from sqlalchemy import and_, select

from daybreak.areas.projects.applications.tables import application_versions, applications
from daybreak.areas.projects.environments.operations import make_environment
from daybreak.areas.projects.environments.requests import NewEnvironment
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.areas.projects.environments.store import environment_store
from daybreak.areas.projects.environments.tables import environments
from daybreak.areas.projects.imports.operations import carry_project
from daybreak.areas.projects.projects.operations import FIRST_ENVIRONMENTS, add_project
from daybreak.areas.projects.projects.requests import NewProject
from daybreak.areas.projects.projects.store import project_store
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.database import Transaction
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call
from daybreak.rest.operations import create
from daybreak.rest.parsing import convert

__all__ = ["carry_project", "ensure_application", "ensure_project_and_environment"]


def ensure_application(
    db: Transaction,
    key: str,
    name: str | None,
    kind: str | None,
    version: str,
    version_name: str | None,
    at: int,
    now: int,
) -> None:
    """Adds the application and its version unless they are known; what is known stays as it is. `at` is since
    when there is such a version, as far as the caller knows.

    One keyed read where both are known, which is nearly always.
    """
    known = and_(
        application_versions.c.application_id == applications.c.id, application_versions.c.key == version
    )
    row = db.first(
        select(applications.c.id, application_versions.c.id.label("version_id"))
        .select_from(applications.outerjoin(application_versions, known))
        .where(applications.c.key == key)
    )
    if row is not None and row.version_id is not None:
        return
    application_id = _add_application(db, key, name, kind, now) if row is None else row.id
    added = {
        "id": object_id(),
        "application_id": application_id,
        "key": version,
        "name": version_name or version,
        "supported": True,
        "auto_added": True,
        "created_at": min(at, now),
        "version": 1,
    }
    # Another process may add the same at the same moment: the first one stays.
    db.insert_or_update(
        application_versions,
        [added],
        [],
        key=[application_versions.c.application_id, application_versions.c.key],
    )
    db.tell("application-version", application_id, at=now, scope=f"application/{key}")


def _add_application(db: Transaction, key: str, name: str | None, kind: str | None, now: int) -> str:
    added = {
        "id": object_id(),
        "key": key,
        "name": name or key,
        "kind": kind or "server",
        "description": "",
        "auto_added": True,
        "created_at": now,
        "version": 1,
    }
    db.insert_or_update(applications, [added], [], key=[applications.c.key])
    return str(db.value(select(applications.c.id).where(applications.c.key == key)))


def ensure_project_and_environment(call: Call, project_key: str, environment_key: str) -> None:
    """Creates the environment, and its project where there is none: with that one environment.

    Raises:
        ValidationFailed: a key that no project or environment can have.
        Forbidden: the caller may not create them.

    """
    project = project_store.find(call.db, projects.c.key == project_key)
    body = _new_environment(environment_key)
    if project is None:
        wanted = {"key": project_key, "name": project_key, "environments": [body]}
        add_project(call, convert(wanted, NewProject))
        return
    known = (environments.c.project_id == project.id, environments.c.key == environment_key)
    if environment_store.find(call.db, *known) is None:
        environment = make_environment(call, convert(body, NewEnvironment), project)
        create(call, ENVIRONMENT, environment, "createEnvironment")


def _new_environment(key: str) -> dict[str, object]:
    """As the environments that every new project starts with, where the key is one of theirs."""
    for first in FIRST_ENVIRONMENTS:
        if first.key == key:
            return {"key": key, "name": first.name, "color": first.color, "critical": bool(first.critical)}
    return {"key": key, "name": key, "color": "417505"}
