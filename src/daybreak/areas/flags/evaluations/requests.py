"""What callers may ask about evaluations."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Query

ALL = -1
MOST = 1000


class EvaluationsQuery(Query):
    """Which flags to evaluate; all of them unless told otherwise."""

    limit: Annotated[
        int, msgspec.Meta(ge=ALL, le=MOST, description="items of a page; -1 for all flags at once")
    ] = ALL
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")] = 0
    sort: Annotated[str | None, msgspec.Meta(description="known: creationDate, key, name, type")] = None
    filter: Annotated[str | None, msgspec.Meta(description="known: query equals …, tags contains […]")] = None
