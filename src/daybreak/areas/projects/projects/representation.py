"""Projects as the API shows them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from daybreak.areas.projects.projects.model import BooleanDefaults, ClientSideAvailability, Project
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Call, Shape
from daybreak.rest.expansion import Expanded
from daybreak.rest.links import Links, links, path


class AvailabilityShape(Shape):
    """Which client-side SDKs see a flag."""

    using_mobile_key: bool
    using_environment_id: bool


class ProjectShape(AccessibleShape, kw_only=True):
    """A project. `environments` is a collection where it was asked for, a list right after creation."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    key: str
    include_in_snippet_by_default: bool
    default_client_side_availability: AvailabilityShape
    name: str
    tags: list[str]
    environments: Any = msgspec.UNSET


class BooleanDefaultsShape(Shape):
    """How the variations of new boolean flags are named and used."""

    true_display_name: str
    false_display_name: str
    true_description: str
    false_description: str
    on_variation: int
    off_variation: int


class FlagDefaultsShape(Shape):
    """What new flags of a project start with."""

    links_: Links = msgspec.field(name="_links")
    key: str
    tags: list[str]
    temporary: bool
    default_client_side_availability: AvailabilityShape
    boolean_defaults: BooleanDefaultsShape


def project_path(key: str) -> str:
    return path("/api/v2/projects/{key}", key=key)


def represent_availability(availability: ClientSideAvailability) -> AvailabilityShape:
    return AvailabilityShape(
        using_mobile_key=availability.using_mobile_key, using_environment_id=availability.using_environment_id
    )


def represent_projects(call: Call, projects: Sequence[Project], expanded: Expanded) -> list[ProjectShape]:  # noqa: ARG001 - the shape of every representation
    environments = expanded.get("environments", {})
    return [
        ProjectShape(
            links_=links(self=project_path(p.key), environments=f"{project_path(p.key)}/environments"),
            id=p.id,
            key=p.key,
            include_in_snippet_by_default=p.include_in_snippet_by_default,
            default_client_side_availability=represent_availability(p.default_client_side_availability),
            name=p.name,
            tags=list(p.tags),
            environments=environments.get(p.id, msgspec.UNSET),
        )
        for p in projects
    ]


def represent_boolean_defaults(defaults: BooleanDefaults) -> BooleanDefaultsShape:
    return msgspec.convert(defaults, BooleanDefaultsShape, from_attributes=True)


def represent_flag_defaults(project: Project) -> FlagDefaultsShape:
    return FlagDefaultsShape(
        links_=links(
            self=f"{project_path(project.key)}/flag-defaults",
            parent=project_path(project.key),
        ),
        key=project.key,
        tags=list(project.flag_defaults.tags),
        temporary=project.flag_defaults.temporary,
        default_client_side_availability=represent_availability(project.default_client_side_availability),
        boolean_defaults=represent_boolean_defaults(project.flag_defaults.boolean_defaults),
    )
