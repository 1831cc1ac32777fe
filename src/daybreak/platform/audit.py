"""The audit log: every write leaves an entry in its own transaction. Entries are added here and nowhere
changed.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Index, Table, select

from daybreak.logic.policy.address import ACCOUNT
from daybreak.platform.access import Actor, Person
from daybreak.platform.columns import Json, document, identifier, milliseconds, text
from daybreak.platform.database import Transaction, metadata
from daybreak.platform.errors import Forbidden
from daybreak.platform.identifiers import object_id

audit_entries = Table(
    "audit_entries",
    metadata,
    identifier(),
    milliseconds("at"),
    text("kind"),
    text("resource_id"),
    text("address"),
    text("name"),
    text("title_verb"),
    document("actions"),
    text("comment"),
    text("actor_kind"),
    text("actor_id"),
    text("actor_name"),
    text("actor_ending"),
    text("path"),
    text("parent_name"),
    text("parent_path"),
    document("previous_version", optional=True),
    document("current_version", optional=True),
    document("delta", optional=True),
    text("member_id", optional=True),
    document("member", optional=True),
    Index("ix_audit_entries_at", "at", "id"),
    Index("ix_audit_entries_resource", "kind", "resource_id", "at"),
)


# Of which kind the outbox says that an entry is, to those who wait for entries.
TOLD_AS = "audit-entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """What happened to one resource, told before it is stored.

    `actions` are the policy actions the write comprised, `address` the resource as policies name it,
    `path` where the API serves it, `delta` the JSON patch from before to after.
    """

    kind: str
    resource_id: str
    address: str
    name: str
    title_verb: str
    actions: tuple[str, ...]
    path: str
    comment: str = ""
    parent_name: str = ""
    parent_path: str = ""
    before: Json = None
    after: Json = None
    delta: Json = None


def record(db: Transaction, actor: Actor, at: int, entry: AuditEntry) -> str:
    """Adds the entry and returns its id."""
    id = _add(db, actor, at, entry)
    db.tell(entry.kind, entry.resource_id, at=at, scope=entry.address)
    db.tell(TOLD_AS, id, at=at, scope=entry.address)
    return id


def record_refusal(
    db: Transaction, actor: Actor, at: int, operation: str, path: str, refused: Forbidden
) -> None:
    """Adds an entry for a write that was not allowed. It has no accesses, as nothing was done, and nobody is
    told of it.
    """
    address = refused.address or ACCOUNT
    entry = AuditEntry(
        kind=address.rpartition(":")[2].partition("/")[0],
        resource_id="",
        address=address,
        name=address,
        title_verb=f"was refused {refused.action or operation} on",
        actions=(),
        path=path,
        comment=refused.message,
    )
    _add(db, actor, at, entry)


def _add(db: Transaction, actor: Actor, at: int, entry: AuditEntry) -> str:
    id = object_id()
    row: dict[str, Any] = {
        "id": id,
        "at": at,
        "kind": entry.kind,
        "resource_id": entry.resource_id,
        "address": entry.address,
        "name": entry.name,
        "title_verb": entry.title_verb,
        "actions": list(entry.actions),
        "comment": entry.comment,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "actor_ending": actor.ending,
        "path": entry.path,
        "parent_name": entry.parent_name,
        "parent_path": entry.parent_path,
        "previous_version": entry.before,
        "current_version": entry.after,
        "delta": entry.delta,
        "member_id": actor.person.id if actor.person else None,
        "member": _represent(actor.person) if actor.person else None,
    }
    db.insert(audit_entries, [row])
    return id


def _represent(person: Person) -> dict[str, Json]:
    return {
        "_id": person.id,
        "email": person.email,
        "firstName": person.first_name,
        "lastName": person.last_name,
    }


def find_latest(db: Transaction, kind: str, resource_id: str) -> str:
    """The id of the last entry about a resource, which has one."""
    table = audit_entries.c
    mine = select(table.id).where(table.kind == kind, table.resource_id == resource_id)
    found: str = db.value(mine.order_by(table.at.desc(), table.id.desc()).limit(1))
    return found
