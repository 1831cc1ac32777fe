"""One change of many members: chosen by their ids, or all but those whom filters leave out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Literal

import msgspec

from daybreak.areas.people.custom_roles.store import custom_role_ids
from daybreak.areas.people.members.changing import change_member
from daybreak.areas.people.members.conditions import chosen_by
from daybreak.areas.people.members.model import Member, member_address
from daybreak.areas.people.members.representation import BulkShape
from daybreak.areas.people.members.requests import (
    MemberId,
    RoleAttributes,
    RoleNames,
    require_plain,
)
from daybreak.areas.people.members.resource import MEMBER
from daybreak.areas.people.members.store import list_members, member_store
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict, Forbidden, InvalidRequest
from daybreak.rest.call import Body, Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import visible
from daybreak.rest.parsing import convert
from daybreak.rest.semantic_patch import InstructionsBody

BaseRole = Literal["reader", "writer", "admin", "no_access"]
MemberIds = Annotated[list[MemberId], msgspec.Meta(min_length=1, max_length=1_000)]


class AllBut(Body):
    """Whom to leave out: each filter that is given leaves out those who match it."""

    filter_last_seen: Json = None
    filter_query: str | None = None
    filter_roles: str | None = None
    filter_team_key: str | None = None
    ignored_member_ids: Annotated[list[str], msgspec.Meta(max_length=1_000)] | None = msgspec.field(
        name="ignoredMemberIDs", default=None
    )


class _Chosen(Body):
    member_ids: MemberIds = msgspec.field(name="memberIDs")


class ReplaceRoles(_Chosen):
    """One role for all of them, in place of their roles and custom roles."""

    value: BaseRole


class ReplaceCustomRoles(_Chosen):
    """The same custom roles for all of them."""

    values: RoleNames


class ReplaceRoleAttributes(_Chosen):
    """The same role attributes for all of them."""

    value: RoleAttributes


class ReplaceAllRoles(AllBut, kw_only=True):
    """One role for everybody, in place of their roles and custom roles."""

    value: BaseRole


class ReplaceAllCustomRoles(AllBut, kw_only=True):
    """The same custom roles for everybody."""

    values: RoleNames


ACTIONS = {
    "replaceMembersRoles": "updateRole",
    "replaceAllMembersRoles": "updateRole",
    "replaceMembersCustomRoles": "updateCustomRole",
    "replaceAllMembersCustomRoles": "updateCustomRole",
    "replaceMembersRoleAttributes": "updateMemberRoleAttributes",
}

Change = Callable[[Member], Edit[Member]]


def patch_members(call: Call, body: InstructionsBody) -> BulkShape:
    """Changes whom it can; what stood in the way of the others is told, and they stay as they were.

    Raises:
        Forbidden: there is nobody whom the caller may change so.

    """
    changed: dict[str, None] = {}
    refusals: list[Exception] = []
    errors: list[dict[str, Json]] = []
    for number, item in enumerate(body.instructions):
        chosen, edit = _read(call, item, number, body.comment or "")
        for member in chosen:
            try:
                change_member(call, member, edit(member))
                changed[member.id] = None
            except (Forbidden, Conflict) as refusal:
                errors.append({member.id: refusal.message})
                refusals.append(refusal)
        if not chosen:
            call.actor.require(edit_actions(item), member_address("*"))
    if not changed and refusals and all(isinstance(refusal, Forbidden) for refusal in refusals):
        raise refusals[0]
    return BulkShape(members=list(changed), errors=errors)


def edit_actions(item: dict[str, Json]) -> tuple[str, ...]:
    """What an instruction of a known kind does."""
    return (ACTIONS[item["kind"]],)


def _read(call: Call, item: dict[str, Json], number: int, comment: str) -> tuple[Sequence[Member], Change]:
    kind = item.get("kind")
    match kind:
        case "replaceMembersRoles":
            one = convert(item, ReplaceRoles)
            return listed(call, one.member_ids), _gives_role(one.value, comment)
        case "replaceAllMembersRoles":
            every = convert(item, ReplaceAllRoles)
            return all_but(call, every), _gives_role(every.value, comment)
        case "replaceMembersCustomRoles":
            custom = convert(item, ReplaceCustomRoles)
            return listed(call, custom.member_ids), _gives_custom_roles(call, custom.values, comment)
        case "replaceAllMembersCustomRoles":
            every_custom = convert(item, ReplaceAllCustomRoles)
            return all_but(call, every_custom), _gives_custom_roles(call, every_custom.values, comment)
        case "replaceMembersRoleAttributes":
            filled = convert(item, ReplaceRoleAttributes)
            return listed(call, filled.member_ids), _gives_attributes(require_plain(filled.value), comment)
    known = ", ".join(ACTIONS)
    raise InvalidRequest(f"instructions[{number}]: {kind!r} is unknown; known: {known}")


def _gives_role(role: str, comment: str) -> Change:
    return lambda member: Edit(replace(member, role=role, custom_role_ids=()), ("updateRole",), comment)


def _gives_custom_roles(call: Call, names: Sequence[str], comment: str) -> Change:
    ids = custom_role_ids(call.db, "values", names)
    return lambda member: Edit(replace(member, custom_role_ids=ids), ("updateCustomRole",), comment)


def _gives_attributes(attributes: RoleAttributes, comment: str) -> Change:
    return lambda member: Edit(
        replace(member, role_attributes=attributes), ("updateMemberRoleAttributes",), comment
    )


def listed(call: Call, ids: Sequence[str]) -> list[Member]:
    """The members of these ids, each once. Raises InvalidRequest."""
    found = {member.id: member for member in list_members(call.db, ids)}
    missing = [id for id in ids if id not in found]
    if missing:
        raise InvalidRequest(f"memberIDs: there is no member {missing[0]!r}")
    return [found[id] for id in dict.fromkeys(ids)]


def all_but(call: Call, given: AllBut) -> list[Member]:
    """Everybody whom the caller may see, but those who are left out. Raises InvalidRequest."""
    where = chosen_by(
        last_seen=given.filter_last_seen,
        query=given.filter_query,
        roles=given.filter_roles,
        team=given.filter_team_key,
        ignored=given.ignored_member_ids or [],
    )
    return member_store.list_where(call.db, *where, *visible(call, MEMBER))
