"""Flags, prepared once per change: what can be known without a context is known before one comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from daybreak.logic.evaluation.bucketing import prepare_deal
from daybreak.logic.evaluation.clauses import Condition, prepare_conditions
from daybreak.logic.evaluation.context import Context
from daybreak.logic.evaluation.model import DEFAULT_KIND, Flag, Prerequisite, Served, Target
from daybreak.logic.evaluation.reason import ERROR, FALLTHROUGH, OFF, TARGET_MATCH, Reason, Result

# What finds the result for a context, among those that were prepared.
Serve = Callable[[Context], Result]


@dataclass(frozen=True, slots=True)
class PreparedRule:
    conditions: tuple[Condition, ...]
    serve: Serve


@dataclass(frozen=True, slots=True)
class PreparedFlag:
    """`targets` are results by context key, kind after kind in the order in which they count."""

    flag: Flag
    key: str
    on: bool
    off: Result
    prerequisites: tuple[Prerequisite, ...]
    targets: tuple[tuple[str, Mapping[str, Result]], ...]
    rules: tuple[PreparedRule, ...]
    fallthrough: Serve


def prepare_flag(flag: Flag) -> PreparedFlag:
    is_fallthrough_tracked = flag.track_events_fallthrough
    return PreparedFlag(
        flag=flag,
        key=flag.key,
        on=flag.on,
        off=off_result(flag, OFF),
        prerequisites=flag.prerequisites,
        targets=_prepare_targets(flag),
        rules=tuple(
            PreparedRule(
                prepare_conditions(rule.clauses),
                _prepare_serve(
                    flag,
                    rule.served,
                    # An absent id is told as absent.
                    Reason("RULE_MATCH", rule_index=index, rule_id=rule.id or None),
                    is_tracked=rule.track_events,
                ),
            )
            for index, rule in enumerate(flag.rules)
        ),
        fallthrough=_prepare_serve(flag, flag.fallthrough, FALLTHROUGH, is_tracked=is_fallthrough_tracked),
    )


def off_result(flag: Flag, reason: Reason) -> Result:
    """What a flag serves that is off, or that lacks a prerequisite; the caller's default without one."""
    if flag.off_variation is None:
        return Result(None, None, reason)
    return _result(flag, flag.off_variation, reason)


def _result(flag: Flag, variation: int, reason: Reason, *, is_tracked: bool = False) -> Result:
    if not 0 <= variation < len(flag.variations):
        return ERROR
    return Result(flag.variations[variation], variation, reason, is_tracked or reason.in_experiment)


def _prepare_serve(flag: Flag, served: Served, reason: Reason, *, is_tracked: bool) -> Serve:
    if served.variation is not None:
        return _always(_result(flag, served.variation, reason, is_tracked=is_tracked))
    if served.rollout is None or not served.rollout.variations:
        return _always(ERROR)
    rollout, in_experiment = served.rollout, reason._replace(in_experiment=True)
    outcomes = [
        _result(
            flag,
            share.variation,
            in_experiment if rollout.is_experiment and not share.untracked else reason,
            is_tracked=is_tracked,
        )
        for share in rollout.variations
    ]
    absent = _result(flag, rollout.variations[0].variation, reason, is_tracked=is_tracked)
    return prepare_deal(rollout, flag.key, flag.salt, outcomes, absent)


def _always(result: Result) -> Serve:
    return lambda context: result  # noqa: ARG005 - whoever it is


def _prepare_targets(flag: Flag) -> tuple[tuple[str, Mapping[str, Result]], ...]:
    found: list[tuple[str, dict[str, Result]]] = []
    for target in _targets_in_order(flag):
        kind = target.context_kind or DEFAULT_KIND
        if not found or found[-1][0] != kind:
            found.append((kind, {}))
        result = _result(flag, target.variation, TARGET_MATCH)
        for key in target.values:
            found[-1][1].setdefault(key, result)
    return tuple((kind, results) for kind, results in found if results)


def _targets_in_order(flag: Flag) -> Sequence[Target]:
    """Users have their keys in `targets`; where other kinds are targeted too, `context_targets` give the
    order, with an entry for users that stands for the one in `targets` with the same variation.
    """
    if not flag.context_targets:
        return flag.targets
    users: dict[int, Target] = {}
    for target in flag.targets:
        users.setdefault(target.variation, target)
    nobody = frozenset[str]()
    return [
        users.get(target.variation, Target(nobody, target.variation))
        if (target.context_kind or DEFAULT_KIND) == DEFAULT_KIND
        else target
        for target in flag.context_targets
    ]
