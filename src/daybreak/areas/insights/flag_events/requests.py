"""What callers may ask about flag events."""

from typing import Annotated, Literal

import msgspec

from daybreak.rest.cursors import FeedQuery
from daybreak.rest.keys import Key

ApplicationKeys = Annotated[
    tuple[str, ...], msgspec.Meta(max_length=200, description="application keys, separated by commas")
]


class FlagEventsQuery(FeedQuery, kw_only=True):
    """Which flag events of an environment."""

    project_key: Key
    environment_key: Key
    application_key: ApplicationKeys = ()
    query: Annotated[str, msgspec.Meta(max_length=1000, description="a part of the flag's key")] | None = None
    impact_size: Literal["none", "small", "medium", "large"] | None = None
    has_experiments: bool | None = None
    global_: Literal["include", "exclude"] = msgspec.field(default="include", name="global")
    expand: Annotated[str | None, msgspec.Meta(description="known: experiments")] = None
