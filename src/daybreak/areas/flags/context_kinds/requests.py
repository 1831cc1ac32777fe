"""What callers may send about kinds of contexts."""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Name, Text

Version = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class ContextKindBody(Body):
    """What is left out stays as it is. `hideInTargeting` is another word for `archived`."""

    name: Name
    description: Text | UnsetType = UNSET
    hide_in_targeting: bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET
    version: Version | UnsetType = UNSET

    def wants_archived(self, otherwise: bool) -> bool:  # noqa: FBT001 - a value, not an option
        """Raises InvalidRequest where the two words say different things."""
        said = {word for word in (self.archived, self.hide_in_targeting) if word is not UNSET}
        if len(said) > 1:
            raise InvalidRequest("archived and hideInTargeting mean the same: send one of them")
        return bool(said.pop()) if said else otherwise
