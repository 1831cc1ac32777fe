"""Kinds of contexts, segments and flags as another account shows them. What only that account knows, such as
its experiments, is read as far as it has to be told.
"""

from typing import Annotated, Literal

import msgspec

from daybreak.areas.flags.feature_flags.requests import (
    AvailabilityBody,
    DefaultsBody,
    VariationBody,
)
from daybreak.areas.flags.segments.requests import SegmentRuleShape, SegmentTargetShape
from daybreak.areas.flags.shapes import (
    ContextKeys,
    Id,
    Kind,
    Place,
    PrerequisiteShape,
    RuleShape,
    ServedShape,
    TargetShape,
)
from daybreak.areas.flags.targeting import USER
from daybreak.platform.columns import Json
from daybreak.rest.call import Body
from daybreak.rest.keys import Instant, LongKey, Name, Tags, Text

Version = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Salt = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]


class CameKind(Body, kw_only=True):
    """A kind of contexts."""

    key: Annotated[str, msgspec.Meta(pattern=r"^[-a-zA-Z0-9._]{1,100}$(?!\n)")]
    name: Name
    description: Text = ""
    created_from: str = "manual"
    creation_date: Instant
    last_modified: Instant
    last_seen: Instant | None = None
    archived: bool = False


class CameSegment(Body, kw_only=True):
    """A segment. The members of an unbounded one are not shown."""

    key: LongKey
    name: Name
    description: Text = ""
    tags: Tags = msgspec.field(default_factory=list)
    creation_date: Instant
    last_modified_date: Instant
    included: ContextKeys = msgspec.field(default_factory=list)
    excluded: ContextKeys = msgspec.field(default_factory=list)
    included_contexts: list[SegmentTargetShape] = msgspec.field(default_factory=list)
    excluded_contexts: list[SegmentTargetShape] = msgspec.field(default_factory=list)
    rules: Annotated[list[SegmentRuleShape], msgspec.Meta(max_length=1_000)] = msgspec.field(
        default_factory=list
    )
    version: Version = 1
    unbounded: bool = False
    unbounded_context_kind: Kind = USER
    generation: Version = 1
    external_: str = msgspec.field(name="_external", default="")


class CameProperty(Body):
    """Data that other systems keep at a flag."""

    name: Text
    value: list[Text] | None = None


class CameCheck(Body):
    """Of how many consistency checks of a migration one is made."""

    check_ratio: int | None = None


class CameConfiguration(Body, kw_only=True):
    """A flag in one environment."""

    on: bool
    salt: Salt
    last_modified: Instant
    version: Version = 1
    targets: list[TargetShape] = msgspec.field(default_factory=list)
    context_targets: list[TargetShape] = msgspec.field(default_factory=list)
    rules: list[RuleShape] = msgspec.field(default_factory=list)
    fallthrough: ServedShape
    off_variation: Place | None = None
    prerequisites: list[PrerequisiteShape] = msgspec.field(default_factory=list)
    track_events: bool = False
    track_events_fallthrough: bool = False
    debug_events_until_date: int | None = msgspec.field(name="_debugEventsUntilDate", default=None)
    migration_settings: CameCheck | None = None


class CameMigration(Body):
    """Settings of a flag that steers a data migration. Without a number it has a stage for each variation."""

    stage_count: Literal[2, 4, 6] | None = None
    context_kind: Kind | None = None


class CameExperiments(Body):
    """The experiments that a flag is in."""

    items: list[Json] = msgspec.field(default_factory=list)


class CameFlag(Body, kw_only=True):
    """A flag with its configuration in every environment that was asked for."""

    key: LongKey
    name: Name
    description: Text = ""
    version: Version = msgspec.field(name="_version", default=1)
    creation_date: Instant
    include_in_snippet: bool = False
    client_side_availability: AvailabilityBody | None = None
    variations: Annotated[list[VariationBody], msgspec.Meta(min_length=2, max_length=500)]
    temporary: bool = True
    tags: Tags = msgspec.field(default_factory=list)
    maintainer_id: Id | None = None
    maintainer_team_key: LongKey | None = None
    goal_ids: list[str] = msgspec.field(default_factory=list)
    experiments: CameExperiments = msgspec.field(default_factory=CameExperiments)
    custom_properties: dict[str, CameProperty] = msgspec.field(default_factory=dict)
    archived: bool = False
    archived_date: Instant | None = None
    deprecated: bool = False
    deprecated_date: Instant | None = None
    defaults: DefaultsBody | None = None
    purpose: str | None = msgspec.field(name="_purpose", default=None)
    migration_settings: CameMigration | None = None
    environments: dict[str, CameConfiguration] = msgspec.field(default_factory=dict)
