"""Members as a resource. Policies name them as `member/<id>`."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.links import member_path
from daybreak.areas.people.members.conditions import FILTERS, SORTS
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.representation import MemberShape, represent_member
from daybreak.areas.people.members.requests import MemberFields, require_plain
from daybreak.areas.people.members.store import find_member, last_sightings, member_store
from daybreak.areas.people.members.tables import members
from daybreak.areas.people.sign_in.store import with_second_factor
from daybreak.areas.people.teams.store import teams_granted_to, teams_of_members
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded, Expansion
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located

MYSELF = "me"
ROLE_ATTRIBUTES = "roleAttributes"


def _find(call: Call, id: str) -> Member:
    if id != MYSELF:
        return find_member(call.db, id)
    if call.actor.is_service:
        raise NotFound("Invalid resource identifier: a service token belongs to no member")
    return find_member(call.db, call.actor.owner_id)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - other resources have parents
    return ()


def _addresses(db: Transaction, found: Sequence[Member]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [member.address for member in found]


def _place(db: Transaction, member: Member) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(member.name, member_path(member.id))


def _represent(call: Call, found: Sequence[Member], expanded: Expanded) -> list[MemberShape]:
    ids = [member.id for member in found]
    sightings = last_sightings(call.db, ids)
    second_factors = with_second_factor(call.db, ids)
    teams, granted = teams_of_members(call.db, ids), teams_granted_to(call.db, ids)
    role_ids = {id for of_member in teams.values() for team in of_member for id in team.custom_role_ids}
    role_keys = {role.id: role.key for role in custom_roles_by_id(call.db, role_ids).values()}
    attributes = expanded.get(ROLE_ATTRIBUTES, {})
    return [
        represent_member(
            member,
            sighting=sightings.get(member.id),
            has_second_factor=member.id in second_factors,
            teams=teams.get(member.id, ()),
            role_keys=role_keys,
            grants=granted.get(member.id, ()),
            attributes=attributes.get(member.id, msgspec.UNSET),
        )
        for member in found
    ]


def _read_fields(member: Member) -> MemberFields:
    return MemberFields(
        role=msgspec.convert(member.role, msgspec.structs.fields(MemberFields)[0].type),
        custom_roles=list(member.custom_role_ids),
        role_attributes=dict(member.role_attributes),
        first_name=member.first_name,
        last_name=member.last_name,
    )


def _write_fields(member: Member, fields: MemberFields) -> Member:
    """Custom roles are left as they were named, by key or id: operations.py looks them up."""
    return replace(
        member,
        role=fields.role,
        custom_role_ids=tuple(fields.custom_roles),
        role_attributes=require_plain(fields.role_attributes),
        first_name=fields.first_name,
        last_name=fields.last_name,
    )


EDITING: Editing[Member] = Editing(
    fields=MemberFields,
    read=_read_fields,
    write=_write_fields,
    actions={
        "/role": "updateRole",
        "/customRoles": "updateCustomRole",
        "/roleAttributes": "updateMemberRoleAttributes",
        "/firstName": "updateMemberName",
        "/lastName": "updateMemberName",
    },
)

MEMBER: Resource[Member] = Resource(
    kind="member",
    specifier="member/*",
    store=member_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewMember",
    located=(Located((Level("member", members.c.id),)),),
    filters=FILTERS,
    sorts=SORTS,
    default_sort="creationDate",
    expansions=(
        Expansion("customRoles", "the ids of custom roles; they are always there", lambda call, found: {}),  # noqa: ARG005 - nothing is left to load
        Expansion(
            ROLE_ATTRIBUTES,
            "what the member's roles are filled in with",
            lambda call, found: {member.id: member.role_attributes for member in found},  # noqa: ARG005 - it came with the member
        ),
    ),
    editing=EDITING,
)
