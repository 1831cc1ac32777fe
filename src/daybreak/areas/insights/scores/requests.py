"""What callers may ask of scores."""

from typing import Annotated, Literal

import msgspec

from daybreak.logic.scoring.grades import PROFILES
from daybreak.rest.call import Query
from daybreak.rest.keys import Instant, Key

ApplicationKeys = Annotated[
    tuple[Key, ...], msgspec.Meta(max_length=200, description="application keys, separated by commas")
]


class ScoresQuery(Query):
    """Which scope, as of when, and how much to tell about it."""

    project_key: Key
    environment_key: Key
    application_key: ApplicationKeys = ()
    to: Annotated[Instant | None, msgspec.Meta(description="the scores as they were then; default now")] = (
        None
    )
    expand: Annotated[str | None, msgspec.Meta(description="known: explanation, trend")] = None
    frequency: Annotated[
        Literal["perApplication", "sum"], msgspec.Meta(description="how several applications add up")
    ] = "perApplication"
    profile: Annotated[str, msgspec.Meta(description=f"the scale: {', '.join(PROFILES)}")] = "daybreak-1"
