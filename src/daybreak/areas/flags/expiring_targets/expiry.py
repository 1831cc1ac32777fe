"""The date has come: expired targets are removed as a patch of the flag or segment would remove them."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence

from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.areas.flags.expiring_targets.representation import FLAG
from daybreak.areas.flags.expiring_targets.store import is_any_due, list_due, remove_unlisted
from daybreak.areas.flags.feature_flags.changing import change_flag, instruct_in
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.store import flags_by_id
from daybreak.areas.flags.segments.changing import change_segment
from daybreak.areas.flags.segments.conditions import KIND as SEGMENT_KIND
from daybreak.areas.flags.segments.instructions import INSTRUCTIONS, SegmentScene
from daybreak.areas.flags.segments.model import EXCLUDED, INCLUDED, Segment
from daybreak.areas.flags.segments.store import segments_by_id
from daybreak.areas.people.intake import PROGRAM
from daybreak.areas.projects.queries import EnvironmentFact, environments_by_id, environments_in
from daybreak.platform.clock import SECOND
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.errors import DomainError
from daybreak.platform.identifiers import unique_id
from daybreak.platform.jobs import Job
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.semantic_patch import Instructions, follow

logger = logging.getLogger(__name__)

# So many at once keep no other writer waiting for long; the rest follows a second later.
TARGETS_AT_ONCE = 10_000
CHANGES_AT_ONCE = 100

COMMENT = "The date had come on which these targets expire"


def remove_expired_of_flags(db: Transaction, now: int) -> None:
    """One change for each flag and environment, with everything that has expired there."""
    due = _gather(db, FLAG, now)
    flags = flags_by_id(db, {flag_id for (flag_id, _), _ in due})
    places = environments_by_id(db, {environment_id for (_, environment_id), _ in due})
    call = Call(db, PROGRAM, now)
    for (flag_id, environment_id), targets in due:
        try:
            if flag_id in flags:
                flags[flag_id] = _remove(call, flags[flag_id], places[environment_id], targets)
            _forget(db, targets[0], flags.get(flag_id))
        except DomainError:
            # It must not keep the others waiting, and is tried again.
            logger.exception("expired targets of the flag %s cannot be removed", flag_id)


def remove_expired_of_segments(db: Transaction, now: int) -> None:
    """One change for each segment, with everything that has expired there."""
    due = _gather(db, SEGMENT_KIND, now)
    segments = segments_by_id(db, {segment_id for (segment_id, _), _ in due})
    call = Call(db, PROGRAM, now)
    for (segment_id, _), targets in due:
        segment = segments.get(segment_id)
        try:
            if segment is not None:
                segment = change_segment(call, segment, _removal_from(segment, targets))
            _forget(db, targets[0], segment)
        except DomainError:
            logger.exception("expired targets of the segment %s cannot be removed", segment_id)


def _gather(db: Transaction, kind: str, now: int) -> list[tuple[tuple[str, str], list[ExpiringTarget]]]:
    """What is due by resource and environment, no more than is changed at once."""
    together: Mapping[tuple[str, str], list[ExpiringTarget]] = defaultdict(list)
    for target in list_due(db, kind, now, TARGETS_AT_ONCE):
        together[target.resource_id, target.environment_id].append(target)
    return list(together.items())[:CHANGES_AT_ONCE]


def _removal_from(segment: Segment, targets: Sequence[ExpiringTarget]) -> Edit[Segment]:
    verbs = {INCLUDED: "removeIncludedTargets", EXCLUDED: "removeExcludedTargets"}
    items = tuple(
        {"kind": verbs[target.listed_in], "contextKind": target.context_kind, "values": [target.context_key]}
        for target in targets
    )
    return follow(Instructions(None, COMMENT, items), segment, SegmentScene(unique_id), INSTRUCTIONS)


def _remove(
    call: Call, flag: FeatureFlag, place: EnvironmentFact, targets: Sequence[ExpiringTarget]
) -> FeatureFlag:
    edit = instruct_in(call, place, flag, _removal(targets), COMMENT)
    return change_flag(call, place.project, flag, edit, environments_in(call.db, place.project))


def _forget(db: Transaction, expired: ExpiringTarget, owner: FeatureFlag | Segment | None) -> None:
    """A date that was set while its target or its owner was being removed has no change to disappear with."""
    project_id, id = expired.project_id, expired.resource_id
    remove_unlisted(db, project_id, id, lambda: frozenset() if owner is None else owner.listings)


def _removal(targets: Sequence[ExpiringTarget]) -> list[dict[str, Json]]:
    keys: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for target in targets:
        keys[target.listed_in, target.context_kind].append(target.context_key)
    return [
        {"kind": "removeTargets", "variationId": variation_id, "contextKind": kind, "values": values}
        for (variation_id, kind), values in keys.items()
    ]


JOBS = [
    Job(
        "remove expired targets of flags",
        SECOND,
        remove_expired_of_flags,
        is_needed=lambda db, now: is_any_due(db, FLAG, now),
    ),
    Job(
        "remove expired targets of segments",
        SECOND,
        remove_expired_of_segments,
        is_needed=lambda db, now: is_any_due(db, SEGMENT_KIND, now),
    ),
]
