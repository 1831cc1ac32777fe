"""Who follows a flag in an environment. Everybody who may see a flag may follow it themselves; following for
others is a right of its own.
"""

import re
from collections import defaultdict
from dataclasses import replace

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, flag_address_in, only_this
from daybreak.areas.flags.feature_flags.store import bare_flags_by_id, find_bare_flag
from daybreak.areas.flags.followers.model import Follower
from daybreak.areas.flags.followers.representation import FollowersOfFlagShape
from daybreak.areas.flags.followers.resource import FOLLOWER, represent_followers
from daybreak.areas.flags.followers.store import find_follower, list_followers
from daybreak.areas.people.queries import MemberSummaryShape, is_member
from daybreak.areas.projects.queries import EnvironmentFact, environment
from daybreak.platform.errors import InvalidRequest, NotFound
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call, Page
from daybreak.rest.operations import create, remove

MANAGE = "manageFlagFollowers"

_MEMBER_ID = re.compile(r"[0-9a-f]{24}")


def list_followers_in_environment(call: Call, project_key: str, environment_key: str) -> Page:
    """Every flag that has followers there, in the order of their keys."""
    there = environment(call.db, project_key, environment_key)
    found = list_followers(call.db, there.id)
    flags = bare_flags_by_id(call.db, {follower.flag_id for follower in found})
    followers: dict[str, list[MemberSummaryShape]] = defaultdict(list)
    for follower, shape in zip(found, represent_followers(call.db, found), strict=True):
        followers[follower.flag_id].append(shape)
    items = [
        FollowersOfFlagShape(flag_key=flag.key, followers=followers[flag.id])
        for flag in sorted(flags.values(), key=lambda flag: flag.key)
        if call.actor.may(FEATURE_FLAG.view_action, flag_address_in(there, flag))
    ]
    return Page(items, len(items))


def list_followers_of_flag(call: Call, project_key: str, feature_flag_key: str, environment_key: str) -> Page:
    there, flag = _find_flag(call, project_key, feature_flag_key, environment_key)
    found = represent_followers(call.db, list_followers(call.db, there.id, flag.id))
    return Page(found, len(found))


def add_follower(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str, member_id: str
) -> None:
    """Following twice is following once."""
    there, flag = _find_flag(call, project_key, feature_flag_key, environment_key)
    if not _MEMBER_ID.fullmatch(member_id):
        raise InvalidRequest("memberId: is 24 hexadecimal digits, in lower case")
    if not is_member(call.db, member_id):
        raise NotFound(f"Invalid resource identifier: there is no member {member_id!r}")
    call = _following(call, there, flag, member_id)
    if find_follower(call.db, flag.id, there.id, member_id) is None:
        create(call, FOLLOWER, Follower(object_id(), flag.id, there.id, member_id, call.now), MANAGE)


def remove_follower(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str, member_id: str
) -> None:
    there, flag = _find_flag(call, project_key, feature_flag_key, environment_key)
    call = _following(call, there, flag, member_id)
    follower = find_follower(call.db, flag.id, there.id, member_id)
    if follower is None:
        raise NotFound(f"Invalid resource identifier: {member_id!r} does not follow this flag")
    remove(call, FOLLOWER, follower, MANAGE)


def _find_flag(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str
) -> tuple[EnvironmentFact, FeatureFlag]:
    there = environment(call.db, project_key, environment_key)
    flag = find_bare_flag(call.db, there.project.id, feature_flag_key)
    call.actor.require((FEATURE_FLAG.view_action,), flag_address_in(there, flag))
    return there, flag


def _following(call: Call, there: EnvironmentFact, flag: FeatureFlag, member_id: str) -> Call:
    """The call of somebody who may decide whether this member follows. Raises Forbidden.

    The built-in roles let everybody decide for themselves, reader or not; other policies have to say so.
    """
    actor = call.actor
    if actor.role and member_id == actor.owner_id:
        actor = replace(actor, policies=(*actor.policies, only_this(MANAGE, there, flag)))
    actor.require((MANAGE,), flag_address_in(there, flag))
    return replace(call, actor=actor)
