"""A segment as SDKs are sent it."""

from daybreak.areas.flags.segments.model import Segment, Targets
from daybreak.areas.flags.shapes import deliver_clause
from daybreak.areas.flags.targeting import USER, SegmentRule
from daybreak.platform.columns import Json


def deliver_segment(segment: Segment) -> dict[str, Json]:
    """The members of an unbounded one are not sent: whoever evaluates asks for those he needs."""
    delivered: dict[str, Json] = {
        "key": segment.key,
        "version": segment.version,
        "deleted": False,
        "salt": segment.salt,
        "included": list(segment.included.get(USER, ())),
        "excluded": list(segment.excluded.get(USER, ())),
        "includedContexts": _deliver_targets(segment.included),
        "excludedContexts": _deliver_targets(segment.excluded),
        "rules": [_deliver_rule(rule) for rule in segment.rules],
        "unbounded": segment.is_unbounded,
        "generation": segment.generation,
    }
    if segment.is_unbounded:
        delivered["unboundedContextKind"] = segment.unbounded_context_kind
    return delivered


def _deliver_targets(targets: Targets) -> list[Json]:
    return [{"contextKind": kind, "values": list(keys)} for kind, keys in targets.items() if kind != USER]


def _deliver_rule(rule: SegmentRule) -> dict[str, Json]:
    delivered: dict[str, Json] = {
        "id": rule.id,
        "clauses": [deliver_clause(clause) for clause in rule.clauses],
    }
    if rule.weight is not None:
        delivered["weight"] = rule.weight
        if rule.bucket_by is not None:
            delivered["bucketBy"] = rule.bucket_by
        if rule.rollout_context_kind is not None:
            delivered["rolloutContextKind"] = rule.rollout_context_kind
    return delivered
