"""What callers may ask of the audit log."""

from typing import Annotated, Literal

import msgspec

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Instant

Texts = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]], msgspec.Meta(max_length=500)
]
SearchText = Annotated[str, msgspec.Meta(max_length=256, description="part of the resource's name")]
Specifier = Annotated[str, msgspec.Meta(max_length=1000, description="such as proj/web:env/*:flag/*")]
EntryId = Annotated[
    str,
    msgspec.Meta(
        pattern="^[0-9a-f]{24}$(?!\\n)",
        description="with `before`: also entries at that very time with smaller ids",
    ),
]
Ids = Annotated[
    tuple[Annotated[str, msgspec.Meta(max_length=256)], ...],
    msgspec.Meta(max_length=100, description="ids, separated by commas or given again"),
]


class AuthorsQuery(Query):
    """Whose entries: those written with one of the tokens, those of one of the members."""

    member: Ids = ()
    token: Ids = ()


class SearchQuery(AuthorsQuery):
    """The newest entries between two instants, the bounds themselves left out."""

    before: Instant | None = None
    before_id: EntryId | None = None
    after: Instant | None = None
    q: SearchText | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=20, description="entries of a page")] = 10


class ListQuery(SearchQuery):
    """As a search, with the resources named by one specifier."""

    spec: Specifier | None = None


class CountsQuery(AuthorsQuery, kw_only=True):
    """The span of time to count in, and into how many buckets to divide it."""

    after: Instant
    before: Instant | None = None
    buckets: Annotated[int, msgspec.Meta(ge=1, le=500, description="number of buckets")] = 50


class FilterStatement(Body):
    """Selects entries by resource and action, like a statement of a policy; what is left out means all."""

    effect: Literal["allow", "deny"]
    resources: Texts | None = None
    not_resources: Texts | None = None
    actions: Texts | None = None
    not_actions: Texts | None = None


FilterStatements = Annotated[list[FilterStatement], msgspec.Meta(max_length=100)]
