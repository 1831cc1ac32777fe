"""What flags of a project owe each other: nobody takes away what another one needs."""

from collections.abc import Sequence

from daybreak.areas.flags.faults import require_acyclic
from daybreak.areas.flags.feature_flags.model import FeatureFlag, list_needed
from daybreak.areas.flags.feature_flags.store import list_flags_held
from daybreak.areas.projects.queries import ProjectFact
from daybreak.platform.errors import Conflict, InvalidRequest
from daybreak.rest.call import Call


def require_peace(call: Call, parent: ProjectFact, before: FeatureFlag, after: FeatureFlag) -> None:
    """What a change must not do to other flags. Asks for them only where it could.

    Raises:
        Conflict: a cycle of prerequisites, or a flag that others need is archived or loses a variation.
        InvalidRequest: a prerequisite that does not exist, or has no such variation.

    """
    is_archived = after.is_archived and not before.is_archived
    lost = {v.id for v in before.variations} - {v.id for v in after.variations}
    needed = {each for place in after.environments.values() for each in place.prerequisites}
    needed_before = {each for place in before.environments.values() for each in place.prerequisites}
    is_new = before is after
    if not (is_archived or lost or (needed if is_new else needed - needed_before)):
        return
    others = [flag for flag in list_flags_held(call.db, parent.id) if flag.id != after.id]
    if is_archived:
        require_unneeded([flag for flag in others if not flag.is_archived], after, "archived")
    _require_unneeded_variations(others, after, lost)
    by_key = {flag.key: flag for flag in others}
    for each in needed:
        if each.key == after.key:
            raise Conflict(f"A flag cannot need itself: {each.key}")
        if each.key not in by_key or not by_key[each.key].has_variation(each.variation_id):
            raise InvalidRequest(f"prerequisites: the project has no flag {each.key!r} with that variation")
    for id, place in after.environments.items():
        needs = {flag.key: [p.key for p in flag.in_environment(id).prerequisites] for flag in others}
        require_acyclic(after.key, [p.key for p in place.prerequisites], needs, "flag")


def require_unneeded(others: Sequence[FeatureFlag], flag: FeatureFlag, verb: str) -> None:
    dependants = sorted(other.key for other in others if flag.key in list_needed([other]))
    if dependants:
        raise Conflict(
            f"Flag is still in use as a prerequisite of {', '.join(dependants)}: it cannot be {verb}"
        )


def _require_unneeded_variations(others: Sequence[FeatureFlag], flag: FeatureFlag, lost: set[str]) -> None:
    for other in others:
        for place in other.environments.values():
            if any(p.key == flag.key and p.variation_id in lost for p in place.prerequisites):
                raise Conflict(f"The flag {other.key!r} needs a variation that would be removed")
