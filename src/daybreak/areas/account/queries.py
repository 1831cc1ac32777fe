"""What others may ask of the audit log: the entries as they may be sent on."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import msgspec

from daybreak.areas.account.audit_log.addresses import parse_address
from daybreak.areas.account.audit_log.model import VIEW_ACTION
from daybreak.areas.account.audit_log.representation import represent_entry
from daybreak.areas.account.audit_log.store import find_entry, list_entries
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction

# Whoever may do this to a resource sees the entries about it.
VIEW_AUDIT_LOG: Final = VIEW_ACTION


@dataclass(frozen=True, slots=True)
class EntryFact:
    """What was done, and to what."""

    address: Address
    actions: tuple[str, ...]


def entries_by_id(db: Transaction, ids: Collection[str]) -> dict[str, EntryFact]:
    """Those that exist. One query."""
    return {
        row.id: EntryFact(parse_address(row.address), tuple(row.actions))
        for row in list_entries(db, list(ids))
    }


def entry_document(db: Transaction, id: str) -> bytes:
    """The entry as the API answers it, as JSON. Raises NotFound."""
    return msgspec.json.encode(represent_entry(find_entry(db, id)))
