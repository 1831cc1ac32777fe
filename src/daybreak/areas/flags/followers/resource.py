"""Followers of a flag in an environment. Policies name them as the flag there: `manageFlagFollowers`."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, addresses_in
from daybreak.areas.flags.feature_flags.store import bare_flags_by_id, find_bare_flag
from daybreak.areas.flags.followers.model import Follower
from daybreak.areas.flags.followers.representation import environment_path, followers_path
from daybreak.areas.flags.followers.store import find_follower, follower_store
from daybreak.areas.flags.followers.tables import flag_followers
from daybreak.areas.flags.members import represent_members
from daybreak.areas.people.queries import MemberSummaryShape
from daybreak.areas.projects.queries import environment, environments_by_id
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource


def _find(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str, member_id: str
) -> Follower:
    there = environment(call.db, project_key, environment_key)
    flag = find_bare_flag(call.db, there.project.id, feature_flag_key)
    found = find_follower(call.db, flag.id, there.id, member_id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: {member_id!r} does not follow this flag")
    return found


def _within(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str
) -> Sequence[ColumnElement[bool]]:
    there = environment(call.db, project_key, environment_key)
    flag = find_bare_flag(call.db, there.project.id, feature_flag_key)
    return (flag_followers.c.flag_id == flag.id, flag_followers.c.environment_id == there.id)


def _addresses(db: Transaction, found: Sequence[Follower]) -> list[Address]:
    return addresses_in(db, [(follower.flag_id, follower.environment_id) for follower in found])


def _place(db: Transaction, follower: Follower) -> Place:
    flag = bare_flags_by_id(db, {follower.flag_id})[follower.flag_id]
    there = environments_by_id(db, {follower.environment_id})[follower.environment_id]
    return Place(
        flag.name,
        followers_path(there.project.key, flag.key, there.key),
        there.name,
        environment_path(there.project.key, there.key),
    )


def represent_followers(db: Transaction, found: Sequence[Follower]) -> list[MemberSummaryShape]:
    members = represent_members(db, {follower.member_id for follower in found})
    return [members[follower.member_id] for follower in found]


def _represent(call: Call, found: Sequence[Follower], expanded: Expanded) -> list[MemberSummaryShape]:  # noqa: ARG001 - the shape of every representation
    return represent_followers(call.db, found)


FOLLOWER: Resource[Follower] = Resource(
    kind="flag-follower",
    specifier="proj/*:env/*:flag/*",
    store=follower_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action=FEATURE_FLAG.view_action,
    sorts={"creationDate": flag_followers.c.created_at},
    default_sort="creationDate",
)
