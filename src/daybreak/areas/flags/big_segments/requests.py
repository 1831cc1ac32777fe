"""Changes of the lists of a big segment."""

from typing import Annotated

import msgspec

from daybreak.areas.flags.shapes import ContextKey
from daybreak.rest.call import Body

# More at once are for an import.
MOST_KEYS = 50_000
Keys = Annotated[list[ContextKey], msgspec.Meta(max_length=MOST_KEYS)]


class ListChanges(Body):
    """Keys that are put on a list, and keys that are taken from it."""

    add: Keys | None = None
    remove: Keys | None = None


class MembersPatch(Body):
    """What is done to both lists."""

    included: ListChanges | None = None
    excluded: ListChanges | None = None
