"""Between a flag's configuration in one environment and what a patch of its representation may change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from daybreak.areas.flags.feature_flags.model import FlagEnvironment
from daybreak.areas.flags.feature_flags.requests import EnvironmentFields
from daybreak.areas.flags.shapes import (
    Numbers,
    RuleShape,
    ServedShape,
    TargetShape,
    order_targets,
    parse_rule,
    parse_served,
    parse_target,
)
from daybreak.areas.flags.targeting import Prerequisite, Rule, Target


@dataclass(frozen=True, slots=True)
class Renumbering:
    """The numbers of a flag's variations as they were, and as a patch leaves them."""

    old: Numbers
    new: Numbers

    def meant_by(self, places: object, places_before: object) -> Numbers:
        """What a patch did not touch stays the same variation, whatever its number is now."""
        return self.old if places == places_before else self.new


def write_environment(
    environment: FlagEnvironment,
    fields: EnvironmentFields,
    before: EnvironmentFields,
    numbers: Renumbering,
    numbers_of_others: Callable[[str], Numbers],
) -> FlagEnvironment:
    """`before` represents the environment before the patch, `fields` after it."""
    off = fields.off_variation
    fallthrough_numbers = numbers.meant_by(_places(fields.fallthrough), _places(before.fallthrough))
    return replace(
        environment,
        on=fields.on,
        targets=_write_targets(fields, before, numbers),
        rules=_write_rules(fields.rules, before.rules, numbers),
        fallthrough=parse_served(fields.fallthrough, fallthrough_numbers),
        off_variation_id=None if off is None else numbers.meant_by(off, before.off_variation).id(off),
        prerequisites=tuple(
            Prerequisite(each.key, numbers_of_others(each.key).id(each.variation))
            for each in fields.prerequisites
        ),
        track_events=fields.track_events,
        track_events_fallthrough=fields.track_events_fallthrough,
    )


def _write_rules(
    rules: Sequence[RuleShape], before: Sequence[RuleShape], numbers: Renumbering
) -> tuple[Rule, ...]:
    places_before = {rule.id: _places(rule) for rule in before}
    return tuple(
        parse_rule(rule, numbers.meant_by(_places(rule), places_before.get(rule.id))) for rule in rules
    )


def _places(served: ServedShape) -> list[int]:
    """The numbers that it serves, and nothing else of it: other weights leave the variations as they are."""
    return list(_each_place(served))


def _each_place(served: ServedShape) -> Iterator[int]:
    if served.variation is not msgspec.UNSET:
        yield served.variation
    if served.rollout is not msgspec.UNSET:
        yield from (share.variation for share in served.rollout.variations)
        if served.rollout.experiment_allocation is not msgspec.UNSET:
            yield served.rollout.experiment_allocation.default_variation


def _write_targets(
    fields: EnvironmentFields, before: EnvironmentFields, numbers: Renumbering
) -> tuple[Target, ...]:
    known = {
        (target.context_kind, key): target.variation
        for target in (*before.targets, *before.context_targets)
        for key in target.values
    }

    def numbers_of(target: TargetShape) -> Numbers:
        # A target that still holds one of its keys is the same one.
        is_known = any(known.get((target.context_kind, key)) == target.variation for key in target.values)
        return numbers.old if is_known else numbers.new

    ordered = order_targets(fields.targets, fields.context_targets)
    return tuple(parse_target(target, numbers_of(target)) for target in ordered)
