"""What the sender of a webhook is answered; providers show it to whoever looks at their deliveries."""

from collections.abc import Sequence

import msgspec

from daybreak.areas.insights.webhooks.model import Delivery
from daybreak.rest.call import Answer, Shape

TOOK_SOMETHING = 202
NOTHING_NEW = 200


class DeliveryShape(Shape):
    """`told` is what was new, in words: nothing where the delivery, or all that it says, was known."""

    delivery: str
    told: list[str]


def represent_delivery(delivery: Delivery, told: Sequence[str]) -> Answer:
    body = msgspec.json.encode(DeliveryShape(delivery=delivery.id, told=list(told)))
    return Answer(body, status=TOOK_SOMETHING if told else NOTHING_NEW)
