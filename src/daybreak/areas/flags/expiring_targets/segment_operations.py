"""Expiring targets of segments: the contexts or users that one lists."""

from daybreak.areas.flags.expiring_targets.answers import (
    answer_contexts,
    answer_patched_contexts,
    answer_patched_users,
    answer_users,
)
from daybreak.areas.flags.expiring_targets.carrying_out import Outcome, carry_out
from daybreak.areas.flags.expiring_targets.instructions import (
    CONTEXTS_OF_SEGMENT,
    USERS_OF_SEGMENT,
    Vocabulary,
)
from daybreak.areas.flags.expiring_targets.of_segments import EXPIRING_SEGMENT_TARGET, subject_of
from daybreak.areas.flags.expiring_targets.representation import (
    ExpiringTargetsShape,
    ExpiringUserTargetsShape,
    PatchedTargetsShape,
    PatchedUserTargetsShape,
    segment_targets_path,
    segment_users_path,
)
from daybreak.areas.flags.expiring_targets.requests import ExpiringTargetsPatch
from daybreak.areas.flags.expiring_targets.resource import ACTION
from daybreak.areas.flags.expiring_targets.store import list_of_resource
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.rest.call import Call
from daybreak.rest.operations import read_one


def list_contexts_of_segment(
    call: Call, project_key: str, segment_key: str, environment_key: str
) -> ExpiringTargetsShape:
    segment = _read(call, project_key, segment_key, environment_key)
    targets = list_of_resource(call.db, segment.id, segment.home)
    href = segment_targets_path(project_key, segment_key, environment_key)
    return answer_contexts(call, EXPIRING_SEGMENT_TARGET, targets, href)


def list_users_of_segment(
    call: Call, project_key: str, segment_key: str, environment_key: str
) -> ExpiringUserTargetsShape:
    segment = _read(call, project_key, segment_key, environment_key)
    targets = list_of_resource(call.db, segment.id, segment.home)
    href = segment_users_path(project_key, segment_key, environment_key)
    return answer_users(call, EXPIRING_SEGMENT_TARGET, targets, href)


def patch_contexts_of_segment(
    call: Call, body: ExpiringTargetsPatch, project_key: str, segment_key: str, environment_key: str
) -> PatchedTargetsShape:
    segment = _read(call, project_key, segment_key, environment_key)
    outcome = _patch(call, body, CONTEXTS_OF_SEGMENT, segment)
    href = segment_targets_path(project_key, segment_key, environment_key)
    return answer_patched_contexts(call, EXPIRING_SEGMENT_TARGET, body, outcome, href)


def patch_users_of_segment(
    call: Call, body: ExpiringTargetsPatch, project_key: str, segment_key: str, environment_key: str
) -> PatchedUserTargetsShape:
    segment = _read(call, project_key, segment_key, environment_key)
    outcome = _patch(call, body, USERS_OF_SEGMENT, segment)
    href = segment_users_path(project_key, segment_key, environment_key)
    return answer_patched_users(call, EXPIRING_SEGMENT_TARGET, body, outcome, href)


def _read(call: Call, project_key: str, segment_key: str, environment_key: str) -> Segment:
    names = {"project_key": project_key, "environment_key": environment_key, "segment_key": segment_key}
    return read_one(call, SEGMENT, **names)


def _patch(call: Call, body: ExpiringTargetsPatch, vocabulary: Vocabulary, segment: Segment) -> Outcome:
    [address] = SEGMENT.addresses(call.db, [segment])
    call.actor.require((ACTION,), address)
    subject = subject_of(segment)
    return carry_out(
        call,
        EXPIRING_SEGMENT_TARGET,
        body.instructions,
        vocabulary,
        lambda _: subject,
        body.comment or "",
    )
