"""What semantic patches can ask of a segment, each a pure function from one to the next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar

import msgspec

from daybreak.areas.flags.rule_instructions import (
    ChangedClause,
    ClauseIds,
    Clauses,
    ClauseValues,
    Description,
    NewClauses,
    RuleId,
    add_clauses,
    add_values,
    change_clause,
    describe,
    new_clauses,
    remove_clauses,
    remove_values,
)
from daybreak.areas.flags.segments.model import EXCLUDED, INCLUDED, Segment, tidy
from daybreak.areas.flags.segments.requests import Keys
from daybreak.areas.flags.shapes import Kind
from daybreak.areas.flags.targeting import USER, WHOLE, SegmentRule
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Name, Tags, Text
from daybreak.rest.semantic_patch import Instruction

Change = Callable[[Segment, Any, "SegmentScene"], Segment]


@dataclass(frozen=True, slots=True)
class SegmentScene:
    """`new_id` names rules and clauses."""

    new_id: Callable[[], str]


class _NewName(Body):
    value: Name


class _NewDescription(Body):
    value: Text


class _Tags(Body):
    values: Tags


class _Targets(Body):
    values: Keys
    context_kind: Kind = USER


class _Users(Body):
    values: Keys


class _NewRule(Body):
    clauses: Clauses
    description: Text | None = None


class _RuleIds(Body):
    rule_ids: list[str]


class _Rollout(RuleId):
    # The vendor's documentation shows the number as a text.
    weight: Annotated[int, msgspec.Meta(ge=0, le=WHOLE)] | Annotated[str, msgspec.Meta(pattern=r"^\d{1,6}$")]
    context_kind: Kind | None = None


OfRule = TypeVar("OfRule", bound=RuleId)


def _with_targets(segment: Segment, listed_in: str, kind: str, keys: Iterable[str]) -> Segment:
    targets = tidy({**segment.targets_in(listed_in), kind or USER: keys})
    if listed_in == INCLUDED:
        return replace(segment, included=targets)
    return replace(segment, excluded=targets)


def _adding(listed_in: str) -> Change:
    def add(segment: Segment, asked: _Targets | _Users, _: SegmentScene) -> Segment:
        kind = _kind_of(asked)
        known = segment.targets_in(listed_in).get(kind, ())
        return _with_targets(segment, listed_in, kind, (*known, *asked.values))

    return add


def _removing(listed_in: str) -> Change:
    def remove(segment: Segment, asked: _Targets | _Users, _: SegmentScene) -> Segment:
        kind, gone = _kind_of(asked), set(asked.values)
        left = (key for key in segment.targets_in(listed_in).get(kind, ()) if key not in gone)
        return _with_targets(segment, listed_in, kind, left)

    return remove


def _kind_of(asked: _Targets | _Users) -> str:
    return (asked.context_kind or USER) if isinstance(asked, _Targets) else USER


def _rename(segment: Segment, asked: _NewName, _: SegmentScene) -> Segment:
    return replace(segment, name=asked.value)


def _describe_segment(segment: Segment, asked: _NewDescription, _: SegmentScene) -> Segment:
    return replace(segment, description=asked.value)


def _add_tags(segment: Segment, asked: _Tags, _: SegmentScene) -> Segment:
    return replace(segment, tags=tuple(dict.fromkeys([*segment.tags, *asked.values])))


def _remove_tags(segment: Segment, asked: _Tags, _: SegmentScene) -> Segment:
    return replace(segment, tags=tuple(tag for tag in segment.tags if tag not in asked.values))


def _add_rule(segment: Segment, asked: _NewRule, scene: SegmentScene) -> Segment:
    rule = SegmentRule(scene.new_id(), new_clauses(asked.clauses, scene), description=asked.description)
    return replace(segment, rules=(*segment.rules, rule))


def _remove_rule(segment: Segment, asked: RuleId, _: SegmentScene) -> Segment:
    return replace(segment, rules=tuple(rule for rule in segment.rules if rule.id != asked.rule_id))


def _reorder_rules(segment: Segment, asked: _RuleIds, _: SegmentScene) -> Segment:
    by_id = {rule.id: rule for rule in segment.rules}
    if sorted(asked.rule_ids) != sorted(by_id):
        raise InvalidRequest("ruleIds: all rules of the segment are to be listed, and nothing else")
    return replace(segment, rules=tuple(by_id[id] for id in asked.rule_ids))


def _on_rule(change: Callable[[SegmentRule, OfRule, SegmentScene], SegmentRule]) -> Change:
    def apply(segment: Segment, asked: OfRule, scene: SegmentScene) -> Segment:
        if asked.rule_id not in {rule.id for rule in segment.rules}:
            raise InvalidRequest(f"ruleId: there is no rule {asked.rule_id!r}")
        rules = (change(rule, asked, scene) if rule.id == asked.rule_id else rule for rule in segment.rules)
        return replace(segment, rules=tuple(rules))

    return apply


def _share(rule: SegmentRule, asked: _Rollout, _: SegmentScene) -> SegmentRule:
    weight = int(asked.weight)
    if weight > WHOLE:
        raise InvalidRequest(f"weight: {WHOLE} at most, the whole")
    return replace(rule, weight=weight, rollout_context_kind=asked.context_kind or rule.rollout_context_kind)


INSTRUCTIONS: dict[str, Instruction[Segment, SegmentScene]] = {
    "updateName": Instruction(_NewName, _rename, "updateName"),
    "updateDescription": Instruction(_NewDescription, _describe_segment, "updateDescription"),
    "addTags": Instruction(_Tags, _add_tags, "updateTags"),
    "removeTags": Instruction(_Tags, _remove_tags, "updateTags"),
    "addIncludedTargets": Instruction(_Targets, _adding(INCLUDED), "updateIncluded"),
    "removeIncludedTargets": Instruction(_Targets, _removing(INCLUDED), "updateIncluded"),
    "addExcludedTargets": Instruction(_Targets, _adding(EXCLUDED), "updateExcluded"),
    "removeExcludedTargets": Instruction(_Targets, _removing(EXCLUDED), "updateExcluded"),
    "addIncludedUsers": Instruction(_Users, _adding(INCLUDED), "updateIncluded"),
    "removeIncludedUsers": Instruction(_Users, _removing(INCLUDED), "updateIncluded"),
    "addExcludedUsers": Instruction(_Users, _adding(EXCLUDED), "updateExcluded"),
    "removeExcludedUsers": Instruction(_Users, _removing(EXCLUDED), "updateExcluded"),
    "addRule": Instruction(_NewRule, _add_rule, "updateRules"),
    "removeRule": Instruction(RuleId, _remove_rule, "updateRules"),
    "reorderRules": Instruction(_RuleIds, _reorder_rules, "updateRules"),
    "updateRuleDescription": Instruction(Description, _on_rule(describe), "updateRules"),
    "updateRuleRolloutAndContextKind": Instruction(_Rollout, _on_rule(_share), "updateRules"),
    "addClauses": Instruction(NewClauses, _on_rule(add_clauses), "updateRules"),
    "removeClauses": Instruction(ClauseIds, _on_rule(remove_clauses), "updateRules"),
    "updateClause": Instruction(ChangedClause, _on_rule(change_clause), "updateRules"),
    "addValuesToClause": Instruction(ClauseValues, _on_rule(add_values), "updateRules"),
    "removeValuesFromClause": Instruction(ClauseValues, _on_rule(remove_values), "updateRules"),
}
