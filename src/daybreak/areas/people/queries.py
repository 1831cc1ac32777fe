"""What others may ask about people: who is behind a token, and what is known of a member."""

from collections.abc import Collection
from dataclasses import dataclass

from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.access_tokens.store import find_by_digest
from daybreak.logic.policy.address import Specifier, parse_specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import Effect, Statement
from daybreak.logic.policy.wildcard import Wildcard
from daybreak.platform.access import Actor
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.database import Transaction

# What every token may do with itself, whatever its role.
OWN_ACTIONS = tuple(Wildcard(name) for name in ("viewAccessToken", "resetAccessToken", "deleteAccessToken"))


@dataclass(frozen=True, slots=True)
class MemberFact:
    """A member as other areas see one. What is not known is empty."""

    id: str
    role: str = ""
    email: str = ""


def members_by_id(db: Transaction, ids: Collection[str]) -> dict[str, MemberFact]:  # noqa: ARG001 - as all that ask for whole sets
    """What is known of each. Of all but the owner of every token that is the id alone."""
    return {id: MemberFact(id, role="owner" if id == ACCOUNT_ID else "") for id in ids}


def actor_for_token(db: Transaction, token_digest: str, now: int) -> Actor | None:
    """The caller whose secret has that digest; None where no live secret has."""
    found = find_by_digest(db, token_digest, now)
    if found is None:
        return None
    token, ending, expires_at = found
    # With an old secret nobody may get themselves a new one: it is meant to end.
    own = () if expires_at is not None else (_own_token(token),)
    return Actor(
        kind="service-token" if token.is_service else "token",
        id=token.id,
        name=token.name,
        policies=(token.policy, *own),
        ending=ending,
        owner_id=token.owner_id,
        is_service=token.is_service,
        role=token.role,
        api_version=token.api_version,
        expires_at=expires_at,
    )


def _own_token(token: AccessToken) -> Policy:
    statement = Statement(Effect.ALLOW, resources=(_exactly(token),), actions=OWN_ACTIONS)
    return Policy("own token", (statement,))


def _exactly(token: AccessToken) -> Specifier:
    return parse_specifier(":".join(f"{segment.type}/{segment.key}" for segment in token.address.segments))
