"""Segments as the API shows them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from daybreak.areas.flags.segments.model import Segment, Targets
from daybreak.areas.flags.segments.requests import SegmentRuleShape, SegmentTargetShape
from daybreak.areas.flags.shapes import represent_clause
from daybreak.areas.flags.targeting import USER, SegmentRule
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import HTML, Links, link, links, path

Unset = msgspec.UnsetType


class UsingFlagShape(Shape):
    """A flag that asks for the segment."""

    name: str
    key: str
    links_: Links = msgspec.field(name="_links")
    site_: dict[str, str] = msgspec.field(name="_site")


class MembersShape(Shape):
    """How many members of an unbounded segment are listed."""

    environment_id: str = msgspec.field(name="envId")
    segment_id: str
    version: int
    included_count: int
    excluded_count: int
    last_modified: int
    deleted: bool


class SegmentShape(AccessibleShape, kw_only=True):
    """A segment. Flags that use it are told of a single one only."""

    name: str
    description: str
    tags: list[str]
    creation_date: int
    last_modified_date: int
    key: str
    included: list[str]
    excluded: list[str]
    included_contexts: list[SegmentTargetShape]
    excluded_contexts: list[SegmentTargetShape]
    rules: list[SegmentRuleShape]
    version: int
    deleted: bool
    unbounded: bool
    unbounded_context_kind: str | Unset = msgspec.UNSET
    generation: int
    links_: Links = msgspec.field(name="_links")
    flags_: list[UsingFlagShape] | Unset = msgspec.field(name="_flags", default=msgspec.UNSET)
    unbounded_metadata_: MembersShape | Unset = msgspec.field(
        name="_unboundedMetadata", default=msgspec.UNSET
    )
    import_in_progress_: bool | Unset = msgspec.field(name="_importInProgress", default=msgspec.UNSET)


def segment_path(place: EnvironmentFact, key: str) -> str:
    return path("/api/v2/segments/{p}/{e}/{s}", p=place.project.key, e=place.key, s=key)


def represent_segment(segment: Segment, place: EnvironmentFact) -> SegmentShape:
    shape = SegmentShape(
        name=segment.name,
        description=segment.description,
        tags=list(segment.tags),
        creation_date=segment.created_at,
        last_modified_date=segment.modified_at,
        key=segment.key,
        included=list(segment.included.get(USER, ())),
        excluded=list(segment.excluded.get(USER, ())),
        included_contexts=_represent_targets(segment.included),
        excluded_contexts=_represent_targets(segment.excluded),
        rules=[_represent_rule(rule) for rule in segment.rules],
        version=segment.version,
        deleted=False,
        unbounded=segment.is_unbounded,
        generation=segment.generation,
        links_=links(
            self=segment_path(place, segment.key),
            parent=path("/api/v2/segments/{p}/{e}", p=place.project.key, e=place.key),
        ),
    )
    site = path("/{p}/{e}/segments/{s}", p=place.project.key, e=place.key, s=segment.key)
    shape.links_["site"] = link(site, content_type=HTML)
    if segment.is_unbounded:
        shape.unbounded_context_kind = segment.unbounded_context_kind
        shape.unbounded_metadata_ = MembersShape(
            environment_id=segment.environment_id,
            segment_id=f"{segment.key}.g{segment.generation}",
            version=segment.version,
            included_count=segment.included_count,
            excluded_count=segment.excluded_count,
            last_modified=segment.modified_at,
            deleted=False,
        )
    return shape


def represent_using_flags(place: EnvironmentFact, flags: Sequence[tuple[str, str]]) -> list[UsingFlagShape]:
    """`flags` are keys and names."""
    project_key = place.project.key
    return [
        UsingFlagShape(
            name=name,
            key=key,
            links_=links(self=path("/api/v2/flags/{p}/{f}", p=project_key, f=key)),
            site_=link(path("/{p}/{e}/features/{f}", p=project_key, e=place.key, f=key), content_type=HTML),
        )
        for key, name in flags
    ]


def _represent_targets(targets: Targets) -> list[SegmentTargetShape]:
    return [
        SegmentTargetShape(values=list(keys), context_kind=kind)
        for kind, keys in targets.items()
        if kind != USER
    ]


def _represent_rule(rule: SegmentRule) -> SegmentRuleShape:
    return SegmentRuleShape(
        id=rule.id,
        clauses=[represent_clause(clause) for clause in rule.clauses],
        weight=_or_unset(rule.weight),
        bucket_by=_or_unset(rule.bucket_by),
        rollout_context_kind=_or_unset(rule.rollout_context_kind),
        description=_or_unset(rule.description),
    )


def _or_unset(value: Any) -> Any:
    return msgspec.UNSET if value is None else value
