"""What callers may ask about the safety of a change."""

from typing import Annotated

import msgspec

from daybreak.platform.columns import Json
from daybreak.rest.call import Body
from daybreak.rest.keys import Text
from daybreak.rest.semantic_patch import MOST_INSTRUCTIONS


class PlannedPatch(Body):
    """The instructions of a semantic patch that is not to be carried out yet."""

    instructions: Annotated[list[dict[str, Json]], msgspec.Meta(min_length=1, max_length=MOST_INSTRUCTIONS)]
    comment: Text | None = None
