"""Which deliveries have been taken in already."""

from sqlalchemy import delete, select

from daybreak.areas.insights.facts.tables import webhook_deliveries
from daybreak.areas.insights.webhooks.model import Delivery
from daybreak.platform.clock import DAY
from daybreak.platform.database import Transaction

KEPT = 30 * DAY


def is_known(db: Transaction, project_id: str, delivery: Delivery) -> bool:
    """For each project by itself: a provider may send one delivery to several addresses."""
    table = webhook_deliveries.c
    same = (table.source == _source(project_id, delivery), table.delivery_id == delivery.id)
    return db.value(select(table.at).where(*same)) is not None


def remember(db: Transaction, project_id: str, delivery: Delivery, now: int) -> None:
    row = {"source": _source(project_id, delivery), "delivery_id": delivery.id, "at": now}
    # Sent twice at the same moment: both are taken in, which the facts bear.
    db.insert_or_update(webhook_deliveries, [row], [])


def forget_old_deliveries(db: Transaction, now: int) -> None:
    db.execute(delete(webhook_deliveries).where(webhook_deliveries.c.at < now - KEPT))


def _source(project_id: str, delivery: Delivery) -> str:
    return f"{delivery.provider}:{project_id}"
