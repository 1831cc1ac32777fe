"""What callers may send about expiring targets."""

from typing import Annotated

import msgspec

from daybreak.platform.columns import Json
from daybreak.rest.call import Body
from daybreak.rest.keys import Text
from daybreak.rest.semantic_patch import MOST_INSTRUCTIONS

Items = Annotated[list[dict[str, Json]], msgspec.Meta(min_length=1, max_length=MOST_INSTRUCTIONS)]


class ExpiringTargetsPatch(Body):
    """Instructions, which may also come as plain JSON: no other patch is known here."""

    instructions: Items
    comment: Text | None = None
