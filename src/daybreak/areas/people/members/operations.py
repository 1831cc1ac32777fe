"""What of members is not the same as of every resource: inviting them, and giving them roles and teams."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.people.access_tokens.store import remove_tokens_of
from daybreak.areas.people.custom_roles.store import custom_role_ids
from daybreak.areas.people.granting import require_no_more
from daybreak.areas.people.members.changing import change_member
from daybreak.areas.people.members.conditions import has_id
from daybreak.areas.people.members.model import NO_ACCESS, OWNER, Member, member_address, parse_email
from daybreak.areas.people.members.representation import MemberShape, with_link
from daybreak.areas.people.members.requests import (
    MemberQuery,
    NewMember,
    NewMembers,
    TeamsOfMember,
    require_plain,
)
from daybreak.areas.people.members.resource import EDITING, MEMBER
from daybreak.areas.people.members.store import everybody, list_emails
from daybreak.areas.people.rights import Holder, newly_given, rights_of
from daybreak.areas.people.sign_in.links import INVITATION, RESET, LinkSender
from daybreak.areas.people.sign_in.passwords import hash_password, require_good_password
from daybreak.areas.people.sign_in.store import Secrets, save_secrets
from daybreak.areas.people.teams.changing import add_to_teams
from daybreak.logic.policy.address import SpecifierInvalid, address_named
from daybreak.logic.policy.decision import decide
from daybreak.platform.access import Actor
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict, EmailsRefused, FieldFault, InvalidRequest, ValidationFailed
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call, Page
from daybreak.rest.editing import parse_edit
from daybreak.rest.filtering import Filter
from daybreak.rest.operations import (
    create,
    note,
    read_one,
    read_page,
    remove,
    represent_one,
    represent_plainly,
)

CREATE = "createMember"
ASKED_BY_ACCESS_BEFORE = 20240415
SEND_LINK = "sendPasswordReset"


def list_members(call: Call, query: Any) -> Page:
    """A page of members. Older versions may ask for those who may do something."""
    resource = MEMBER
    if call.version < ASKED_BY_ACCESS_BEFORE:
        filters: dict[str, Filter] = {**MEMBER.filters, "accessCheck": partial(_may_do, call)}
        resource = replace(MEMBER, filters=filters)
    asked = msgspec.structs.asdict(query)
    limit = asked.pop("limit") or 20
    return read_page(call, resource, (), limit=limit, **asked)


def _may_do(call: Call, text: str) -> ColumnElement[bool]:
    """Those who may do an action to a resource: `updateOn:proj/web:env/test:flag/checkout`."""
    action, _, name = text.partition(":")
    try:
        address = address_named(name)
    except SpecifierInvalid as invalid:
        raise InvalidRequest(f"filter: accessCheck is ACTION:RESOURCE: {invalid}") from None
    return has_id(
        id
        for id, rights in rights_of(call.db, everybody(call.db)).items()
        if decide(rights.policies, action, address).allowed
    )


@dataclass(frozen=True, slots=True)
class Invitation:
    """A member to invite, with what takes its time done."""

    new: NewMember
    email: str
    password_hash: str


def prepare_invitations(actor: Actor, body: NewMembers) -> list[Invitation]:
    """Hashes the passwords: for dozens that takes half a minute, and is done for nobody who may not invite.

    Raises:
        Forbidden: the caller may invite nobody.
        ValidationFailed: an email or a password that will not do.
        EmailsRefused: an email is given twice.

    """
    actor.require((CREATE,), member_address(object_id()))
    emails = [_require_email(new.email) for new in body]
    twice = [email for email, count in Counter(emails).items() if count > 1]
    if twice:
        raise EmailsRefused("duplicate_emails", f"Given more than once: {', '.join(twice)}", twice)
    for new, email in zip(body, emails, strict=True):
        if new.password:
            require_good_password(new.password, email)
    return [
        Invitation(new, email, hash_password(new.password) if new.password else "")
        for new, email in zip(body, emails, strict=True)
    ]


def invite_members(call: Call, body: list[Invitation], *, links: LinkSender) -> Page:
    """All of them or none. Where no mail is configured, each comes with the link to hand over."""
    taken = sorted(list_emails(call.db, [each.email for each in body]))
    if taken:
        message = f"There are members already with these emails: {', '.join(taken)}"
        raise EmailsRefused("email_already_exists_in_account", message, taken)
    shapes = [_invite(call, each, links) for each in body]
    return Page(shapes, len(shapes))


def _require_email(text: str) -> str:
    email = parse_email(text)
    if email is None:
        raise ValidationFailed(FieldFault("email", f"{text!r} is no email address"))
    return email


def _invite(call: Call, invitation: Invitation, links: LinkSender) -> MemberShape:
    new, email = invitation.new, invitation.email
    if not new.role and not new.custom_roles:
        raise ValidationFailed(FieldFault("role", f"give {email} a role, or customRoles"))
    member = Member(
        id=object_id(),
        email=email,
        first_name=new.first_name or "",
        last_name=new.last_name or "",
        role=new.role or NO_ACCESS,
        role_attributes=require_plain(new.role_attributes or {}),
        is_invited=not new.password,
        is_verified=False,
        created_at=call.now,
        version=1,
        custom_role_ids=custom_role_ids(call.db, "customRoles", new.custom_roles or []),
    )
    call.actor.require((CREATE,), member.address)
    require_no_more(call.actor, newly_given(call.db, (), [Holder(member)]))
    create(call, MEMBER, member, CREATE)
    if new.team_keys:
        add_to_teams(call, [member], new.team_keys)
    if invitation.password_hash:
        save_secrets(call.db, member.id, Secrets(invitation.password_hash))
        return _represent(call, member)
    link = links.send(call.db, member, INVITATION, call.now)
    return _represent(call, member) if links.sends else with_link(_represent(call, member), INVITATION, link)


def read_member(call: Call, query: MemberQuery, id: str) -> MemberShape:
    return _represent(call, read_one(call, MEMBER, id=id), query.expand)


def patch_member(call: Call, body: Json, id: str) -> MemberShape:
    before = read_one(call, MEMBER, id=id)
    edit = parse_edit(EDITING, before, represent_plainly(call, MEMBER, before), body)
    return _represent(call, change_member(call, before, edit))


def delete_member(call: Call, id: str) -> None:
    """Takes the member's sessions and personal tokens along."""
    member = read_one(call, MEMBER, id=id)
    call.actor.require(("deleteMember",), member.address)
    if member.role == OWNER:
        raise Conflict("The account needs an owner: make another member the owner, then delete this one")
    remove_tokens_of(call.db, member.id)
    remove(call, MEMBER, member, "deleteMember")


def add_teams_of_member(call: Call, body: TeamsOfMember, id: str) -> MemberShape:
    member = read_one(call, MEMBER, id=id)
    add_to_teams(call, [member], body.team_keys)
    return _represent(call, member)


def send_link(call: Call, id: str, *, links: LinkSender) -> MemberShape:
    """A new invitation for whoever has not come yet, else a link that sets another password.

    Whoever has such a link becomes that member, so it takes as many rights as giving them theirs.
    """
    member = read_one(call, MEMBER, id=id)
    call.actor.require((SEND_LINK,), member.address)
    require_no_more(call.actor, rights_of(call.db, [member])[member.id].given)
    purpose = INVITATION if member.is_invited else RESET
    if not member.email:
        raise Conflict(
            "This member has no email yet: they set the account up with the link that the server prints"
        )
    link = links.send(call.db, member, purpose, call.now)
    note(call, MEMBER, member, SEND_LINK)
    return _represent(call, member) if links.sends else with_link(_represent(call, member), purpose, link)


def _represent(call: Call, member: Member, expand: str | None = None) -> MemberShape:
    shape = represent_one(call, MEMBER, member, expand)
    assert isinstance(shape, MemberShape)
    return shape
