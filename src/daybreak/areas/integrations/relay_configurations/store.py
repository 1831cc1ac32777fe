"""Relay Proxy configurations in the database."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, select

from daybreak.areas.integrations.relay_configurations.model import RelayConfiguration
from daybreak.areas.integrations.relay_configurations.tables import expiring_relay_keys, relay_configurations
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

relay_configuration_store = TableStore(RelayConfiguration, relay_configurations)


def find_relay_configuration(db: Transaction, id: str) -> RelayConfiguration:
    """Raises NotFound."""
    found = relay_configuration_store.find(db, relay_configurations.c.id == id)
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no Relay Proxy configuration {id!r}")
    return found


def list_relay_configurations(
    db: Transaction, where: Sequence[ColumnElement[bool]]
) -> list[RelayConfiguration]:
    """In the order in which they were made."""
    order = (relay_configurations.c.created_at, relay_configurations.c.id)
    return relay_configuration_store.list_where(db, *where, order_by=order)


def list_by_digest(
    db: Transaction, digests: Collection[str], now: int
) -> dict[str, tuple[RelayConfiguration, int | None]]:
    """The configuration behind each key that works, and when it stops if its days are counted."""
    current = relay_configuration_store.list_where(db, relay_configurations.c.digest.in_(digests))
    known: dict[str, tuple[RelayConfiguration, int | None]] = {each.digest: (each, None) for each in current}
    old = db.rows(
        select(expiring_relay_keys).where(
            expiring_relay_keys.c.digest.in_(digests), expiring_relay_keys.c.expires_at > now
        )
    )
    if old:
        ids = {row.configuration_id for row in old}
        renewed = relay_configuration_store.list_where(db, relay_configurations.c.id.in_(ids))
        by_id = {each.id: each for each in renewed}
        known |= {row.digest: (by_id[row.configuration_id], row.expires_at) for row in old}
    return known


def retire_key(db: Transaction, configuration: RelayConfiguration, expires_at: int | None) -> None:
    """Lets the present key live on until `expires_at`; None ends all old keys of the configuration."""
    mine = expiring_relay_keys.c.configuration_id == configuration.id
    if expires_at is None:
        db.execute(delete(expiring_relay_keys).where(mine))
        return
    row = {"digest": configuration.digest, "configuration_id": configuration.id, "expires_at": expires_at}
    db.insert(expiring_relay_keys, [row])


def forget_expired_relay_keys(db: Transaction, now: int) -> None:
    db.execute(delete(expiring_relay_keys).where(expiring_relay_keys.c.expires_at <= now))
