"""Expiring targets of flags: the contexts or users of one flag, and the flags of one user."""

from daybreak.areas.flags.expiring_targets.answers import (
    answer_contexts,
    answer_patched_contexts,
    answer_patched_users,
    answer_users,
)
from daybreak.areas.flags.expiring_targets.carrying_out import Outcome, Subject, carry_out
from daybreak.areas.flags.expiring_targets.instructions import (
    CONTEXTS_OF_FLAG,
    FLAGS_OF_USER,
    USERS_OF_FLAG,
    Asked,
    Vocabulary,
)
from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.areas.flags.expiring_targets.of_flags import EXPIRING_FLAG_TARGET, subject_of
from daybreak.areas.flags.expiring_targets.representation import (
    FLAG,
    ExpiringTargetsShape,
    ExpiringUserTargetsShape,
    PatchedTargetsShape,
    PatchedUserTargetsShape,
    flag_targets_path,
    flag_users_path,
    user_flags_path,
)
from daybreak.areas.flags.expiring_targets.requests import ExpiringTargetsPatch
from daybreak.areas.flags.expiring_targets.resource import ACTION
from daybreak.areas.flags.expiring_targets.store import list_of_context, list_of_resource
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, flag_address_in
from daybreak.areas.flags.feature_flags.store import flags_by_key
from daybreak.areas.flags.targeting import USER
from daybreak.areas.projects.queries import environment
from daybreak.platform.errors import InvalidRequest, NotFound
from daybreak.rest.call import Call
from daybreak.rest.operations import read_one

LONGEST_KEY = 512


def list_contexts_of_flag(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str
) -> ExpiringTargetsShape:
    targets = _list_of_flag(call, project_key, feature_flag_key, environment_key)
    href = flag_targets_path(project_key, feature_flag_key, environment_key)
    return answer_contexts(call, EXPIRING_FLAG_TARGET, targets, href)


def list_users_of_flag(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str
) -> ExpiringUserTargetsShape:
    targets = _list_of_flag(call, project_key, feature_flag_key, environment_key)
    href = flag_users_path(project_key, feature_flag_key, environment_key)
    return answer_users(call, EXPIRING_FLAG_TARGET, targets, href)


def list_flags_of_user(
    call: Call, project_key: str, user_key: str, environment_key: str
) -> ExpiringUserTargetsShape:
    """Of the flags that the caller may see."""
    place = environment(call.db, project_key, environment_key)
    found = list_of_context(call.db, FLAG, place.home, USER, _require_key(user_key))
    addresses = EXPIRING_FLAG_TARGET.addresses(call.db, found)
    seen = [
        target
        for target, address in zip(found, addresses, strict=True)
        if call.actor.may(EXPIRING_FLAG_TARGET.view_action, address)
    ]
    href = user_flags_path(project_key, user_key, environment_key)
    return answer_users(call, EXPIRING_FLAG_TARGET, seen, href)


def patch_contexts_of_flag(
    call: Call, body: ExpiringTargetsPatch, project_key: str, feature_flag_key: str, environment_key: str
) -> PatchedTargetsShape:
    href = flag_targets_path(project_key, feature_flag_key, environment_key)
    outcome = _patch_flag(call, body, CONTEXTS_OF_FLAG, project_key, feature_flag_key, environment_key)
    return answer_patched_contexts(call, EXPIRING_FLAG_TARGET, body, outcome, href)


def patch_users_of_flag(
    call: Call, body: ExpiringTargetsPatch, project_key: str, feature_flag_key: str, environment_key: str
) -> PatchedUserTargetsShape:
    href = flag_users_path(project_key, feature_flag_key, environment_key)
    outcome = _patch_flag(call, body, USERS_OF_FLAG, project_key, feature_flag_key, environment_key)
    return answer_patched_users(call, EXPIRING_FLAG_TARGET, body, outcome, href)


def patch_flags_of_user(
    call: Call, body: ExpiringTargetsPatch, project_key: str, user_key: str, environment_key: str
) -> PatchedUserTargetsShape:
    """Instructions that name flags, about one user. All of the flags have to be the caller's to change."""
    place = environment(call.db, project_key, environment_key)
    _require_key(user_key)
    keys = {item["flagKey"] for item in body.instructions if isinstance(item.get("flagKey"), str)}
    flags = flags_by_key(call.db, place.project.id, keys)
    for flag in flags.values():
        call.actor.require((ACTION,), flag_address_in(place, flag))

    def find_subject(asked: Asked) -> Subject:
        if asked.flag_key not in flags:
            raise NotFound(f"flagKey: the project has no feature flag {asked.flag_key!r}")
        return subject_of(flags[asked.flag_key], place)

    items = [{**item, "userKey": user_key} for item in body.instructions]
    outcome = carry_out(call, EXPIRING_FLAG_TARGET, items, FLAGS_OF_USER, find_subject, body.comment or "")
    href = user_flags_path(project_key, user_key, environment_key)
    return answer_patched_users(call, EXPIRING_FLAG_TARGET, body, outcome, href)


def _list_of_flag(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str
) -> list[ExpiringTarget]:
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    place = environment(call.db, project_key, environment_key)
    return list_of_resource(call.db, flag.id, place.home)


def _patch_flag(
    call: Call,
    body: ExpiringTargetsPatch,
    vocabulary: Vocabulary,
    project_key: str,
    feature_flag_key: str,
    environment_key: str,
) -> Outcome:
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    place = environment(call.db, project_key, environment_key)
    call.actor.require((ACTION,), flag_address_in(place, flag))
    subject = subject_of(flag, place)
    return carry_out(
        call, EXPIRING_FLAG_TARGET, body.instructions, vocabulary, lambda _: subject, body.comment or ""
    )


def _require_key(user_key: str) -> str:
    if len(user_key) > LONGEST_KEY:
        raise InvalidRequest(f"userKey: {LONGEST_KEY} characters at most")
    return user_key
