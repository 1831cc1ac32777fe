"""What others may ask about people: who is behind a credential, and what is known of members and teams."""

from collections.abc import Collection

from sqlalchemy import select

from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.access_tokens.store import find_by_digest
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.representation import MemberSummaryShape, represent_summary
from daybreak.areas.people.members.store import list_members, member_store
from daybreak.areas.people.members.tables import members
from daybreak.areas.people.oauth_clients.store import SecretKind, find_client, find_secret
from daybreak.areas.people.rights import Rights, owned_attributes, rights_of
from daybreak.areas.people.sign_in.store import find_session
from daybreak.areas.people.teams.tables import teams
from daybreak.areas.people.token_rights import policies_of_token
from daybreak.logic.policy.address import Specifier, parse_specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.granting import ASCENDING_ROLES
from daybreak.logic.policy.roles import READER, WRITER
from daybreak.logic.policy.statement import Effect, Statement
from daybreak.logic.policy.wildcard import Wildcard
from daybreak.platform.access import Actor, Person
from daybreak.platform.database import Transaction

__all__ = ["MemberSummaryShape"]

# What every token may do with itself, whatever its role.
OWN_ACTIONS = tuple(Wildcard(name) for name in ("viewAccessToken", "resetAccessToken", "deleteAccessToken"))

# What a client may do for a member who lets it, as far as they may do it themselves.
BY_SCOPE = {"reader": READER, "writer": WRITER}


def is_member(db: Transaction, id: str) -> bool:
    return db.value(select(members.c.id).where(members.c.id == id)) is not None


def member_summaries(db: Transaction, ids: Collection[str]) -> dict[str, MemberSummaryShape]:
    """Those who exist, as the API shows them. One query, or none for no ids."""
    return {member.id: represent_summary(member) for member in list_members(db, ids)}


def team_names(db: Transaction, keys: Collection[str]) -> dict[str, str]:
    """By their keys, of the teams that exist. One query, or none for no keys."""
    if not keys:
        return {}
    return {
        row.key: row.name for row in db.rows(select(teams.c.key, teams.c.name).where(teams.c.key.in_(keys)))
    }


def actor_for_token(db: Transaction, secret_digest: str, now: int) -> Actor | None:
    """The caller whose secret has that digest; None where no live secret has."""
    found = find_by_digest(db, secret_digest, now)
    if found is None:
        return None
    token, ending, expires_at = found
    owner = member_store.find(db, members.c.id == token.owner_id)
    if owner is None and not token.is_service:
        return None
    # With an old secret nobody may get themselves a new one: it is meant to end.
    own = () if expires_at is not None else (_own_token(token),)
    rights = None if token.is_service or owner is None else rights_of(db, [owner])[owner.id]
    attributes = {} if token.is_service or owner is None else owned_attributes(db, owner)
    return Actor(
        kind="service-token" if token.is_service else "token",
        id=token.id,
        name=token.name,
        policies=(*policies_of_token(db, token, attributes), *own),
        ending=ending,
        owner_id=token.owner_id,
        is_service=token.is_service,
        role=_joint_role(token.role, rights),
        api_version=token.api_version,
        expires_at=expires_at,
        owner_policies=rights.policies if rights else None,
        person=None if token.is_service or owner is None else _person(owner),
    )


def actor_for_session(db: Transaction, secret_digest: str, now: int) -> Actor | None:
    """The member who is signed in; None where the session has ended."""
    found = find_session(db, secret_digest, now)
    member = None if found is None else member_store.find(db, members.c.id == found[0])
    if found is None or member is None:
        return None
    rights = rights_of(db, [member])[member.id]
    return Actor(
        kind="member",
        id=member.id,
        name=member.name,
        policies=rights.policies,
        owner_id=member.id,
        is_service=False,
        role=rights.role,
        expires_at=found[1],
        person=_person(member),
    )


def actor_for_grant(db: Transaction, secret_digest: str, now: int) -> Actor | None:
    """The client that a member lets act for them; None where the token has ended or was revoked."""
    held = find_secret(db, SecretKind.ACCESS, secret_digest)
    if held is None or held.expires_at <= now:
        return None
    member = member_store.find(db, members.c.id == held.grant.member_id)
    if member is None:
        return None
    rights = rights_of(db, [member])[member.id]
    return Actor(
        kind="token",
        id=held.grant.id,
        name=find_client(db, held.grant.client_id).name,
        policies=(BY_SCOPE[held.grant.scope],),
        owner_id=member.id,
        is_service=False,
        role=_joint_role(held.grant.scope, rights),
        expires_at=held.expires_at,
        owner_policies=rights.policies,
        person=_person(member),
    )


def _person(member: Member) -> Person:
    return Person(member.id, member.email, member.first_name, member.last_name)


def _joint_role(role: str, owner: Rights | None) -> str:
    """The lesser of a token's built-in role and its owner's; none where other policies have a say."""
    if owner is None or not role:
        return role
    return min(role, owner.role, key=ASCENDING_ROLES.index) if owner.role else ""


def _own_token(token: AccessToken) -> Policy:
    statement = Statement(Effect.ALLOW, resources=(_exactly(token),), actions=OWN_ACTIONS)
    return Policy("own token", (statement,))


def _exactly(token: AccessToken) -> Specifier:
    return parse_specifier(":".join(f"{segment.type}/{segment.key}" for segment in token.address.segments))
