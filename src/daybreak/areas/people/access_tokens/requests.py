"""What callers may send about access tokens."""

from typing import Annotated, Literal

import msgspec

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Instant, Text
from daybreak.rest.policies import Statements

TokenName = Annotated[str, msgspec.Meta(max_length=256)]
Role = Literal["", "reader", "writer", "admin"]
ApiVersion = Literal[20160426, 20191212, 20210729, 20220603, 20240415]


RoleIds = Annotated[list[Annotated[str, msgspec.Meta(max_length=256)]], msgspec.Meta(max_length=500)]


class NewToken(Body):
    """A token to create. Exactly one of role, customRoleIds and inlineRole says what it may do."""

    name: TokenName = ""
    description: Text = ""
    role: Role | None = None
    custom_role_ids: RoleIds | None = None
    inline_role: Statements | None = None
    service_token: bool = False
    default_api_version: ApiVersion = 20240415


class TokenFields(Body):
    """What a patch of a token may change. Exactly one of role, customRoleIds and inlineRole stays given."""

    default_api_version: ApiVersion
    name: TokenName = ""
    description: Text = ""
    role: Role | None = None
    custom_role_ids: RoleIds | None = None
    inline_role: Statements | None = None


class TokenListQuery(Query):
    """Which tokens to list."""

    show_all: Annotated[bool, msgspec.Meta(description="for admins: personal tokens of all members too")] = (
        False
    )
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000, description="items of a page; 25")] | None = None
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")] = 0


class ResetTokenQuery(Query):
    """How long the old secret lives on; without it, it dies at once and so do all older ones."""

    expiry: Instant | None = None
