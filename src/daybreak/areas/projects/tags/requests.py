"""What callers may ask about tags."""

from typing import Annotated, Literal

import msgspec

from daybreak.rest.call import Query

Kind = Literal[
    "flag", "project", "environment", "segment", "metric", "metric-data-source", "aiconfig", "view"
]


class TagsQuery(Query):
    """Which tags are listed."""

    kind: Annotated[list[Kind], msgspec.Meta(description="resources the tags belong to; default: all")] = (
        msgspec.field(default_factory=list)
    )
    pre: Annotated[str | None, msgspec.Meta(description="how the tags begin")] = None
    archived: Annotated[
        bool,
        msgspec.Meta(description="whether tags of archived flags are listed as well; without flags, none"),
    ] = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000, description="tags of a page")] = 50
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="tags to skip")] = 0
    as_of: Annotated[
        str | None,
        msgspec.Meta(
            description="Unix time in milliseconds; only the tags of now are kept, so it changes nothing"
        ),
    ] = None
