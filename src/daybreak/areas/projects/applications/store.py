"""Applications and their versions in the database."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from daybreak.areas.projects.applications.model import Application, ApplicationVersion
from daybreak.areas.projects.applications.tables import application_versions, applications
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

application_store = TableStore(Application, applications)
version_store = TableStore(ApplicationVersion, application_versions)


def find_application(db: Transaction, key: str) -> Application:
    """Raises NotFound."""
    application = application_store.find(db, applications.c.key == key)
    if application is None:
        raise NotFound(f"Invalid resource identifier: there is no application {key!r}")
    return application


def find_version(db: Transaction, application_key: str, key: str) -> ApplicationVersion:
    """Raises NotFound, naming what is missing: the application or its version."""
    application = find_application(db, application_key)
    version = version_store.find(
        db, application_versions.c.application_id == application.id, application_versions.c.key == key
    )
    if version is None:
        raise NotFound(
            f"Invalid resource identifier: the application {application_key!r} has no version {key!r}"
        )
    return version


def list_applications_of(db: Transaction, versions: Sequence[ApplicationVersion]) -> dict[str, Application]:
    """The applications that `versions` belong to, by id. One query."""
    ids = {version.application_id for version in versions}
    return {
        application.id: application
        for application in application_store.list_where(db, applications.c.id.in_(ids))
    }


def of_application(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Which versions are of an application that meets a condition."""
    return application_versions.c.application_id.in_(select(applications.c.id).where(condition))
