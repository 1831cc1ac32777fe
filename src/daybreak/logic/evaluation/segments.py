"""Segments, prepared: whether a context is a member."""

from collections.abc import Sequence
from dataclasses import dataclass

from daybreak.logic.evaluation.bucketing import Bucket, prepare_bucket
from daybreak.logic.evaluation.clauses import Condition, Run, prepare_conditions
from daybreak.logic.evaluation.model import DEFAULT_KIND, WHOLE, Segment, SegmentRule, SegmentTarget


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """`share` is the part, from 0 to 1, of the matching contexts that are members; None takes all."""

    conditions: tuple[Condition, ...]
    share: float | None
    bucket: Bucket

    def matches(self, run: Run) -> bool:
        if not all(condition(run) for condition in self.conditions):
            return False
        if self.share is None:
            return True
        found = self.bucket(run.context)
        return found is not None and found < self.share


@dataclass(frozen=True, slots=True)
class PreparedSegment:
    """Who is included is a member, who is excluded is none, and of the others those whom a rule matches."""

    key: str
    reference: str
    unbounded: bool
    unbounded_kind: str
    has_generation: bool
    included: tuple[SegmentTarget, ...]
    excluded: tuple[SegmentTarget, ...]
    rules: tuple[PreparedRule, ...]

    def lists(self, run: Run) -> bool | None:
        """What the lists say; None where they say nothing."""
        if _has(self.included, run):
            return True
        return False if _has(self.excluded, run) else None

    def matches(self, run: Run) -> bool:
        return any(rule.matches(run) for rule in self.rules)


def prepare_segment(segment: Segment) -> PreparedSegment:
    return PreparedSegment(
        key=segment.key,
        reference=segment.reference,
        unbounded=segment.unbounded,
        unbounded_kind=segment.unbounded_kind or DEFAULT_KIND,
        has_generation=segment.generation is not None,
        included=_filled(segment.included),
        excluded=_filled(segment.excluded),
        rules=tuple(_prepare_rule(segment, rule) for rule in segment.rules),
    )


def _filled(targets: Sequence[SegmentTarget]) -> tuple[SegmentTarget, ...]:
    return tuple(
        SegmentTarget(target.values, target.context_kind or DEFAULT_KIND)
        for target in targets
        if target.values
    )


def _has(targets: Sequence[SegmentTarget], run: Run) -> bool:
    singles = run.context.singles
    for target in targets:
        single = singles.get(target.context_kind)
        if single is not None and single.key in target.values:
            return True
    return False


def _prepare_rule(segment: Segment, rule: SegmentRule) -> PreparedRule:
    share = None if rule.weight is None else rule.weight / WHOLE
    bucket = prepare_bucket(f"{segment.key}.{segment.salt}", rule.context_kind, rule.bucket_by)
    return PreparedRule(prepare_conditions(rule.clauses), share, bucket)
