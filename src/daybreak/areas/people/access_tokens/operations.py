"""What of access tokens is not the same as of every resource: secrets, and who may hand out what."""

from dataclasses import replace

import msgspec

from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.access_tokens.representation import TokenShape
from daybreak.areas.people.access_tokens.requests import NewToken, ResetTokenQuery, TokenListQuery
from daybreak.areas.people.access_tokens.resource import ACCESS_TOKEN, EDITING, parse_given
from daybreak.areas.people.access_tokens.store import (
    is_visible_to,
    require_another_admin_token,
    retire_secret,
)
from daybreak.areas.people.custom_roles.store import custom_role_ids
from daybreak.areas.people.granting import require_no_more
from daybreak.areas.people.members.model import ADMIN, FIRST_OWNER_ID
from daybreak.areas.people.members.store import list_members
from daybreak.areas.people.rights import owned_attributes
from daybreak.areas.people.token_rights import policies_of_token
from daybreak.platform.access import Actor
from daybreak.platform.columns import Json
from daybreak.platform.errors import Forbidden
from daybreak.platform.identifiers import access_token, digest, object_id
from daybreak.rest.call import Call, Page
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.operations import change, create, read_one, read_page, remove, represent_one
from daybreak.rest.versioning import page_size

PAGED_SINCE = 20240415
DELETE = "deleteAccessToken"


def list_tokens(call: Call, query: TokenListQuery) -> Page:
    where = (is_visible_to(call.actor, show_all=query.show_all),)
    limit = page_size(query.limit, call.version, paged_since=PAGED_SINCE, default=25)
    return read_page(call, ACCESS_TOKEN, where, limit=limit, offset=query.offset)


def create_token(call: Call, body: NewToken) -> TokenShape:
    secret = access_token()
    return _represent(call, add_token(call, body, secret), secret)


def add_token(call: Call, body: NewToken, secret: str) -> AccessToken:
    """Stores a token known by `secret`. Raises Forbidden where it would grant more than the caller has."""
    role, inline_role = parse_given(body)
    token = AccessToken(
        id=object_id(),
        owner_id=call.actor.owner_id or FIRST_OWNER_ID,
        name=body.name,
        description=body.description,
        role=role,
        inline_role=inline_role,
        is_service=body.service_token,
        api_version=body.default_api_version,
        digest=digest(secret),
        ending=secret[-4:],
        created_at=call.now,
        modified_at=call.now,
        version=1,
        custom_role_ids=custom_role_ids(call.db, "customRoleIds", body.custom_role_ids or []),
    )
    call.actor.require(("createAccessToken",), token.address)
    _require_lasting(call.actor)
    _require_no_more(call, token)
    return create(call, ACCESS_TOKEN, token, "createAccessToken")


def patch_token(call: Call, body: Json, id: str) -> TokenShape:
    before = read_one(call, ACCESS_TOKEN, id=id)
    represented: dict[str, Json] = msgspec.to_builtins(represent_one(call, ACCESS_TOKEN, before))
    edit = parse_edit(EDITING, before, represented, body)
    call.actor.require(edit.actions, before.address)
    role_ids = custom_role_ids(call.db, "customRoleIds", edit.after.custom_role_ids)
    edit = replace(edit, after=replace(edit.after, custom_role_ids=role_ids))
    if _given(edit.after) != _given(before):
        _require_no_more(call, edit.after)
    if before.role == ADMIN != edit.after.role:
        require_another_admin_token(call.db, before)
    return _represent(call, _change(call, before, edit))


def delete_token(call: Call, id: str) -> None:
    token = read_one(call, ACCESS_TOKEN, id=id)
    call.actor.require((DELETE,), token.address)
    if token.role == ADMIN:
        require_another_admin_token(call.db, token)
    remove(call, ACCESS_TOKEN, token, DELETE)


def reset_token(call: Call, query: ResetTokenQuery, id: str) -> TokenShape:
    """A new secret; the old one works until `expiry`, so that running programs can be moved over."""
    before = read_one(call, ACCESS_TOKEN, id=id)
    call.actor.require(("resetAccessToken",), before.address)
    _require_lasting(call.actor)
    if before.id != call.actor.id:
        # Whoever is given a token's secret can do what the token can.
        _require_no_more(call, before)
    secret = access_token()
    renewed = replace(before, digest=digest(secret), ending=secret[-4:])
    after = _change(call, before, Edit(renewed, ("resetAccessToken",), ""))
    lives_on = query.expiry is not None and query.expiry > call.now
    retire_secret(call.db, before, query.expiry if lives_on else None)
    return _represent(call, after, secret)


def _given(token: AccessToken) -> tuple[object, ...]:
    return token.role, token.custom_role_ids, token.inline_role


def _require_no_more(call: Call, token: AccessToken) -> None:
    """Raises Forbidden where the token may do what the caller may not."""
    if call.actor.kind == "member" and not token.is_service and token.owner_id == call.actor.id:
        # Whatever it says, it never does more than its owner, who asks for it in person.
        return
    owners = [] if token.is_service else list_members(call.db, [token.owner_id])
    attributes = owned_attributes(call.db, owners[0]) if owners else {}
    require_no_more(call.actor, policies_of_token(call.db, token, attributes))


def _require_lasting(actor: Actor) -> None:
    """Raises Forbidden for a secret that is meant to end: nobody gets one with it that lasts."""
    if actor.expires_at is not None and actor.kind != "member":
        raise Forbidden("This secret is meant to end, and gets nobody one that lasts: use another one")


def _change(call: Call, before: AccessToken, edit: Edit[AccessToken]) -> AccessToken:
    if edit.after != before:
        edit = replace(edit, after=replace(edit.after, modified_at=call.now))
    return change(call, ACCESS_TOKEN, before, edit)


def _represent(call: Call, token: AccessToken, secret: str = "") -> TokenShape:
    shape = represent_one(call, ACCESS_TOKEN, token)
    assert isinstance(shape, TokenShape)
    shape.token = secret or shape.token
    return shape
