"""Clauses, prepared: whether a context meets a condition."""

from collections.abc import Callable, Sequence
from typing import Protocol

from daybreak.logic.evaluation.context import Context
from daybreak.logic.evaluation.model import DEFAULT_KIND, Clause, Json
from daybreak.logic.evaluation.operators import Test, prepare_any, prepare_operator
from daybreak.logic.evaluation.reference import Reference, ReferenceInvalid, parse_reference


class MalformedFlag(Exception):
    """What is evaluated makes no sense: a cycle, or a reference to no possible attribute."""


class Run(Protocol):
    """One context under evaluation, and what it is known to be a member of."""

    @property
    def context(self) -> Context: ...

    def is_member(self, segment_key: str) -> bool: ...


Condition = Callable[[Run], bool]


def prepare_conditions(clauses: Sequence[Clause]) -> tuple[Condition, ...]:
    return tuple(prepare_condition(clause) for clause in clauses)


def prepare_condition(clause: Clause) -> Condition:
    """The condition of a clause.

    An attribute that a context lacks meets nothing, negated or not; so does a kind that it lacks. A clause on
    the kind itself asks each kind of the context, and one on segments asks for membership in any.
    """
    negate = clause.negate
    if clause.op == "segmentMatch":
        keys = tuple(value for value in clause.values if isinstance(value, str))
        return lambda run: any(map(run.is_member, keys)) is not negate
    test = prepare_operator(clause.op, clause.values)
    test_any = prepare_any(clause.op, test)
    kind = clause.context_kind or DEFAULT_KIND
    try:
        reference = parse_reference(clause.attribute, is_path=bool(clause.context_kind))
    except ReferenceInvalid as error:
        return _complaint(kind, str(error))
    if reference.names == ("kind",):
        return lambda run: test_any(list(run.context.singles)) is not negate
    return _attribute_condition(kind, reference, test, test_any, negate=negate)


def _attribute_condition(
    kind: str, reference: Reference, test: Test, test_any: Test, *, negate: bool
) -> Condition:
    name = reference.names[0] if len(reference.names) == 1 else None

    def condition(run: Run) -> bool:
        single = run.context.singles.get(kind)
        if single is None:
            return False
        value: Json = single.value(reference) if name is None else single.attributes.get(name)
        if value is None:
            return False
        passes = test_any(value) if isinstance(value, list) else test(value)
        return passes is not negate

    return condition


def _complaint(kind: str, reason: str) -> Condition:
    """Nobody can say what is meant, but a context without the kind would not be asked."""

    def condition(run: Run) -> bool:
        if kind in run.context.singles:
            raise MalformedFlag(reason)
        return False

    return condition
