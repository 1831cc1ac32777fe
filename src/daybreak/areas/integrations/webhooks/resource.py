"""Webhooks. Policies name them as `webhook/ID`, with their tags."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.integrations.webhooks.model import Webhook
from daybreak.areas.integrations.webhooks.representation import (
    WEBHOOKS,
    WebhookShape,
    represent_webhook,
    webhook_path,
)
from daybreak.areas.integrations.webhooks.requests import NewWebhook, WebhookFields
from daybreak.areas.integrations.webhooks.store import find_webhook, webhook_store
from daybreak.areas.integrations.webhooks.tables import webhooks
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.expressions import has_item
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.policies import StoredPolicy, parse_policy
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located

SIGNING = "updateSecret"


def parse_wanted(body: NewWebhook | WebhookFields) -> StoredPolicy:
    """Raises ValidationFailed."""
    return parse_policy("statements", body.statements or [])


def _find(call: Call, id: str) -> Webhook:
    return find_webhook(call.db, id)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - they belong to the account
    return ()


def _addresses(db: Transaction, found: Sequence[Webhook]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [webhook.address for webhook in found]


def _place(db: Transaction, webhook: Webhook) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(webhook.name or webhook.url, webhook_path(webhook.id), "Webhooks", WEBHOOKS)


def _represent(
    call: Call,
    found: Sequence[Webhook],
    expanded: Expanded,  # noqa: ARG001 - the shape of every representation
) -> list[WebhookShape]:
    return [
        represent_webhook(webhook, with_secret=call.actor.may(SIGNING, webhook.address)) for webhook in found
    ]


def _read_fields(webhook: Webhook) -> WebhookFields:
    return msgspec.convert(webhook, WebhookFields, from_attributes=True)


def _write_fields(webhook: Webhook, fields: WebhookFields) -> Webhook:
    return replace(
        webhook,
        name=fields.name or "",
        url=fields.url,
        on=fields.on,
        secret=fields.secret or None,
        statements=parse_wanted(fields),
        tags=sorted(set(fields.tags or ())),
    )


EDITING: Editing[Webhook] = Editing(
    fields=WebhookFields,
    read=_read_fields,
    write=_write_fields,
    actions={
        "/name": "updateName",
        "/url": "updateUrl",
        "/secret": SIGNING,
        "/statements": "updateStatements",
        "/on": "updateOn",
        "/tags": "updateTags",
    },
)

WEBHOOK: Resource[Webhook] = Resource(
    kind="webhook",
    specifier="webhook/*",
    store=webhook_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewWebhook",
    located=(Located((Level("webhook", webhooks.c.id, partial(has_item, webhooks.c.tags)),)),),
    tells=("deleteWebhook", "resendWebhookDelivery"),
    editing=EDITING,
    secrets=("secret",),
)
