"""What may be said of segments: a new one, and what a patch may change."""

from typing import Annotated

import msgspec

from daybreak.areas.flags.shapes import ClauseShape, ContextKey, Id, Kind, Weight
from daybreak.areas.flags.targeting import USER
from daybreak.rest.call import Body, Query, Shape
from daybreak.rest.keys import LongKey, Name, Tags, Text

Unset = msgspec.UnsetType

MOST_TARGETS = 50_000
Keys = Annotated[list[ContextKey], msgspec.Meta(max_length=MOST_TARGETS)]


class SegmentTargetShape(Shape):
    """Contexts of one kind, by their keys."""

    values: Keys = msgspec.field(default_factory=list)
    context_kind: Kind = USER


class SegmentRuleShape(Shape):
    """Whom all clauses match is a member, or a share of them."""

    clauses: list[ClauseShape]
    weight: Weight | Unset | None = msgspec.UNSET
    bucket_by: Text | Unset | None = msgspec.UNSET
    rollout_context_kind: Kind | Unset | None = msgspec.UNSET
    description: Text | Unset | None = msgspec.UNSET
    id: Id | None = msgspec.field(name="_id", default=None)


class NewSegment(Body):
    """A segment without members yet."""

    name: Name
    key: LongKey
    description: Text | None = None
    tags: Tags = msgspec.field(default_factory=list)
    unbounded: bool | None = None
    unbounded_context_kind: Annotated[Kind, msgspec.Meta(min_length=1)] | None = None


class SegmentFields(Body):
    """What a JSON patch or merge patch of a segment may change."""

    name: Name
    description: Text
    tags: Tags
    included: Keys
    excluded: Keys
    included_contexts: list[SegmentTargetShape]
    excluded_contexts: list[SegmentTargetShape]
    rules: Annotated[list[SegmentRuleShape], msgspec.Meta(max_length=1_000)]


class PatchQuery(Query):
    """How a patch is to be taken."""

    dry_run: Annotated[bool, msgspec.Meta(description="say what would come of it, and write nothing")] = False
