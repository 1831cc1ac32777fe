"""Applications and their versions as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.projects.applications.model import Application, ApplicationVersion
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.links import Links, links, path


class ApplicationShape(AccessibleShape, kw_only=True):
    """An application. `flags` are those it has evaluated, where they were asked for."""

    links_: Links = msgspec.field(name="_links")
    version_: int = msgspec.field(name="_version")
    auto_added: bool
    creation_date: int
    description: str
    key: str
    kind: str
    name: str
    flags: Any = msgspec.UNSET


class ApplicationVersionShape(AccessibleShape, kw_only=True):
    """One release of an application."""

    links_: Links = msgspec.field(name="_links")
    version_: int = msgspec.field(name="_version")
    auto_added: bool
    creation_date: int
    key: str
    name: str
    supported: bool


def application_path(key: str) -> str:
    return path("/api/v2/applications/{key}", key=key)


def version_path(application_key: str, key: str) -> str:
    return path("/api/v2/applications/{application}/versions/{key}", application=application_key, key=key)


def represent_applications(
    call: Call,  # noqa: ARG001 - the shape of every representation
    applications: Sequence[Application],
    expanded: Expanded,
) -> list[ApplicationShape]:
    flags = expanded.get("flags", {})
    return [
        ApplicationShape(
            links_=links(self=application_path(a.key), versions=f"{application_path(a.key)}/versions"),
            version_=a.version,
            auto_added=a.auto_added,
            creation_date=a.created_at,
            description=a.description,
            key=a.key,
            kind=a.kind,
            name=a.name,
            flags=flags.get(a.id, msgspec.UNSET),
        )
        for a in applications
    ]


def represent_versions(
    versions: Sequence[ApplicationVersion], applications: Mapping[str, Application]
) -> list[ApplicationVersionShape]:
    """`applications` are those the versions belong to, by id."""
    return [
        ApplicationVersionShape(
            links_=links(
                self=version_path(applications[v.application_id].key, v.key),
                parent=application_path(applications[v.application_id].key),
            ),
            version_=v.version,
            auto_added=v.auto_added,
            creation_date=v.created_at,
            key=v.key,
            name=v.name,
            supported=v.supported,
        )
        for v in versions
    ]
