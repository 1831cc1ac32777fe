"""What of webhooks is not the same as of every resource: where they may post, what they may tell, and what
they have told.
"""

from daybreak.areas.account.queries import VIEW_AUDIT_LOG
from daybreak.areas.integrations.webhooks.destinations import Destinations
from daybreak.areas.integrations.webhooks.model import Webhook
from daybreak.areas.integrations.webhooks.representation import (
    WebhookShape,
    represent_delivery,
)
from daybreak.areas.integrations.webhooks.requests import DeliveriesQuery, NewWebhook
from daybreak.areas.integrations.webhooks.resource import EDITING, WEBHOOK, parse_wanted
from daybreak.areas.integrations.webhooks.store import (
    add_deliveries,
    begin_here,
    find_delivery,
    give_up,
    list_deliveries,
    list_webhooks,
)
from daybreak.logic.policy.address import Specifier, parse_specifier
from daybreak.logic.policy.extent import reaches_over
from daybreak.logic.policy.statement import Effect
from daybreak.platform import audit
from daybreak.platform.access import Actor
from daybreak.platform.columns import Json
from daybreak.platform.errors import Forbidden
from daybreak.platform.identifiers import object_id, webhook_secret
from daybreak.rest.call import Call, Page
from daybreak.rest.editing import parse_edit
from daybreak.rest.operations import (
    change,
    create,
    read_one,
    represent_all,
    represent_one,
    represent_plainly,
    visible,
)

CREATE = "createWebhook"
RESEND = "resendWebhookDelivery"
TURNED_OFF = "the webhook was turned off"


def list_all(call: Call) -> Page:
    """All that the caller may see: the contract knows no pages here."""
    found = list_webhooks(call.db, visible(call, WEBHOOK))
    return Page(represent_all(call, WEBHOOK, found), len(found))


def create_webhook(call: Call, body: NewWebhook, *, destinations: Destinations) -> WebhookShape:
    destinations.require(body.url)
    webhook = Webhook(
        id=object_id(),
        name=body.name or "",
        url=body.url,
        on=body.on,
        secret=(body.secret or webhook_secret()) if body.sign else None,
        statements=parse_wanted(body),
        tags=sorted(set(body.tags or ())),
        created_at=call.now,
        version=1,
    )
    call.actor.require((CREATE,), webhook.address)
    _require_seen(call.actor, webhook)
    made = create(call, WEBHOOK, webhook, CREATE)
    begin_here(call.db, made.id)
    return _represent(call, made)


def patch_webhook(call: Call, body: Json, id: str, *, destinations: Destinations) -> WebhookShape:
    before = read_one(call, WEBHOOK, id=id)
    edit = parse_edit(EDITING, before, represent_plainly(call, WEBHOOK, before), body)
    call.actor.require(edit.actions, before.address)
    after = edit.after
    if after.url != before.url:
        destinations.require(after.url)
    if (after.url, after.statements) != (before.url, before.statements):
        _require_seen(call.actor, after)
    changed = change(call, WEBHOOK, before, edit)
    if changed.on and not before.on:
        begin_here(call.db, id)
    if before.on and not changed.on:
        give_up(call.db, id, TURNED_OFF)
    return _represent(call, changed)


def list_deliveries_of(call: Call, query: DeliveriesQuery, id: str) -> Page:
    webhook = read_one(call, WEBHOOK, id=id)
    found, total = list_deliveries(call.db, webhook.id, query.limit, query.offset)
    return Page([represent_delivery(each) for each in found], total, query.limit, query.offset)


def resend(call: Call, id: str, delivery_id: str) -> None:
    """Sends the same entry once more, after all that waits."""
    webhook = read_one(call, WEBHOOK, id=id)
    call.actor.require((RESEND,), webhook.address)
    delivery = find_delivery(call.db, webhook.id, delivery_id)
    add_deliveries(call.db, call.now, {webhook.id: [delivery.entry_id]})
    place = WEBHOOK.place(call.db, webhook)
    entry = audit.AuditEntry(
        kind=WEBHOOK.kind,
        resource_id=webhook.id,
        address=str(webhook.address),
        name=place.name,
        title_verb="sent an entry again to the webhook",
        actions=(RESEND,),
        path=place.path,
    )
    audit.record(call.db, call.actor, call.now, entry)


def _require_seen(actor: Actor, webhook: Webhook) -> None:
    """Raises Forbidden where the webhook might be told of what the caller may not see in the audit log."""
    extent = _extent_of(webhook)
    if not all(reaches_over(policies, VIEW_AUDIT_LOG, extent) for policies in actor.policy_groups):
        raise Forbidden(
            f"{actor.name or actor.kind} may not {VIEW_AUDIT_LOG} of all that the webhook's statements cover"
        )


def _extent_of(webhook: Webhook) -> list[Specifier]:
    """All that the webhook may ever be told of; perhaps more."""
    if not webhook.statements:
        return [parse_specifier("*")]
    allowed = [each for each in webhook.policy.statements if each.effect is Effect.ALLOW]
    # What is not named may be anything.
    return [s for each in allowed for s in (each.resources or [parse_specifier("*")])]


def _represent(call: Call, webhook: Webhook) -> WebhookShape:
    shape = represent_one(call, WEBHOOK, webhook)
    assert isinstance(shape, WebhookShape)
    return shape
