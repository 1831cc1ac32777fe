"""Rules and their clauses in one environment."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from daybreak.areas.flags.feature_flags.instructions.scene import (
    Clauses,
    FlagScene,
    Serving,
    in_environment,
    place_of_rule,
    served_by,
    with_rule,
)
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.shapes import ClauseShape, parse_clause
from daybreak.areas.flags.targeting import Clause, Rule
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Text
from daybreak.rest.semantic_patch import Instruction


class _RuleId(Body):
    rule_id: str


class _NewRule(Serving, kw_only=True):
    clauses: Clauses
    before_rule_id: str | None = None
    description: Text | None = None
    track_events: bool = False


class _Rules(Body):
    rules: list[_NewRule]


class _RuleIds(Body):
    rule_ids: list[str]


class _Description(_RuleId):
    description: Text


class _Tracking(_RuleId):
    track_events: bool


class _ServingOfRule(Serving, kw_only=True):
    rule_id: str


class _NewClauses(_RuleId):
    clauses: Clauses


class _ClauseIds(_RuleId):
    clause_ids: list[str]


class _ChangedClause(_RuleId):
    clause_id: str
    clause: ClauseShape


class _ClauseValues(_RuleId):
    clause_id: str
    values: list[Json]


OfRule = TypeVar("OfRule", bound=_RuleId)


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
    clauses = _new_clauses(asked.clauses, scene)
    return Rule(scene.new_id(), served_by(flag, asked), clauses, asked.description, asked.track_events)


def _new_clauses(shapes: Sequence[ClauseShape], scene: FlagScene) -> tuple[Clause, ...]:
    return tuple(replace(parse_clause(shape), id=scene.new_id()) for shape in shapes)


def _add_rule(flag: FeatureFlag, asked: _NewRule, scene: FlagScene) -> FeatureFlag:
    added = _make_rule(flag, asked, scene)

    def change(environment: FlagEnvironment) -> FlagEnvironment:
        rules = list(environment.rules)
        before = asked.before_rule_id
        rules.insert(len(rules) if before is None else place_of_rule(environment, before), added)
        return replace(environment, rules=tuple(rules))

    return in_environment(flag, scene, change)


def _remove_rule(flag: FeatureFlag, asked: _RuleId, scene: FlagScene) -> FeatureFlag:
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


def _add_clauses(rule: Rule, asked: _NewClauses, scene: FlagScene) -> Rule:
    return replace(rule, clauses=(*rule.clauses, *_new_clauses(asked.clauses, scene)))


def _remove_clauses(rule: Rule, asked: _ClauseIds, _: FlagScene) -> Rule:
    for id in asked.clause_ids:
        _require_clause(rule, id)
    return replace(rule, clauses=tuple(c for c in rule.clauses if c.id not in asked.clause_ids))


def _change_clause(rule: Rule, asked: _ChangedClause, _: FlagScene) -> Rule:
    changed = replace(parse_clause(asked.clause), id=asked.clause_id)
    return _with_clause(rule, asked.clause_id, lambda _: changed)


def _add_values(rule: Rule, asked: _ClauseValues, _: FlagScene) -> Rule:
    def change(clause: Clause) -> Clause:
        added = [value for value in asked.values if value not in clause.values]
        return replace(clause, values=(*clause.values, *added))

    return _with_clause(rule, asked.clause_id, change)


def _remove_values(rule: Rule, asked: _ClauseValues, _: FlagScene) -> Rule:
    def change(clause: Clause) -> Clause:
        return replace(clause, values=tuple(v for v in clause.values if v not in asked.values))

    return _with_clause(rule, asked.clause_id, change)


def _with_clause(rule: Rule, clause_id: str, change: Callable[[Clause], Clause]) -> Rule:
    _require_clause(rule, clause_id)
    return replace(rule, clauses=tuple(change(c) if c.id == clause_id else c for c in rule.clauses))


def _require_clause(rule: Rule, clause_id: str) -> None:
    if clause_id not in {clause.id for clause in rule.clauses}:
        raise InvalidRequest(f"clauseId: the rule has no clause {clause_id!r}")


def _describe(rule: Rule, asked: _Description, _: FlagScene) -> Rule:
    return replace(rule, description=asked.description)


def _track(rule: Rule, asked: _Tracking, _: FlagScene) -> Rule:
    return replace(rule, track_events=asked.track_events)


RULES: dict[str, Instruction[FeatureFlag, FlagScene]] = {
    "addRule": Instruction(_NewRule, _add_rule, "updateRules"),
    "removeRule": Instruction(_RuleId, _remove_rule, "updateRules"),
    "replaceRules": Instruction(_Rules, _replace_rules, "updateRules"),
    "reorderRules": Instruction(_RuleIds, _reorder_rules, "updateRules"),
    "updateRuleDescription": Instruction(_Description, _on_rule(_describe), "updateRules"),
    "updateRuleTrackEvents": Instruction(_Tracking, _on_rule(_track), "updateRules"),
    "updateRuleVariationOrRollout": Instruction(_ServingOfRule, _serve_by_rule, "updateRules"),
    "addClauses": Instruction(_NewClauses, _on_rule(_add_clauses), "updateRules"),
    "removeClauses": Instruction(_ClauseIds, _on_rule(_remove_clauses), "updateRules"),
    "updateClause": Instruction(_ChangedClause, _on_rule(_change_clause), "updateRules"),
    "addValuesToClause": Instruction(_ClauseValues, _on_rule(_add_values), "updateRules"),
    "removeValuesFromClause": Instruction(_ClauseValues, _on_rule(_remove_values), "updateRules"),
}
