"""Rules and their clauses in one environment."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from daybreak.areas.flags.feature_flags.instructions.scene import (
    FlagScene,
    Serving,
    in_environment,
    place_of_rule,
    served_by,
    with_rule,
)
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
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
from daybreak.areas.flags.targeting import Rule
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Text
from daybreak.rest.semantic_patch import Instruction


class _NewRule(Serving, kw_only=True):
    clauses: Clauses
    before_rule_id: str | None = None
    description: Text | None = None
    track_events: bool = False


class _Rules(Body):
    rules: list[_NewRule]


class _RuleIds(Body):
    rule_ids: list[str]


class _Tracking(RuleId):
    track_events: bool


class _ServingOfRule(Serving, kw_only=True):
    rule_id: str


OfRule = TypeVar("OfRule", bound=RuleId)


def _on_rule(
    change: Callable[[Rule, OfRule, FlagScene], Rule],
) -> Callable[[FeatureFlag, OfRule, FlagScene], FeatureFlag]:
    """An instruction about one rule of the environment that the patch names."""
    return lambda flag, asked, scene: in_environment(
        flag,
        scene,
        lambda environment: with_rule(environment, asked.rule_id, lambda rule: change(rule, asked, scene)),
    )


def _make_rule(flag: FeatureFlag, asked: _NewRule, scene: FlagScene) -> Rule:
    clauses = new_clauses(asked.clauses, scene)
    return Rule(scene.new_id(), served_by(flag, asked), clauses, asked.description, asked.track_events)


def _add_rule(flag: FeatureFlag, asked: _NewRule, scene: FlagScene) -> FeatureFlag:
    added = _make_rule(flag, asked, scene)

    def change(environment: FlagEnvironment) -> FlagEnvironment:
        rules = list(environment.rules)
        before = asked.before_rule_id
        rules.insert(len(rules) if before is None else place_of_rule(environment, before), added)
        return replace(environment, rules=tuple(rules))

    return in_environment(flag, scene, change)


def _remove_rule(flag: FeatureFlag, asked: RuleId, scene: FlagScene) -> FeatureFlag:
    def change(environment: FlagEnvironment) -> FlagEnvironment:
        return replace(environment, rules=tuple(r for r in environment.rules if r.id != asked.rule_id))

    return in_environment(flag, scene, change)


def _replace_rules(flag: FeatureFlag, asked: _Rules, scene: FlagScene) -> FeatureFlag:
    rules = tuple(_make_rule(flag, rule, scene) for rule in asked.rules)
    return in_environment(flag, scene, lambda environment: replace(environment, rules=rules))


def _reorder_rules(flag: FeatureFlag, asked: _RuleIds, scene: FlagScene) -> FeatureFlag:
    def change(environment: FlagEnvironment) -> FlagEnvironment:
        by_id = {rule.id: rule for rule in environment.rules}
        if sorted(asked.rule_ids) != sorted(by_id):
            raise InvalidRequest("ruleIds: all rules of the flag are to be listed, and nothing else")
        return replace(environment, rules=tuple(by_id[id] for id in asked.rule_ids))

    return in_environment(flag, scene, change)


def _serve_by_rule(flag: FeatureFlag, asked: _ServingOfRule, scene: FlagScene) -> FeatureFlag:
    served = served_by(flag, asked)
    return in_environment(
        flag,
        scene,
        lambda environment: with_rule(environment, asked.rule_id, lambda rule: replace(rule, served=served)),
    )


def _track(rule: Rule, asked: _Tracking, _: FlagScene) -> Rule:
    return replace(rule, track_events=asked.track_events)


RULES: dict[str, Instruction[FeatureFlag, FlagScene]] = {
    "addRule": Instruction(_NewRule, _add_rule, "updateRules"),
    "removeRule": Instruction(RuleId, _remove_rule, "updateRules"),
    "replaceRules": Instruction(_Rules, _replace_rules, "updateRules"),
    "reorderRules": Instruction(_RuleIds, _reorder_rules, "updateRules"),
    "updateRuleDescription": Instruction(Description, _on_rule(describe), "updateRules"),
    "updateRuleTrackEvents": Instruction(_Tracking, _on_rule(_track), "updateRules"),
    "updateRuleVariationOrRollout": Instruction(_ServingOfRule, _serve_by_rule, "updateRules"),
    "addClauses": Instruction(NewClauses, _on_rule(add_clauses), "updateRules"),
    "removeClauses": Instruction(ClauseIds, _on_rule(remove_clauses), "updateRules"),
    "updateClause": Instruction(ChangedClause, _on_rule(change_clause), "updateRules"),
    "addValuesToClause": Instruction(ClauseValues, _on_rule(add_values), "updateRules"),
    "removeValuesFromClause": Instruction(ClauseValues, _on_rule(remove_values), "updateRules"),
}
