"""Access tokens as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.representation import MemberSummaryShape, represent_summary
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class TokenShape(Shape):
    """An access token. `token` is the secret right after creation or reset, else its last four characters."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    owner_id: str
    member_id: str
    name: str
    description: str
    creation_date: int
    last_modified: int
    token: str
    service_token: bool
    default_api_version: int
    last_used: int | msgspec.UnsetType = msgspec.UNSET
    role: str | msgspec.UnsetType = msgspec.UNSET
    custom_role_ids: list[str] | msgspec.UnsetType = msgspec.UNSET
    inline_role: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    member_: MemberSummaryShape | msgspec.UnsetType = msgspec.field(name="_member", default=msgspec.UNSET)


def token_path(id: str) -> str:
    return path("/api/v2/tokens/{id}", id=id)


def represent_tokens(
    tokens: Sequence[AccessToken], last_uses: Mapping[str, int], owners: Mapping[str, Member]
) -> list[TokenShape]:
    """`last_uses` is by the tokens' ids, `owners` by the members'."""
    return [
        TokenShape(
            links_=links(self=token_path(token.id), parent="/api/v2/tokens"),
            id=token.id,
            owner_id=token.owner_id,
            member_id=token.owner_id,
            name=token.name,
            description=token.description,
            creation_date=token.created_at,
            last_modified=token.modified_at,
            last_used=last_uses.get(token.id, msgspec.UNSET),
            role=token.role or msgspec.UNSET,
            custom_role_ids=list(token.custom_role_ids) or msgspec.UNSET,
            inline_role=token.inline_role or msgspec.UNSET,
            member_=represent_summary(owners[token.owner_id]) if token.owner_id in owners else msgspec.UNSET,
            token=token.ending,
            service_token=token.is_service,
            default_api_version=token.api_version,
        )
        for token in tokens
    ]
