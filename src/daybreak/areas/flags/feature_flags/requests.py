"""What callers may send about feature flags."""

from typing import Annotated, Literal

import msgspec

from daybreak.areas.flags.shapes import (
    Id,
    Kind,
    Place,
    PrerequisiteShape,
    RuleShape,
    ServedShape,
    TargetShape,
)
from daybreak.platform.columns import Json
from daybreak.rest.call import Body, Query
from daybreak.rest.keys import LongKey, Name, Tags, Text

Variations = Annotated[list["VariationBody"], msgspec.Meta(min_length=2, max_length=500)]


class AvailabilityBody(Body):
    """Which client-side SDKs see the flag."""

    using_environment_id: bool
    using_mobile_key: bool


class VariationBody(Body):
    """One of the values a flag may have."""

    value: Json
    name: Text | None = None
    description: Text | None = None
    id: Id | None = msgspec.field(name="_id", default=None)


class DefaultsBody(Body):
    """The numbers of the variations that new environments start with."""

    on_variation: Place
    off_variation: Place


class CustomPropertyBody(Body):
    """Data that other systems keep at a flag."""

    name: Text
    value: list[Text]


class MigrationBody(Body):
    """Settings of a flag that steers a data migration."""

    stage_count: Literal[2, 4, 6]
    context_kind: Kind | None = None


class FirstPrerequisite(Body):
    """A prerequisite that a new flag has in every environment."""

    key: LongKey
    variation_id: Id


class NewFlag(Body):
    """A flag to create. Without variations it is true or false."""

    name: Name
    key: LongKey
    description: Text = ""
    include_in_snippet: bool | None = None
    client_side_availability: AvailabilityBody | None = None
    variations: list[VariationBody] = msgspec.field(default_factory=list)
    temporary: bool | None = None
    tags: Tags | None = None
    custom_properties: dict[str, CustomPropertyBody] = msgspec.field(default_factory=dict)
    defaults: DefaultsBody | None = None
    purpose: Literal["migration", "holdout"] | None = None
    migration_settings: MigrationBody | None = None
    maintainer_id: Id | None = None
    maintainer_team_key: LongKey | None = None
    initial_prerequisites: list[FirstPrerequisite] = msgspec.field(default_factory=list)
    is_flag_on: bool = False


class EnvironmentFields(Body, kw_only=True):
    """What a patch may change of a flag in one environment."""

    on: bool
    targets: list[TargetShape]
    context_targets: list[TargetShape]
    rules: list[RuleShape]
    fallthrough: ServedShape
    off_variation: Place | None = None
    prerequisites: list[PrerequisiteShape]
    track_events: bool
    track_events_fallthrough: bool


class FlagFields(Body, kw_only=True):
    """What a patch of a flag may change."""

    name: Name
    description: Text
    include_in_snippet: bool
    client_side_availability: AvailabilityBody
    variations: Variations
    temporary: bool
    tags: Tags
    custom_properties: dict[str, CustomPropertyBody]
    defaults: DefaultsBody
    archived: bool
    deprecated: bool
    maintainer_id: Id | None = None
    maintainer_team_key: LongKey | None = None
    environments: dict[str, EnvironmentFields]


Part = Literal[
    "updateOn",
    "updateRules",
    "updateFallthrough",
    "updateOffVariation",
    "updatePrerequisites",
    "updateTargets",
    "updateFlagConfigMigrationSettings",
]


class CopiedEnvironment(Body):
    """One end of a copy; with a version it has to be at that."""

    key: LongKey
    current_version: int | None = None


class CopyFlag(Body):
    """Which configuration of a flag to copy where; all of it unless parts are named."""

    source: CopiedEnvironment
    target: CopiedEnvironment
    comment: Text = ""
    included_actions: list[Part] = msgspec.field(default_factory=list)
    excluded_actions: list[Part] = msgspec.field(default_factory=list)


class FlagsQuery(Query):
    """A page of flags."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100, description="items of a page; 20")] | None = None
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")] = 0
    environment_keys: Annotated[
        tuple[str, ...], msgspec.Meta(max_length=20, description="show their configuration in these")
    ] = msgspec.field(default=(), name="env")
    tag: Annotated[str | None, msgspec.Meta(description="flags with this tag")] = None
    archived: Annotated[bool | None, msgspec.Meta(description="archived flags instead of live ones")] = None
    summary: Annotated[
        bool | None, msgspec.Meta(description="false shows rules, targets and prerequisites as well")
    ] = None
    filter: Annotated[
        str | None,
        msgspec.Meta(description="known: query, tags, type, state, purpose, evaluated, filterEnv, …"),
    ] = None
    sort: Annotated[
        str | None,
        msgspec.Meta(description="known: creationDate, key, name, tags, type, targetingModifiedDate, …"),
    ] = None
    expand: Annotated[
        str | None, msgspec.Meta(description="known: evaluation, migrationSettings, codeReferences")
    ] = None


class NewFlagQuery(Query):
    """What a new flag is made from."""

    clone: Annotated[LongKey | None, msgspec.Meta(description="the key of a flag to copy")] = None


class FlagQuery(Query):
    """One flag."""

    environment_keys: Annotated[
        tuple[str, ...], msgspec.Meta(max_length=20, description="show its configuration in these only")
    ] = msgspec.field(default=(), name="env")
    expand: Annotated[str | None, msgspec.Meta(description="known: evaluation, migrationSettings")] = None


class PatchQuery(Query):
    """How a patch is to be taken."""

    dry_run: Annotated[bool, msgspec.Meta(description="say what would come of it, and write nothing")] = False
    ignore_conflicts: bool = False
