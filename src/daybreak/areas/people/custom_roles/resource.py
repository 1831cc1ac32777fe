"""Custom roles as a resource. Policies name them as `role/release-managers`."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.people.custom_roles.model import READER_BASE, CustomRole
from daybreak.areas.people.custom_roles.representation import (
    CustomRoleShape,
    custom_role_path,
    represent_custom_roles,
)
from daybreak.areas.people.custom_roles.requests import CustomRoleFields
from daybreak.areas.people.custom_roles.store import (
    count_members,
    count_teams,
    custom_role_store,
    find_custom_role,
)
from daybreak.areas.people.custom_roles.tables import custom_roles
from daybreak.logic.policy.address import Address
from daybreak.logic.policy.attributes import MOST_IN_A_SPECIFIER, names_of_attributes, stands_for_keys
from daybreak.platform.database import Transaction
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.policies import Statements, StoredPolicy, parse_policy
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located


def parse_role_policy(statements: Statements) -> StoredPolicy:
    """Raises ValidationFailed."""
    policy = parse_policy("policy", statements)
    for statement in policy:
        for specifier in [*statement.get("resources", ()), *statement.get("notResources", ())]:
            if len(names_of_attributes(specifier)) > MOST_IN_A_SPECIFIER:
                reason = f"{specifier!r} names more than {MOST_IN_A_SPECIFIER} role attributes"
                raise ValidationFailed(FieldFault("policy", reason))
            if not stands_for_keys(specifier):
                reason = f"{specifier!r}: role attributes stand for keys and tags, or parts of them"
                raise ValidationFailed(FieldFault("policy", reason))
    return policy


def _find(call: Call, custom_role_key: str) -> CustomRole:
    return find_custom_role(call.db, custom_role_key)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - other resources have parents
    return ()


def _addresses(db: Transaction, found: Sequence[CustomRole]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [Address.of(("role", role.key)) for role in found]


def _place(db: Transaction, role: CustomRole) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(role.name, custom_role_path(role.key))


def _represent(call: Call, found: Sequence[CustomRole], expanded: Expanded) -> list[CustomRoleShape]:  # noqa: ARG001 - the shape of every representation
    ids = {role.id for role in found}
    return represent_custom_roles(found, count_members(call.db, ids), count_teams(call.db, ids))


def _read_fields(role: CustomRole) -> CustomRoleFields:
    return msgspec.convert(
        {
            "name": role.name,
            "description": role.description,
            "policy": role.policy,
            "basePermissions": role.base_permissions,
        },
        CustomRoleFields,
    )


def _write_fields(role: CustomRole, fields: CustomRoleFields) -> CustomRole:
    return replace(
        role,
        name=fields.name,
        description=fields.description,
        policy=parse_role_policy(fields.policy),
        base_permissions=fields.base_permissions or READER_BASE,
    )


CUSTOM_ROLE: Resource[CustomRole] = Resource(
    kind="role",
    specifier="role/*",
    store=custom_role_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewRole",
    located=(Located((Level("role", custom_roles.c.key),)),),
    tells=("deleteRole",),
    sorts={"name": custom_roles.c.name},
    default_sort="name",
    unique=(custom_roles.c.key,),
    editing=Editing(
        fields=CustomRoleFields,
        read=_read_fields,
        write=_write_fields,
        actions={
            "/name": "updateName",
            "/description": "updateDescription",
            "/policy": "updatePolicy",
            "/basePermissions": "updateBasePermissions",
        },
    ),
)
