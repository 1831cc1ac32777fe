"""What callers may send about webhooks."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Tags
from daybreak.rest.policies import Statements

HookName = Annotated[str, msgspec.Meta(max_length=256)]
# Nothing but what may stand in a request line as it is.
Url = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[!-~]+$(?!\n)", min_length=1, max_length=2048, description="https://… or http://…"
    ),
]
Secret = Annotated[str, msgspec.Meta(max_length=1000)]


class NewWebhook(Body):
    """A webhook to create. `sign` without a secret gets one made up."""

    url: Url
    sign: bool
    on: bool
    name: HookName | None = None
    secret: Secret | None = None
    statements: Statements | None = None
    tags: Tags | None = None


class WebhookFields(Body):
    """What a patch of a webhook may change. Without a secret posts are not signed."""

    url: Url
    on: bool
    name: HookName | None = None
    secret: Secret | None = None
    statements: Statements | None = None
    tags: Tags | None = None


class DeliveriesQuery(Query):
    """A page of a webhook's deliveries."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200, description="items of a page")] = 20
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")] = 0
