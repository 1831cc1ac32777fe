"""Webhooks and their deliveries in the database."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, delete, func, select, update

from daybreak.areas.integrations.webhooks.model import KEPT, LONGEST_PAUSE, Delivery, State, Webhook
from daybreak.areas.integrations.webhooks.tables import outgoing_deliveries, webhooks
from daybreak.platform.database import Transaction, read_revision
from daybreak.platform.errors import NotFound
from daybreak.platform.identifiers import object_id
from daybreak.platform.instants import has_come
from daybreak.platform.store import TableStore

webhook_store = TableStore(Webhook, webhooks)

_deliveries = TableStore(Delivery, outgoing_deliveries)
_delivery = outgoing_deliveries.c


def find_webhook(db: Transaction, id: str) -> Webhook:
    """Raises NotFound."""
    found = webhook_store.find(db, webhooks.c.id == id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no webhook {id!r}")
    return found


def list_webhooks(db: Transaction, where: Sequence[ColumnElement[bool]]) -> list[Webhook]:
    """In the order in which they were made."""
    return webhook_store.list_where(db, *where, order_by=(webhooks.c.created_at, webhooks.c.id))


def begin_here(db: Transaction, webhook_id: str) -> None:
    """What was committed so far is not sent any more."""
    mine = webhooks.c.id == webhook_id
    db.execute(update(webhooks).where(mine).values(queued_to=read_revision(db)))


def read_queued(db: Transaction) -> dict[str, int]:
    """Of each webhook that is on the revision up to which entries have been queued."""
    queued = select(webhooks.c.id, webhooks.c.queued_to).where(webhooks.c.on)
    return {row.id: row.queued_to for row in db.rows(queued)}


def save_queued(db: Transaction, webhook_ids: Iterable[str], revision: int) -> None:
    mine = webhooks.c.id.in_(list(webhook_ids))
    db.execute(update(webhooks).where(mine).values(queued_to=revision))


def add_deliveries(db: Transaction, now: int, entry_ids: Mapping[str, Sequence[str]]) -> None:
    """Entries by webhook, in the order in which they are to be sent, after all that is there."""
    if not entry_ids:
        return
    last = select(_delivery.webhook_id, func.max(_delivery.number).label("number"))
    mine = last.where(_delivery.webhook_id.in_(list(entry_ids))).group_by(_delivery.webhook_id)
    numbers = {row.webhook_id: row.number for row in db.rows(mine)}
    rows = [
        _deliveries.to_row(
            Delivery(
                id=object_id(),
                webhook_id=webhook_id,
                number=number,
                entry_id=entry_id,
                state=State.WAITING,
                created_at=now,
                next_attempt_at=now,
            )
        )
        for webhook_id, ids in entry_ids.items()
        for number, entry_id in enumerate(ids, start=numbers.get(webhook_id, 0) + 1)
    ]
    db.insert(outgoing_deliveries, rows)


def find_delivery(db: Transaction, webhook_id: str, id: str) -> Delivery:
    """Raises NotFound."""
    found = _deliveries.find(db, _delivery.id == id, _delivery.webhook_id == webhook_id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no delivery {id!r} of this webhook")
    return found


def list_deliveries(db: Transaction, webhook_id: str, limit: int, offset: int) -> tuple[list[Delivery], int]:
    """The newest first, and how many there are."""
    return _deliveries.list_page(
        db, [_delivery.webhook_id == webhook_id], [_delivery.number.desc()], limit, offset
    )


def is_any_due(db: Transaction, now: int) -> bool:
    return bool(list_due(db, now, 1))


def _waits() -> tuple[ColumnElement[bool], ...]:
    """Of webhooks that are on."""
    on = select(webhooks.c.id).where(webhooks.c.on)
    return _delivery.state == State.WAITING.value, _delivery.webhook_id.in_(on)


def count_waiting(db: Transaction) -> int:
    """Of webhooks that are on."""
    return int(db.value(select(func.count()).select_from(outgoing_deliveries).where(*_waits())))


def find_oldest_waiting(db: Transaction) -> Delivery | None:
    """Of webhooks that are on."""
    oldest = select(outgoing_deliveries).where(*_waits()).order_by(_delivery.created_at).limit(1)
    row = db.first(oldest)
    return None if row is None else _deliveries.from_row(row)


def list_due(db: Transaction, now: int, most: int, webhook_id: str | None = None) -> list[Delivery]:
    """Of each webhook that is on the delivery whose turn it is, if its time has come; longest due first."""
    waiting = _delivery.state == State.WAITING.value
    of_hooks = [webhooks.c.on] if webhook_id is None else [webhooks.c.on, webhooks.c.id == webhook_id]
    heads = (
        select(_delivery.webhook_id, func.min(_delivery.number).label("number"))
        .where(waiting, _delivery.webhook_id.in_(select(webhooks.c.id).where(*of_hooks)))
        .group_by(_delivery.webhook_id)
        .subquery()
    )
    due = (
        select(outgoing_deliveries)
        .join(heads, (heads.c.webhook_id == _delivery.webhook_id) & (heads.c.number == _delivery.number))
        .where(has_come(_delivery.next_attempt_at, now, LONGEST_PAUSE))
        .order_by(_delivery.next_attempt_at)
        .limit(most)
    )
    return [_deliveries.from_row(row) for row in db.rows(due)]


def take(db: Transaction, delivery: Delivery, now: int, until: int) -> bool:
    """Keeps all others from sending it `until` then; False where somebody was faster."""
    still = (_delivery.id == delivery.id, has_come(_delivery.next_attempt_at, now, LONGEST_PAUSE))
    taken = update(outgoing_deliveries).where(*still, _delivery.state == State.WAITING.value)
    return db.execute(taken.values(next_attempt_at=until)).rowcount == 1


def save_attempt(db: Transaction, delivery: Delivery) -> None:
    """Writes down how it went, unless it is over or gone; of what is over only the last are kept."""
    mine = (_delivery.id == delivery.id, _delivery.state == State.WAITING.value)
    db.execute(update(outgoing_deliveries).where(*mine).values(_deliveries.to_row(delivery)))
    too_old = (_delivery.webhook_id == delivery.webhook_id, _delivery.number <= delivery.number - KEPT)
    db.execute(delete(outgoing_deliveries).where(*too_old, _delivery.state != State.WAITING.value))


def give_up(db: Transaction, webhook_id: str, reason: str, created_before: int | None = None) -> None:
    """What still waits has failed; with `created_before`, what has waited since before then."""
    waiting = [_delivery.webhook_id == webhook_id, _delivery.state == State.WAITING.value]
    if created_before is not None:
        waiting.append(_delivery.created_at < created_before)
    failed = {"state": State.FAILED.value, "reason": reason}
    db.execute(update(outgoing_deliveries).where(*waiting).values(failed))
