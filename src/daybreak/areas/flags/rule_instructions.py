"""What instructions about a rule of a flag and about one of a segment have in common."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Protocol, TypeVar

import msgspec

from daybreak.areas.flags.shapes import ClauseShape, parse_clause
from daybreak.areas.flags.targeting import Clause, Rule, SegmentRule
from daybreak.logic.patching.json_value import identify
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Text

AnyRule = TypeVar("AnyRule", Rule, SegmentRule)

Clauses = Annotated[list[ClauseShape], msgspec.Meta(max_length=1_000)]


class Scene(Protocol):
    """Where instructions are carried out: `new_id` names rules and clauses."""

    @property
    def new_id(self) -> Callable[[], str]: ...


class RuleId(Body):
    rule_id: str


class Description(RuleId):
    description: Text


class NewClauses(RuleId):
    clauses: Clauses


class ClauseIds(RuleId):
    clause_ids: list[str]


class ChangedClause(RuleId):
    clause_id: str
    clause: ClauseShape


class ClauseValues(RuleId):
    clause_id: str
    values: list[Json]


def describe(rule: AnyRule, asked: Description, _: Scene) -> AnyRule:
    return replace(rule, description=asked.description)


def new_clauses(shapes: Sequence[ClauseShape], scene: Scene) -> tuple[Clause, ...]:
    return tuple(replace(parse_clause(shape), id=scene.new_id()) for shape in shapes)


def add_clauses(rule: AnyRule, asked: NewClauses, scene: Scene) -> AnyRule:
    return replace(rule, clauses=(*rule.clauses, *new_clauses(asked.clauses, scene)))


def remove_clauses(rule: AnyRule, asked: ClauseIds, _: Scene) -> AnyRule:
    for id in asked.clause_ids:
        _require_clause(rule, id)
    return replace(rule, clauses=tuple(c for c in rule.clauses if c.id not in asked.clause_ids))


def change_clause(rule: AnyRule, asked: ChangedClause, _: Scene) -> AnyRule:
    changed = replace(parse_clause(asked.clause), id=asked.clause_id)
    return _with_clause(rule, asked.clause_id, lambda _: changed)


def add_values(rule: AnyRule, asked: ClauseValues, _: Scene) -> AnyRule:
    def change(clause: Clause) -> Clause:
        known = {identify(value) for value in clause.values}
        added: list[Json] = [value for value in asked.values if identify(value) not in known]
        return replace(clause, values=(*clause.values, *added))

    return _with_clause(rule, asked.clause_id, change)


def remove_values(rule: AnyRule, asked: ClauseValues, _: Scene) -> AnyRule:
    gone = {identify(value) for value in asked.values}

    def change(clause: Clause) -> Clause:
        return replace(clause, values=tuple(v for v in clause.values if identify(v) not in gone))

    return _with_clause(rule, asked.clause_id, change)


def _with_clause(rule: AnyRule, clause_id: str, change: Callable[[Clause], Clause]) -> AnyRule:
    _require_clause(rule, clause_id)
    return replace(rule, clauses=tuple(change(c) if c.id == clause_id else c for c in rule.clauses))


def _require_clause(rule: AnyRule, clause_id: str) -> None:
    if clause_id not in {clause.id for clause in rule.clauses}:
        raise InvalidRequest(f"clauseId: the rule has no clause {clause_id!r}")
