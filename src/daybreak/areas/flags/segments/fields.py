"""Between a segment and what a patch of its representation may change."""

from dataclasses import replace
from typing import Any

import msgspec

from daybreak.areas.flags.segments.model import Segment, Targets, tidy
from daybreak.areas.flags.segments.representation import represent_segment
from daybreak.areas.flags.segments.requests import SegmentFields, SegmentRuleShape, SegmentTargetShape
from daybreak.areas.flags.shapes import parse_clause
from daybreak.areas.flags.targeting import USER, SegmentRule
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.columns import Json
from daybreak.platform.identifiers import unique_id
from daybreak.rest.parsing import convert
from daybreak.rest.resource import Editing

ACTIONS = {
    "/name": "updateName",
    "/description": "updateDescription",
    "/tags": "updateTags",
    "/included": "updateIncluded",
    "/includedContexts": "updateIncluded",
    "/excluded": "updateExcluded",
    "/excludedContexts": "updateExcluded",
    "/rules": "updateRules",
}


def editing_in(place: EnvironmentFact) -> Editing[Segment]:
    """How segments of an environment are patched by their representation."""

    def read(segment: Segment) -> SegmentFields:
        plain: Json = msgspec.to_builtins(represent_segment(segment, place))
        return convert(plain, SegmentFields)

    return Editing(fields=SegmentFields, read=read, write=_write, actions=ACTIONS)


def _write(segment: Segment, fields: SegmentFields) -> Segment:
    return replace(
        segment,
        name=fields.name,
        description=fields.description,
        tags=tuple(fields.tags),
        included=_targets(fields.included, fields.included_contexts),
        excluded=_targets(fields.excluded, fields.excluded_contexts),
        rules=tuple(parse_rule(rule) for rule in fields.rules),
    )


def _targets(users: list[str], others: list[SegmentTargetShape]) -> Targets:
    found: dict[str, list[str]] = {USER: list(users)}
    for target in others:
        found.setdefault(target.context_kind or USER, []).extend(target.values)
    return tidy(found)


def parse_rule(shape: SegmentRuleShape) -> SegmentRule:
    return SegmentRule(
        id=shape.id or unique_id(),
        clauses=tuple(parse_clause(clause) for clause in shape.clauses),
        weight=_or_none(shape.weight),
        bucket_by=_or_none(shape.bucket_by) or None,
        rollout_context_kind=_or_none(shape.rollout_context_kind) or None,
        description=_or_none(shape.description),
    )


def _or_none(value: Any) -> Any:
    return None if value is msgspec.UNSET else value
