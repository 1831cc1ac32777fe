"""What a flag serves in an environment, in short: how often each variation is named, and where."""

import msgspec

from daybreak.areas.flags.feature_flags.model import FlagEnvironment
from daybreak.areas.flags.shapes import Numbers
from daybreak.areas.flags.targeting import USER, Served, variations_served
from daybreak.rest.call import Shape


class VariationSummaryShape(Shape):
    """How often a variation is served by rules and targets, and whether by the rest."""

    rules: int = 0
    null_rules: int = 0
    targets: int = 0
    context_targets: int = 0
    is_fallthrough: bool | msgspec.UnsetType = msgspec.UNSET
    is_off: bool | msgspec.UnsetType = msgspec.UNSET
    rollout: int | msgspec.UnsetType = msgspec.UNSET
    bucket_by: str | msgspec.UnsetType = msgspec.UNSET


class FlagSummaryShape(Shape):
    """The variations that are served or named, by number."""

    variations: dict[str, VariationSummaryShape]
    prerequisites: int


def summarise(environment: FlagEnvironment, numbers: Numbers) -> FlagSummaryShape:
    found = {id: VariationSummaryShape() for id in environment.variation_ids}
    for target in environment.targets:
        if target.context_kind == USER:
            found[target.variation_id].targets += len(target.values)
        else:
            found[target.variation_id].context_targets += len(target.values)
    for rule in environment.rules:
        for id in variations_served(rule.served):
            found[id].rules += bool(rule.clauses)
            found[id].null_rules += not rule.clauses
    _note_fallthrough(environment.fallthrough, found)
    if environment.off_variation_id is not None:
        found[environment.off_variation_id].is_off = True
    ordered = sorted(found, key=numbers.place)
    return FlagSummaryShape(
        variations={str(numbers.place(id)): found[id] for id in ordered},
        prerequisites=len(environment.prerequisites),
    )


def _note_fallthrough(served: Served, found: dict[str, VariationSummaryShape]) -> None:
    if served.variation_id is not None:
        found[served.variation_id].is_fallthrough = True
    if served.rollout is not None:
        for share in served.rollout.variations:
            summary = found[share.variation_id]
            summary.rollout = (summary.rollout or 0) + share.weight
            summary.bucket_by = served.rollout.bucket_by or msgspec.UNSET
