"""Access tokens: the resource, and the rules of what one may be given."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.access_tokens.representation import TokenShape, represent_tokens, token_path
from daybreak.areas.people.access_tokens.requests import NewToken, TokenFields
from daybreak.areas.people.access_tokens.store import find_token, is_visible_to, last_uses, token_store
from daybreak.areas.people.access_tokens.tables import access_tokens
from daybreak.areas.people.members.store import list_members
from daybreak.logic.policy.address import Address
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.policies import parse_policy
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located

# What a token may be given besides custom roles: a role's name, or the statements of an inline role.
Given = tuple[str, list[dict[str, Json]]]


def parse_given(body: NewToken | TokenFields) -> Given:
    """Generated clients send "" and empty lists for what they leave out.

    Raises:
        ValidationFailed: not exactly one of the three kinds of roles, or no valid policy.

    """
    if sum(map(bool, (body.role, body.custom_role_ids, body.inline_role))) != 1:
        raise ValidationFailed(FieldFault("role", "give exactly one of role, customRoleIds and inlineRole"))
    return body.role or "", parse_policy("inlineRole", body.inline_role or [])


def _find(call: Call, id: str) -> AccessToken:
    return find_token(call.db, call.actor, id)


def _visible(call: Call) -> Sequence[ColumnElement[bool]]:
    return (is_visible_to(call.actor, show_all=False),)


def _addresses(db: Transaction, found: Sequence[AccessToken]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [token.address for token in found]


def _place(db: Transaction, token: AccessToken) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(token.name, token_path(token.id))


def _represent(call: Call, found: Sequence[AccessToken], expanded: Expanded) -> list[TokenShape]:  # noqa: ARG001 - the shape of every representation
    owners = list_members(call.db, {token.owner_id for token in found})
    members = [owner for owner in owners if call.actor.may("viewMember", owner.address)]
    uses = last_uses(call.db, [token.id for token in found])
    return represent_tokens(found, uses, {member.id: member for member in members})


def _read_fields(token: AccessToken) -> TokenFields:
    return msgspec.convert(
        {
            "name": token.name,
            "description": token.description,
            "role": token.role,
            "customRoleIds": list(token.custom_role_ids),
            "inlineRole": token.inline_role,
            "defaultApiVersion": token.api_version,
        },
        TokenFields,
    )


def _write_fields(token: AccessToken, fields: TokenFields) -> AccessToken:
    role, inline_role = parse_given(fields)
    return replace(
        token,
        name=fields.name,
        description=fields.description,
        role=role,
        inline_role=inline_role,
        custom_role_ids=tuple(fields.custom_role_ids or []),
        api_version=fields.default_api_version,
    )


EDITING: Editing[AccessToken] = Editing(
    fields=TokenFields,
    read=_read_fields,
    write=_write_fields,
    actions={
        "/name": "updateAccessTokenName",
        "/description": "updateAccessTokenDescription",
        "/role": "updateAccessTokenPolicy",
        "/customRoleIds": "updateAccessTokenPolicy",
        "/inlineRole": "updateAccessTokenPolicy",
        "/defaultApiVersion": "updateAccessTokenApiVersion",
    },
)

ACCESS_TOKEN: Resource[AccessToken] = Resource(
    kind="token",
    specifier="member/*:token/* service-token/*",
    store=token_store,
    find=_find,
    within=_visible,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewAccessToken",
    located=(
        Located((Level("service-token", access_tokens.c.id),), access_tokens.c.is_service.is_(True)),
        Located(
            (Level("member", access_tokens.c.owner_id), Level("token", access_tokens.c.id)),
            access_tokens.c.is_service.is_(False),
        ),
    ),
    sorts={"creationDate": access_tokens.c.created_at},
    default_sort="creationDate",
    editing=EDITING,
)
