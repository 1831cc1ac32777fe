"""What callers may ask about pull requests."""

from typing import Annotated, Literal

import msgspec

from daybreak.rest.cursors import FeedQuery
from daybreak.rest.keys import Key

ApplicationKeys = Annotated[
    tuple[str, ...], msgspec.Meta(max_length=200, description="application keys, separated by commas")
]


class PullRequestsQuery(FeedQuery, kw_only=True):
    """Which pull requests of a project. With an environment, deliveries to it alone count."""

    project_key: Key
    environment_key: Key | None = None
    application_key: ApplicationKeys = ()
    status: Literal["open", "merged", "closed", "deployed"] | None = None
    query: (
        Annotated[str, msgspec.Meta(max_length=1000, description="a part of the title or author")] | None
    ) = None
    expand: Annotated[
        str | None, msgspec.Meta(description="known: deployments, flagReferences, leadTime")
    ] = None
    sort: Annotated[str | None, msgspec.Meta(description="leadTime or -leadTime; needs environmentKey")] = (
        None
    )
