"""Clauses, targets, rules and rollouts as the API shows and takes them, where variations are numbers.

Flags and segments share them. What is read back from a patch is held to the same types.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from daybreak.areas.flags.targeting import (
    USER,
    Clause,
    ExperimentAllocation,
    Prerequisite,
    Rollout,
    Rule,
    Served,
    Target,
    WeightedVariation,
)
from daybreak.platform.columns import Json
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.platform.identifiers import unique_id
from daybreak.rest.call import Shape
from daybreak.rest.keys import LongKey, Text

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Kind = Annotated[str, msgspec.Meta(pattern=r"^[-a-zA-Z0-9._]*$(?!\n)", max_length=64)]
ContextKey = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
# More than that is for big segments.
MOST_TARGETS = 50_000
ContextKeys = Annotated[list[ContextKey], msgspec.Meta(max_length=MOST_TARGETS)]
Weight = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Place = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class ClauseShape(Shape, kw_only=True):
    """A condition on a context; its values are alternatives."""

    attribute: Text = ""
    op: Annotated[str, msgspec.Meta(max_length=64)]
    values: list[Json]
    context_kind: Kind = USER
    negate: bool = False
    id: Id | None = msgspec.field(name="_id", default=None)


class TargetShape(Shape):
    """Keys that get a variation."""

    values: list[ContextKey]
    variation: Place
    context_kind: Kind = USER


class WeightedVariationShape(Shape):
    """A share of a rollout, in thousandths of a percent."""

    variation: Place
    weight: Weight
    untracked: bool | msgspec.UnsetType = msgspec.field(name="_untracked", default=msgspec.UNSET)


class ExperimentAllocationShape(Shape):
    """Makes a rollout an experiment."""

    default_variation: Place
    can_reshuffle: bool = False


class RolloutShape(Shape):
    """Shares that contexts are dealt to."""

    variations: Annotated[list[WeightedVariationShape], msgspec.Meta(min_length=1)]
    context_kind: Kind = USER
    bucket_by: Text | msgspec.UnsetType = msgspec.UNSET
    seed: int | msgspec.UnsetType = msgspec.UNSET
    experiment_allocation: ExperimentAllocationShape | msgspec.UnsetType = msgspec.UNSET


class ServedShape(Shape):
    """One variation, or a rollout."""

    variation: Place | msgspec.UnsetType = msgspec.UNSET
    rollout: RolloutShape | msgspec.UnsetType = msgspec.UNSET


class RuleShape(ServedShape, kw_only=True):
    """What contexts that all clauses match are served."""

    clauses: list[ClauseShape]
    track_events: bool = False
    description: Text | msgspec.UnsetType = msgspec.UNSET
    ref: Id | msgspec.UnsetType = msgspec.UNSET
    disabled: bool | msgspec.UnsetType = msgspec.UNSET
    id: Id | None = msgspec.field(name="_id", default=None)


class PrerequisiteShape(Shape):
    """Another flag, and the variation that it has to serve."""

    key: LongKey
    variation: Place


class Numbers:
    """The numbers of a flag's variations, both ways."""

    def __init__(self, variation_ids: Sequence[str]) -> None:
        self._ids = tuple(variation_ids)
        self._places = {id: place for place, id in enumerate(variation_ids)}

    def place(self, id: str) -> int:
        return self._places[id]

    def id(self, place: int) -> str:
        """Raises ValidationFailed for a variation that is not there."""
        if place >= len(self._ids):
            reason = f"there are {len(self._ids)} variations, numbered from 0: none is {place}"
            raise ValidationFailed(FieldFault("variation", reason))
        return self._ids[place]


def represent_clause(clause: Clause) -> ClauseShape:
    return ClauseShape(
        attribute=clause.attribute,
        op=clause.op,
        values=list(clause.values),
        context_kind=clause.context_kind,
        negate=clause.negate,
        id=clause.id,
    )


def parse_clause(shape: ClauseShape) -> Clause:
    return Clause(
        shape.id or unique_id(),
        shape.attribute,
        shape.op,
        tuple(shape.values),
        shape.context_kind or USER,
        shape.negate,
    )


def deliver_clause(clause: Clause) -> dict[str, Json]:
    """As SDKs are sent it."""
    return {
        "contextKind": clause.context_kind,
        "attribute": clause.attribute,
        "op": clause.op,
        "values": list(clause.values),
        "negate": clause.negate,
    }


def represent_target(target: Target, numbers: Numbers, *, is_placeholder: bool = False) -> TargetShape:
    values = [] if is_placeholder else list(target.values)
    return TargetShape(
        values=values, variation=numbers.place(target.variation_id), context_kind=target.context_kind
    )


def parse_targets(
    users: Sequence[TargetShape], others: Sequence[TargetShape], numbers: Numbers
) -> tuple[Target, ...]:
    """All in the order in which they count."""
    return tuple(parse_target(shape, numbers) for shape in order_targets(users, others))


def order_targets(users: Sequence[TargetShape], others: Sequence[TargetShape]) -> list[TargetShape]:
    """All in the order in which they count. `others` stand for users by entries without values."""
    by_variation: Mapping[int, TargetShape] = {shape.variation: shape for shape in users}
    mentioned = {shape.variation for shape in others if shape.context_kind == USER}
    ordered = [
        by_variation.get(shape.variation, shape) if shape.context_kind == USER else shape for shape in others
    ]
    ordered += [shape for shape in users if shape.variation not in mentioned]
    return [shape for shape in ordered if shape.values]


def parse_target(shape: TargetShape, numbers: Numbers) -> Target:
    return Target(numbers.id(shape.variation), tuple(dict.fromkeys(shape.values)), shape.context_kind or USER)


def represent_rollout(rollout: Rollout, numbers: Numbers) -> RolloutShape:
    allocation = rollout.experiment_allocation
    return RolloutShape(
        variations=[
            WeightedVariationShape(
                variation=numbers.place(share.variation_id),
                weight=share.weight,
                untracked=share.is_untracked or msgspec.UNSET,
            )
            for share in rollout.variations
        ],
        context_kind=rollout.context_kind,
        bucket_by=_or_unset(rollout.bucket_by),
        seed=_or_unset(rollout.seed),
        experiment_allocation=msgspec.UNSET
        if allocation is None
        else ExperimentAllocationShape(
            default_variation=numbers.place(allocation.default_variation_id),
            can_reshuffle=allocation.can_reshuffle,
        ),
    )


def represent_served(served: Served, numbers: Numbers) -> ServedShape:
    if served.rollout is not None:
        return ServedShape(rollout=represent_rollout(served.rollout, numbers))
    return ServedShape(
        variation=msgspec.UNSET if served.variation_id is None else numbers.place(served.variation_id)
    )


def parse_served(shape: ServedShape, numbers: Numbers) -> Served:
    """Raises ValidationFailed where it is neither one variation nor a rollout."""
    if shape.rollout is not msgspec.UNSET:
        return Served(rollout=_parse_rollout(shape.rollout, numbers))
    if shape.variation is msgspec.UNSET:
        raise ValidationFailed(FieldFault("variation", "one variation or a rollout is required"))
    return Served(variation_id=numbers.id(shape.variation))


def _parse_rollout(shape: RolloutShape, numbers: Numbers) -> Rollout:
    allocation = shape.experiment_allocation
    return Rollout(
        tuple(
            WeightedVariation(numbers.id(share.variation), share.weight, share.untracked is True)
            for share in shape.variations
        ),
        shape.context_kind or USER,
        _or_none(shape.bucket_by) or None,
        _or_none(shape.seed),
        None
        if allocation is msgspec.UNSET
        else ExperimentAllocation(numbers.id(allocation.default_variation), allocation.can_reshuffle),
    )


def represent_rule(rule: Rule, numbers: Numbers) -> RuleShape:
    served = represent_served(rule.served, numbers)
    return RuleShape(
        id=rule.id,
        variation=served.variation,
        rollout=served.rollout,
        clauses=[represent_clause(clause) for clause in rule.clauses],
        track_events=rule.track_events,
        description=_or_unset(rule.description),
        ref=_or_unset(rule.ref),
        disabled=rule.is_disabled or msgspec.UNSET,
    )


def parse_rule(shape: RuleShape, numbers: Numbers) -> Rule:
    return Rule(
        shape.id or unique_id(),
        parse_served(shape, numbers),
        tuple(parse_clause(clause) for clause in shape.clauses),
        _or_none(shape.description),
        shape.track_events,
        _or_none(shape.ref),
        shape.disabled is True,
    )


def represent_prerequisite(prerequisite: Prerequisite, numbers: Numbers) -> PrerequisiteShape:
    """`numbers` are those of the other flag."""
    return PrerequisiteShape(key=prerequisite.key, variation=numbers.place(prerequisite.variation_id))


def _or_unset(value: Json) -> Json:
    return msgspec.UNSET if value is None else value


def _or_none(value: Json) -> Json:
    return None if value is msgspec.UNSET else value
