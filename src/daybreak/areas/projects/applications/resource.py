"""Applications of the account and their versions. Policies speak of applications only: whoever may do
something to an application's versions is told by actions on the application.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement

from daybreak.areas.projects.applications.model import Application, ApplicationVersion
from daybreak.areas.projects.applications.representation import (
    ApplicationVersionShape,
    application_path,
    represent_applications,
    represent_versions,
    version_path,
)
from daybreak.areas.projects.applications.requests import ApplicationFields, ApplicationVersionFields
from daybreak.areas.projects.applications.store import (
    application_store,
    find_application,
    find_version,
    list_applications_of,
    of_application,
    version_store,
)
from daybreak.areas.projects.applications.tables import application_versions, applications
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.conditions import text_field, truth_field
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located


def _application_address(application: Application) -> Address:
    return Address.of(("application", application.key))


def _find(call: Call, application_key: str) -> Application:
    return find_application(call.db, application_key)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - applications have no parent
    return ()


def _addresses(db: Transaction, found: Sequence[Application]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [_application_address(application) for application in found]


def _place(db: Transaction, application: Application) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(application.name, application_path(application.key))


def _read_fields(application: Application) -> dict[str, str]:
    return {
        "name": application.name,
        "description": application.description,
        "kind": application.kind,
    }


def _write_fields(application: Application, fields: ApplicationFields) -> Application:
    return replace(application, name=fields.name, description=fields.description, kind=fields.kind)


APPLICATION: Resource[Application] = Resource(
    kind="application",
    specifier="application/*",
    store=application_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=represent_applications,
    view_action="viewApplication",
    located=(Located((Level("application", applications.c.key),)),),
    tells=("deleteApplication",),
    conditions={
        "key": text_field(applications.c.key),
        "name": text_field(applications.c.name),
        "kind": text_field(applications.c.kind),
        "autoAdded": truth_field(applications.c.auto_added),
    },
    sorts={"name": applications.c.name, "creationDate": applications.c.created_at},
    default_sort="name",
    editing=Editing(
        fields=ApplicationFields,
        read=_read_fields,
        write=_write_fields,
        actions={
            "/name": "updateApplicationName",
            "/description": "updateApplicationDescription",
            "/kind": "updateApplicationKind",
        },
    ),
)


def _find_version(call: Call, application_key: str, version_key: str) -> ApplicationVersion:
    return find_version(call.db, application_key, version_key)


def _within_application(call: Call, application_key: str) -> Sequence[ColumnElement[bool]]:
    return (application_versions.c.application_id == find_application(call.db, application_key).id,)


def _version_addresses(db: Transaction, found: Sequence[ApplicationVersion]) -> list[Address]:
    parents = list_applications_of(db, found)
    return [_application_address(parents[version.application_id]) for version in found]


def _version_place(db: Transaction, version: ApplicationVersion) -> Place:
    application = list_applications_of(db, [version])[version.application_id]
    return Place(
        version.name,
        version_path(application.key, version.key),
        application.name,
        application_path(application.key),
    )


def _represent_versions(
    call: Call,
    found: Sequence[ApplicationVersion],
    expanded: Expanded,  # noqa: ARG001 - the shape of every representation
) -> list[ApplicationVersionShape]:
    return represent_versions(found, list_applications_of(call.db, found))


def _read_version_fields(version: ApplicationVersion) -> dict[str, bool]:
    return {"supported": version.supported}


def _write_version_fields(
    version: ApplicationVersion, fields: ApplicationVersionFields
) -> ApplicationVersion:
    return replace(version, supported=fields.supported)


APPLICATION_VERSION: Resource[ApplicationVersion] = Resource(
    kind="application-version",
    specifier="application/*",
    store=version_store,
    find=_find_version,
    within=_within_application,
    addresses=_version_addresses,
    place=_version_place,
    represent=_represent_versions,
    view_action="viewApplication",
    located=(Located((Level("application", applications.c.key, reach=of_application),)),),
    tells=("deleteApplicationVersion",),
    conditions={
        "key": text_field(application_versions.c.key),
        "name": text_field(application_versions.c.name),
        "supported": truth_field(application_versions.c.supported),
        "autoAdded": truth_field(application_versions.c.auto_added),
    },
    sorts={"name": application_versions.c.name, "creationDate": application_versions.c.created_at},
    default_sort="-creationDate",
    editing=Editing(
        fields=ApplicationVersionFields,
        read=_read_version_fields,
        write=_write_version_fields,
        actions={"/supported": "updateApplicationVersionSupport"},
    ),
)
