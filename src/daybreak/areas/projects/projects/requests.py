"""What callers may send about projects."""

from typing import Literal

import msgspec

from daybreak.areas.projects.environments.requests import NewEnvironment
from daybreak.rest.call import Body
from daybreak.rest.keys import Key, Name, Tags, Text


class AvailabilityBody(Body):
    """Which client-side SDKs see a flag."""

    using_environment_id: bool
    using_mobile_key: bool


class NamingConventionBody(Body):
    """How the keys of new flags should look."""

    case: Literal["", "camelCase", "upperCamelCase", "snakeCase", "kebabCase", "constantCase"] = ""
    prefix: Text = ""


class NewProject(Body):
    """A project to create. Without environments it gets `test` and `production`."""

    key: Key
    name: Name
    include_in_snippet_by_default: bool = False
    default_client_side_availability: AvailabilityBody | None = None
    tags: Tags = msgspec.field(default_factory=list)
    environments: list[NewEnvironment] | None = None
    naming_convention: NamingConventionBody | None = None


class ProjectFields(Body):
    """What a patch of a project may change."""

    name: Name
    tags: Tags
    include_in_snippet_by_default: bool
    default_client_side_availability: AvailabilityBody
    naming_convention: NamingConventionBody | None = None


class BooleanDefaultsBody(Body):
    """How the variations of new boolean flags are named and used."""

    true_display_name: Name
    false_display_name: Name
    true_description: Text
    false_description: Text
    on_variation: Literal[0, 1]
    off_variation: Literal[0, 1]


class FlagDefaultsBody(Body):
    """What new flags of a project start with: replaced whole by PUT, field by field by PATCH."""

    tags: Tags
    temporary: bool
    boolean_defaults: BooleanDefaultsBody
    default_client_side_availability: AvailabilityBody
