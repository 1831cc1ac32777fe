"""What callers may send about insight groups."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Key, Name

ApplicationKeys = Annotated[list[Key], msgspec.Meta(max_length=200)]


class NewInsightGroup(Body):
    """A group to create. Without application keys it covers the whole environment."""

    key: Key
    name: Name
    project_key: Key
    environment_key: Key
    application_keys: ApplicationKeys = msgspec.field(default_factory=list)


class InsightGroupFields(Body):
    """What a patch of a group may change."""

    name: Name
    application_keys: ApplicationKeys


class InsightGroupsQuery(Query):
    """A page of groups."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=20, description="items of a page")] = 20
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")] = 0
    sort: Annotated[str | None, msgspec.Meta(description="known: name")] = None
    query: Annotated[str | None, msgspec.Meta(description="text in the name or key")] = None
    expand: Annotated[str | None, msgspec.Meta(description="known: scores, environment, metadata")] = None
