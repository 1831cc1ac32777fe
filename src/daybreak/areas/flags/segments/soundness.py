"""What has to be true of a segment after any edit, by whatever way it came."""

from collections.abc import Iterator

from daybreak.areas.flags.faults import clause_faults, reference_faults
from daybreak.areas.flags.segments.model import Segment
from daybreak.platform.errors import FieldFault, ValidationFailed


def require_sound(segment: Segment) -> None:
    """Raises ValidationFailed, naming everything that is wrong with the segment by itself."""
    faults = [*_target_faults(segment), *_rule_faults(segment)]
    if faults:
        raise ValidationFailed(*faults[:20])


def _target_faults(segment: Segment) -> Iterator[FieldFault]:
    if segment.is_unbounded and (segment.included or segment.excluded):
        yield FieldFault("included", "the members of an unbounded segment are listed by its own operations")
    for kind, keys in segment.included.items():
        for key in sorted({*keys} & {*segment.excluded.get(kind, ())}):
            yield FieldFault("included", f"{kind} {key!r} is both included and excluded")


def _rule_faults(segment: Segment) -> Iterator[FieldFault]:
    ids = [rule.id for rule in segment.rules]
    if len(set(ids)) < len(ids):
        yield FieldFault("rules", "two have the same _id")
    for number, rule in enumerate(segment.rules):
        for clause in rule.clauses:
            yield from clause_faults(f"rules[{number}]", clause)
        if rule.bucket_by:
            yield from reference_faults(f"rules[{number}].bucketBy", rule.bucket_by)
