"""What callers may send about flag triggers."""

from typing import Annotated

import msgspec

from daybreak.areas.flags.triggers.instructions import Actions
from daybreak.platform.columns import Json
from daybreak.rest.call import Body
from daybreak.rest.keys import Key, Text
from daybreak.rest.semantic_patch import MOST_INSTRUCTIONS

Items = Annotated[list[dict[str, Json]], msgspec.Meta(min_length=1, max_length=MOST_INSTRUCTIONS)]


class NewTrigger(Body):
    """A trigger to create. The integration key says who will post: any word, or `generic-trigger`."""

    integration_key: Key
    instructions: Actions | None = None
    comment: Text | None = None


class TriggerPatch(Body):
    """Instructions, which may also come as plain JSON: no other patch is known here."""

    instructions: Items
    comment: Text | None = None
