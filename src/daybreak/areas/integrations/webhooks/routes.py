"""Every URL of webhooks."""

from functools import partial

from daybreak.areas.integrations.webhooks import operations
from daybreak.areas.integrations.webhooks.destinations import Destinations
from daybreak.areas.integrations.webhooks.representation import DeliveryShape, WebhookShape
from daybreak.areas.integrations.webhooks.requests import DeliveriesQuery, NewWebhook
from daybreak.areas.integrations.webhooks.resource import WEBHOOK
from daybreak.platform.columns import Json
from daybreak.rest.crud import actions_of, read_route, remove_route
from daybreak.rest.routing import Route

ALL = "/api/v2/webhooks"
ONE = f"{ALL}/{{id}}"
TAG = "Webhooks"


def webhook_routes(destinations: Destinations) -> list[Route]:
    """`destinations` says where webhooks may post to."""
    return [
        Route(
            method="GET",
            path=ALL,
            run=operations.list_all,
            operation="getAllWebhooks",
            tag=TAG,
            summary="List webhooks",
            action=WEBHOOK.view_action,
            specifier=WEBHOOK.specifier,
            answer=list[WebhookShape],
        ),
        # The contract knows this creation as one that answers 200.
        Route(
            method="POST",
            path=ALL,
            run=partial(operations.create_webhook, destinations=destinations),
            operation="postWebhook",
            tag=TAG,
            summary="Create a webhook",
            action=operations.CREATE,
            specifier=WEBHOOK.specifier,
            body=NewWebhook,
            answer=WebhookShape,
        ),
        read_route(WEBHOOK, ONE, "getWebhook", tag=TAG, answer=WebhookShape),
        Route(
            method="PATCH",
            path=ONE,
            run=partial(operations.patch_webhook, destinations=destinations),
            operation="patchWebhook",
            tag=TAG,
            summary="Change a webhook by JSON patch or merge patch",
            action=actions_of(WEBHOOK),
            specifier=WEBHOOK.specifier,
            body=Json,
            answer=WebhookShape,
        ),
        remove_route(WEBHOOK, ONE, "deleteWebhook", tag=TAG, action="deleteWebhook"),
        Route(
            method="GET",
            path=f"{ONE}/deliveries",
            run=operations.list_deliveries_of,
            operation="getWebhookDeliveries",
            tag=TAG,
            summary="List a webhook's latest deliveries with their answers, newest first",
            action=WEBHOOK.view_action,
            specifier=WEBHOOK.specifier,
            query=DeliveriesQuery,
            answer=list[DeliveryShape],
        ),
        Route(
            method="POST",
            path=f"{ONE}/deliveries/{{deliveryId}}/resend",
            run=operations.resend,
            operation="postWebhookDeliveryResend",
            tag=TAG,
            summary="Send what was delivered, or failed to be, once more",
            action=operations.RESEND,
            specifier=WEBHOOK.specifier,
            status=202,
        ),
    ]
