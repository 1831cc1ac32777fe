"""What callers may ask about contexts: in the query or, where they search, in the body."""

from typing import Annotated

import msgspec

from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Text

DEFAULT_LIMIT = 20

Limit = Annotated[int, msgspec.Meta(ge=1, le=50, description="items of a page; 20 unless told otherwise")]
Token = Annotated[str, msgspec.Meta(description="continues after the page that told it")]
Sort = Annotated[str, msgspec.Meta(description="known: ts, -ts")]


class ContextsQuery(Query):
    """A page of contexts, or of their combinations."""

    limit: Limit | None = None
    continuation_token: Token | None = None
    sort: Sort | None = None
    filter: str | None = None
    include_total_count: bool = True


class ContextsSearch(Body):
    """The same in a body."""

    filter: Text | None = None
    sort: Text | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] | None = None
    continuation_token: Text | None = None


def require_one_place(query: ContextsQuery, body: ContextsSearch) -> ContextsQuery:
    """What is asked, wherever. Raises InvalidRequest where both places say something."""
    names = msgspec.structs.asdict(body)
    in_body = {name: value for name, value in names.items() if value is not None}
    if in_body and any(getattr(query, name) is not None for name in names):
        raise InvalidRequest("Say what to search for in the query or in the body, not in both")
    return msgspec.structs.replace(query, **in_body)


class NamesQuery(Query):
    """Which names of attributes to list."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100, description="names in all")] = 100
    filter: Annotated[str | None, msgspec.Meta(description="known: kind equals …, name startsWith …")] = None


class ValuesQuery(Query):
    """Which values of an attribute to list."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100, description="values in all")] = 50
    filter: Annotated[str | None, msgspec.Meta(description="known: kind equals …, value startsWith …")] = None
