"""The rules by which a change of a migration flag is safe.

The stages of a migration are the flag's variations in their order. A context should

1. move one stage at a time, forwards or back: in between, the two systems have not been filled or emptied;
2. not come back from the last stage: there the old system is no longer written to, and has missed data.

What is looked at is not the configuration but where it may lead a context: from the target, rule or default
rule that serves it now to the one that will. Who will serve it causes the issue; who served it is affected.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from daybreak.areas.flags.feature_flags.model import FlagEnvironment, Variation
from daybreak.areas.flags.migration_safety.places import Place, list_places, may_move
from daybreak.areas.flags.targeting import Rollout, Served


@dataclass(frozen=True, slots=True)
class Issue:
    """`cause` and `affected` are ids of rules, or `fallthrough`, `targets` or `off`."""

    cause: str
    affected: tuple[str, ...]
    text: str
    is_old_system_affected: bool


Move = tuple[int, int]


def find_issues(
    variations: Sequence[Variation], before: FlagEnvironment, after: FlagEnvironment
) -> list[Issue]:
    """What is unsafe about going from one configuration to another, by what causes it."""
    stages = {variation.id: place for place, variation in enumerate(variations)}
    names = [str(variation.value) for variation in variations]
    found: dict[tuple[str, Move], list[str]] = {}
    old, new = list_places(before), list_places(after)
    for start, source in enumerate(old):
        for end, goal in enumerate(new):
            if may_move(old, start, new, end):
                for move in sorted(set(_moves(source, goal, stages))):
                    if _is_unsafe(move, last=len(names) - 1):
                        found.setdefault((goal.id, move), []).append(source.id)
    return [
        Issue(
            cause,
            tuple(dict.fromkeys(affected)),
            _explain(move, names),
            # Only in the last stage is the old system not written to.
            (move[0] == len(names) - 1) is not (move[1] == len(names) - 1),
        )
        for (cause, move), affected in found.items()
    ]


def _is_unsafe(move: Move, *, last: int) -> bool:
    start, end = move
    return abs(start - end) > 1 or (start == last and end < last)


def _explain(move: Move, names: Sequence[str]) -> str:
    start, end = move
    if abs(start - end) > 1:
        skipped = names[min(move) + 1 : max(move)]
        return (
            f"Contexts would go from stage {names[start]!r} to {names[end]!r} and skip {', '.join(skipped)}:"
            " move them one stage at a time"
        )
    return (
        f"Contexts would come back from the last stage {names[start]!r} to {names[end]!r}:"
        " the old system has missed what was written since"
    )


def _moves(source: Place, goal: Place, stages: Mapping[str, int]) -> Iterator[Move]:
    """From which stages contexts go to which."""
    old, new = source.served, goal.served
    if _is_dealt_alike(source, goal):
        for low, high, start in _shares(old, stages):
            for other_low, other_high, end in _shares(new, stages):
                if low < other_high and other_low < high:
                    yield start, end
        return
    for _, _, start in _shares(old, stages):
        for _, _, end in _shares(new, stages):
            yield start, end


def _is_dealt_alike(source: Place, goal: Place) -> bool:
    """Whether a context lands at the same point of both rollouts, so that only shifted shares move it."""
    old, new = source.served.rollout, goal.served.rollout
    return old is not None and new is not None and _deal(source, old) == _deal(goal, new)


def _deal(place: Place, rollout: Rollout) -> tuple[object, ...]:
    is_experiment = rollout.experiment_allocation is not None
    return place.salt, rollout.context_kind, rollout.bucket_by, rollout.seed, is_experiment


def _shares(served: Served, stages: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """(from, to, stage) for every share that anybody gets."""
    if served.variation_id is not None:
        yield 0, 1, stages[served.variation_id]
    reached = 0
    for share in served.rollout.variations if served.rollout is not None else ():
        if share.weight:
            yield reached, reached + share.weight, stages[share.variation_id]
        reached += share.weight
