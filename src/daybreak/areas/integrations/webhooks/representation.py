"""Webhooks and their deliveries as the API shows them."""

from typing import Any

import msgspec

from daybreak.areas.integrations.webhooks.model import Delivery, State, Webhook
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path

WEBHOOKS = "/api/v2/webhooks"


class WebhookShape(AccessibleShape, kw_only=True):
    """A webhook. Its secret is shown to whoever may change that."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    name: str
    url: str
    secret: str | msgspec.UnsetType = msgspec.UNSET
    statements: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    on: bool
    tags: list[str]


class DeliveryShape(Shape, kw_only=True):
    """An entry of the audit log that was or will be posted, and how the last attempt went.

    `status` is that of the answer, 0 where there was none; `duration` is in milliseconds.
    """

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    entry_id: str
    state: str
    creation_date: int
    attempts: int
    last_attempt: int | msgspec.UnsetType = msgspec.UNSET
    next_attempt: int | msgspec.UnsetType = msgspec.UNSET
    status: int
    answer: str
    reason: str
    duration: int


def webhook_path(id: str) -> str:
    return path(WEBHOOKS + "/{id}", id=id)


def represent_webhook(webhook: Webhook, *, with_secret: bool) -> WebhookShape:
    here = webhook_path(webhook.id)
    return WebhookShape(
        links_=links(self=here, parent=WEBHOOKS, deliveries=f"{here}/deliveries"),
        id=webhook.id,
        name=webhook.name,
        url=webhook.url,
        secret=webhook.secret if with_secret and webhook.secret else msgspec.UNSET,
        statements=webhook.statements or msgspec.UNSET,
        on=webhook.on,
        tags=webhook.tags,
    )


def represent_delivery(delivery: Delivery) -> DeliveryShape:
    hook = webhook_path(delivery.webhook_id)
    is_waiting = delivery.state is State.WAITING
    return DeliveryShape(
        links_=links(
            parent=f"{hook}/deliveries",
            entry=path("/api/v2/auditlog/{id}", id=delivery.entry_id),
            resend=path(f"{hook}/deliveries/{{id}}/resend", id=delivery.id),
        ),
        id=delivery.id,
        entry_id=delivery.entry_id,
        state=delivery.state.value,
        creation_date=delivery.created_at,
        attempts=delivery.attempts,
        last_attempt=delivery.attempted_at or msgspec.UNSET,
        next_attempt=delivery.next_attempt_at if is_waiting else msgspec.UNSET,
        status=delivery.status,
        answer=delivery.answer,
        reason=delivery.reason,
        duration=delivery.duration,
    )
