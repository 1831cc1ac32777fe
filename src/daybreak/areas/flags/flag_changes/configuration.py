"""What decides which variation contexts get in an environment, apart from what only people see."""

from hashlib import sha256
from typing import Any

import msgspec

from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment

# Of an archived or deleted flag: callers get their defaults.
GONE = "gone"


def digest_of(flag: FeatureFlag | None, environment_id: str) -> str:
    """Equal where contexts get the same, whatever else differs; None is a flag that is deleted."""
    if flag is None or flag.is_archived:
        return GONE
    environment = flag.in_environment(environment_id)
    values = {variation.id: variation.value for variation in flag.variations}
    deciding: Any
    if environment.on:
        rules = [(rule.clauses, rule.served) for rule in environment.rules if not rule.is_disabled]
        targets = sorted((t.variation_id, t.context_kind, sorted(t.values)) for t in environment.targets)
        needed = [(each.key, each.variation_id) for each in environment.prerequisites]
        served = environment.fallthrough, environment.off_variation_id if needed else None
        deciding = sorted(values.items()), rules, targets, needed, served, environment.salt
    else:
        off = environment.off_variation_id
        deciding = None if off is None else values.get(off)
    return sha256(msgspec.json.encode(deciding, order="sorted")).hexdigest()[:32]


def describe(before: FeatureFlag, after: FeatureFlag | None, environment_id: str) -> tuple[str, str]:
    """What kind of change it was, and what changed, in words."""
    if after is None:
        return "deleted", "deleted"
    if before.is_archived is not after.is_archived:
        kind = "archived" if after.is_archived else "restored"
        return kind, kind
    parts = _describe_parts(before.in_environment(environment_id), after.in_environment(environment_id))
    if before.variations != after.variations:
        parts.append("changed variations")
    return "updated", ", ".join(parts)


_PARTS = {
    "targets": "changed targets",
    "rules": "changed rules",
    "fallthrough": "changed the default rule",
    "prerequisites": "changed prerequisites",
    "off_variation_id": "changed the off variation",
    "salt": "dealt rollouts anew",
}


def _describe_parts(before: FlagEnvironment, after: FlagEnvironment) -> list[str]:
    turned = [] if before.on is after.on else ["turned on" if after.on else "turned off"]
    return turned + [words for name, words in _PARTS.items() if getattr(before, name) != getattr(after, name)]
