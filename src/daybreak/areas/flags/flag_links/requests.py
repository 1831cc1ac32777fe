"""What callers may send about flag links."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Body
from daybreak.rest.keys import Instant, Text

# Clients that generate their requests send "" for what they leave out.
LinkKey = Annotated[str, msgspec.Meta(max_length=256)]
DeepLink = Annotated[
    str, msgspec.Meta(pattern=r"^https?://[^\s]+$(?!\n)", max_length=2_000, description="http or https URL")
]
Title = Annotated[str, msgspec.Meta(max_length=256)]


class NewFlagLink(Body):
    """A link to make. Without a key it gets one; without a time it is of now."""

    deep_link: DeepLink
    key: LinkKey | None = None
    integration_key: LinkKey | None = None
    timestamp: Instant | None = None
    title: Title | None = None
    description: Text | None = None
    metadata: dict[str, Text] | None = None


class FlagLinkFields(Body):
    """What a patch of a link may change."""

    title: Title
    description: Text
