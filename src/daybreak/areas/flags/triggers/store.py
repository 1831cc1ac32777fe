"""Flag triggers in the database, and who has posted to their URLs."""

import hmac
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, select

from daybreak.areas.flags.triggers.model import Firing, FlagTrigger
from daybreak.areas.flags.triggers.tables import flag_trigger_firings, flag_triggers
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.identifiers import digest
from daybreak.platform.store import TableStore

trigger_store = TableStore(FlagTrigger, flag_triggers)
_firing_store = TableStore(Firing, flag_trigger_firings)

MOST_FIRINGS = 10

# What the secret of a trigger that does not exist is compared with, so that asking takes as long.
_NO_DIGEST = "0" * 64


def find_trigger(db: Transaction, flag_id: str, environment_id: str, id: str) -> FlagTrigger:
    """Raises NotFound."""
    table = flag_triggers.c
    mine = table.flag_id == flag_id, table.environment_id == environment_id, table.id == id
    found = trigger_store.find(db, *mine)
    if found is None:
        raise NotFound(f"Invalid resource identifier: the feature flag has no trigger {id!r} there")
    return found


def find_by_secret(db: Transaction, id: str, secret: str) -> FlagTrigger:
    """Raises NotFound, with nothing to tell a wrong secret from a trigger that does not exist."""
    found = trigger_store.find(db, flag_triggers.c.id == id)
    expected = _NO_DIGEST if found is None else found.digest
    is_right = hmac.compare_digest(expected, digest(secret))
    if found is None or not is_right:
        raise NotFound("Invalid resource identifier: there is no trigger at this URL")
    return found


def lock_trigger(db: Transaction, id: str) -> None:
    """Nobody else changes or deletes the trigger until this transaction ends."""
    db.execute(select(flag_triggers.c.id).where(flag_triggers.c.id == id).with_for_update())


def list_triggers(db: Transaction, flag_id: str, environment_id: str) -> list[FlagTrigger]:
    """Of a flag in an environment, in the order in which they were made."""
    table = flag_triggers.c
    mine = table.flag_id == flag_id, table.environment_id == environment_id
    return trigger_store.list_where(db, *mine, order_by=(table.created_at, table.id))


def keep_firing(db: Transaction, trigger_id: str, at: int, body: Mapping[str, Json] | None) -> None:
    """Counts the post, and forgets the oldest of those that are kept. The trigger has to be locked."""
    table = flag_trigger_firings.c
    last = db.value(select(func.max(table.number)).where(table.trigger_id == trigger_id))
    number = int(last or 0) + 1
    db.insert(flag_trigger_firings, [_firing_store.to_row(Firing(trigger_id, number, at, body))])
    old = table.trigger_id == trigger_id, table.number <= number - MOST_FIRINGS
    db.execute(delete(flag_trigger_firings).where(*old))


def list_firings(db: Transaction, trigger_ids: Collection[str]) -> Mapping[str, Sequence[Firing]]:
    """The latest posts by the trigger's id, the last one first."""
    table = flag_trigger_firings.c
    found: dict[str, list[Firing]] = defaultdict(list)
    order = (table.trigger_id, table.number.desc())
    for firing in _firing_store.list_where(db, table.trigger_id.in_(trigger_ids), order_by=order):
        found[firing.trigger_id].append(firing)
    return found
