"""Flags and segments from the JSON that SDKs are sent. What may be left out may be left out."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from daybreak.logic.evaluation.model import (
    Clause,
    Flag,
    Json,
    Prerequisite,
    Rollout,
    Rule,
    Segment,
    SegmentRule,
    SegmentTarget,
    Served,
    Target,
    WeightedVariation,
)

Data = Mapping[str, Json]
Item = TypeVar("Item")


class DataInvalid(ValueError):
    """Delivered data of a shape that no SDK accepts."""


def read_flag(data: Data) -> Flag:
    """Raises DataInvalid."""
    return Flag(
        key=_required(data, "key", str),
        version=_required(data, "version", int),
        variations=tuple(_list(data, "variations")),
        on=_flag(data, "on"),
        off_variation=_number(data, "offVariation"),
        fallthrough=_served(_object(data, "fallthrough")),
        prerequisites=_all(data, "prerequisites", _prerequisite),
        targets=_all(data, "targets", _target),
        context_targets=_all(data, "contextTargets", _target),
        rules=_all(data, "rules", _rule),
        salt=_text(data, "salt"),
        track_events=_flag(data, "trackEvents"),
        track_events_fallthrough=_flag(data, "trackEventsFallthrough"),
    )


def read_segment(data: Data) -> Segment:
    """Raises DataInvalid."""
    return Segment(
        key=_required(data, "key", str),
        version=_required(data, "version", int),
        included=_members(data, "included"),
        excluded=_members(data, "excluded"),
        rules=_all(data, "rules", _segment_rule),
        salt=_text(data, "salt"),
        unbounded=_flag(data, "unbounded"),
        unbounded_kind=_text(data, "unboundedContextKind"),
        generation=_number(data, "generation"),
    )


def _members(data: Data, name: str) -> tuple[SegmentTarget, ...]:
    users = SegmentTarget(frozenset(_texts(data, name)))
    others = _all(
        data,
        f"{name}Contexts",
        lambda each: SegmentTarget(frozenset(_texts(each, "values")), _text(each, "contextKind")),
    )
    return (users, *others)


def _segment_rule(data: Data) -> SegmentRule:
    return SegmentRule(
        clauses=_all(data, "clauses", _clause),
        weight=_number(data, "weight"),
        bucket_by=_text(data, "bucketBy"),
        context_kind=_text(data, "rolloutContextKind"),
    )


def _rule(data: Data) -> Rule:
    return Rule(_all(data, "clauses", _clause), _served(data), _text(data, "id"), _flag(data, "trackEvents"))


def _clause(data: Data) -> Clause:
    return Clause(
        attribute=_text(data, "attribute"),
        op=_required(data, "op", str),
        values=tuple(_list(data, "values")),
        context_kind=_text(data, "contextKind"),
        negate=_flag(data, "negate"),
    )


def _served(data: Data) -> Served:
    rollout = data.get("rollout")
    return Served(_number(data, "variation"), None if rollout is None else _rollout(_object(data, "rollout")))


def _rollout(data: Data) -> Rollout:
    return Rollout(
        variations=_all(data, "variations", _weighted),
        context_kind=_text(data, "contextKind"),
        bucket_by=_text(data, "bucketBy"),
        seed=_number(data, "seed"),
        is_experiment=_text(data, "kind") == "experiment",
    )


def _weighted(data: Data) -> WeightedVariation:
    return WeightedVariation(
        _required(data, "variation", int), _required(data, "weight", int), _flag(data, "untracked")
    )


def _target(data: Data) -> Target:
    values = frozenset(_texts(data, "values"))
    return Target(values, _required(data, "variation", int), _text(data, "contextKind"))


def _prerequisite(data: Data) -> Prerequisite:
    return Prerequisite(_required(data, "key", str), _required(data, "variation", int))


def _optional(data: Data, name: str, kind: type[Item]) -> Item | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise DataInvalid(f"{name}: {type(value).__name__} where {kind.__name__} belongs")
    return value


def _required(data: Data, name: str, kind: type[Item]) -> Item:
    value = _optional(data, name, kind)
    if value is None:
        raise DataInvalid(f"{name}: is missing")
    return value


def _flag(data: Data, name: str) -> bool:
    return _optional(data, name, bool) or False


def _text(data: Data, name: str) -> str:
    return _optional(data, name, str) or ""


def _number(data: Data, name: str) -> int | None:
    return _optional(data, name, int)


def _object(data: Data, name: str) -> Data:
    return _optional(data, name, dict) or {}


def _list(data: Data, name: str) -> list[Json]:
    return _optional(data, name, list) or []


def _texts(data: Data, name: str) -> list[str]:
    return [_required({name: each}, name, str) for each in _list(data, name)]


def _all(data: Data, name: str, read: Callable[[Data], Item]) -> tuple[Item, ...]:
    return tuple(read(_required({name: each}, name, dict)) for each in _list(data, name))
