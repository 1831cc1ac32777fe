"""What callers may ask about users."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Query
from daybreak.rest.keys import Instant

Limit = Annotated[int, msgspec.Meta(ge=1, le=50, description="items of a page")]
SearchAfter = Annotated[str | None, msgspec.Meta(description="continues after the user with this sort value")]


class UsersQuery(Query):
    """A page of users."""

    limit: Limit = 20
    search_after: SearchAfter = None


class UserSearchQuery(Query):
    """A page of the users that are looked for."""

    q: Annotated[str | None, msgspec.Meta(description="part of a key, a name or an email address")] = None
    limit: Limit = 20
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")] = 0
    after: Instant | None = None
    sort: Annotated[str | None, msgspec.Meta(description="known: userKey, lastSeen")] = None
    search_after: SearchAfter = None
    filter: Annotated[str | None, msgspec.Meta(description="attribute:value, …")] = None
