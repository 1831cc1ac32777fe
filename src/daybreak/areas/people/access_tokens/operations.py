"""What of access tokens is not the same as of every resource: secrets, and who may hand out what."""

from dataclasses import replace

import msgspec

from daybreak.areas.people.access_tokens.grants import grants_more
from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.access_tokens.representation import TokenShape
from daybreak.areas.people.access_tokens.requests import NewToken, ResetTokenQuery, TokenListQuery
from daybreak.areas.people.access_tokens.resource import ACCESS_TOKEN, EDITING, parse_given
from daybreak.areas.people.access_tokens.store import (
    is_visible_to,
    lock_admin_tokens,
    require_admin_token,
    retire_secret,
)
from daybreak.platform.access import Actor
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.columns import Json
from daybreak.platform.errors import Forbidden
from daybreak.platform.identifiers import access_token, digest, object_id
from daybreak.rest.call import Call, Page
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.operations import change, create, read_one, read_page, remove, represent_one
from daybreak.rest.versioning import page_size

PAGED_SINCE = 20240415


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
        owner_id=ACCOUNT_ID,
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
    )
    call.actor.require(("createAccessToken",), token.address)
    _require_lasting(call.actor)
    require_no_more(call.actor, token)
    return create(call, ACCESS_TOKEN, token, "createAccessToken")


def patch_token(call: Call, body: Json, id: str) -> TokenShape:
    before = read_one(call, ACCESS_TOKEN, id=id)
    represented: dict[str, Json] = msgspec.to_builtins(represent_one(call, ACCESS_TOKEN, before))
    edit = parse_edit(EDITING, before, represented, body)
    call.actor.require(edit.actions, before.address)
    if (edit.after.role, edit.after.inline_role) != (before.role, before.inline_role):
        require_no_more(call.actor, edit.after)
    is_dethroned = before.role == "admin" and edit.after.role != "admin"
    if is_dethroned:
        lock_admin_tokens(call.db)
    after = _change(call, before, edit)
    if is_dethroned:
        require_admin_token(call.db)
    return _represent(call, after)


def delete_token(call: Call, id: str) -> None:
    token = read_one(call, ACCESS_TOKEN, id=id)
    if token.role != "admin":
        remove(call, ACCESS_TOKEN, token, "deleteAccessToken")
        return
    lock_admin_tokens(call.db)
    remove(call, ACCESS_TOKEN, token, "deleteAccessToken")
    require_admin_token(call.db)


def reset_token(call: Call, query: ResetTokenQuery, id: str) -> TokenShape:
    """A new secret; the old one works until `expiry`, so that running programs can be moved over."""
    before = read_one(call, ACCESS_TOKEN, id=id)
    call.actor.require(("resetAccessToken",), before.address)
    _require_lasting(call.actor)
    if before.id != call.actor.id:
        # Whoever is given a token's secret can do what the token can.
        require_no_more(call.actor, before)
    secret = access_token()
    renewed = replace(before, digest=digest(secret), ending=secret[-4:])
    after = _change(call, before, Edit(renewed, ("resetAccessToken",), ""))
    lives_on = query.expiry is not None and query.expiry > call.now
    retire_secret(call.db, before, query.expiry if lives_on else None)
    return _represent(call, after, secret)


def require_no_more(actor: Actor, token: AccessToken) -> None:
    """Raises Forbidden where the token may do what the caller may not."""
    if grants_more(token.policy, token.role, maker_role=actor.role, maker_policies=actor.policies):
        raise Forbidden(f"{actor.name or actor.kind} may not hand out more rights than it has")


def _require_lasting(actor: Actor) -> None:
    """Raises Forbidden for an old secret: it is meant to end, so nobody gets another one with it."""
    if actor.expires_at is not None:
        raise Forbidden("This secret was replaced and is about to end: use the new one")


def _change(call: Call, before: AccessToken, edit: Edit[AccessToken]) -> AccessToken:
    if edit.after != before:
        edit = replace(edit, after=replace(edit.after, modified_at=call.now))
    return change(call, ACCESS_TOKEN, before, edit)


def _represent(call: Call, token: AccessToken, secret: str = "") -> TokenShape:
    shape = represent_one(call, ACCESS_TOKEN, token)
    assert isinstance(shape, TokenShape)
    shape.token = secret or shape.token
    return shape
