"""What callers may send about OAuth clients."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Body
from daybreak.rest.keys import Name, Text

# Nothing but what may stand in a header as it is.
RedirectUri = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[!-~]+$(?!\n)", min_length=1, max_length=2048, description="https://…, without a query"
    ),
]


class NewOAuthClient(Body):
    """A client to register."""

    name: Name
    redirect_uri: RedirectUri
    description: Text | None = None


class OAuthClientFields(Body):
    """What a patch of a client may change."""

    name: Name
    redirect_uri: RedirectUri
    description: Text = ""
