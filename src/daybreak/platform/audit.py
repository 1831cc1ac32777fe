"""The audit log: every write leaves an entry in its own transaction. Entries are added here and nowhere
changed.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote

from sqlalchemy import BigInteger, Column, ColumnElement, Index, Table, and_, func, select

from daybreak.logic.policy.address import ACCOUNT
from daybreak.platform.access import Actor, Person
from daybreak.platform.columns import Json, document, identifier, part_of_key, text
from daybreak.platform.database import Transaction, metadata
from daybreak.platform.errors import Forbidden
from daybreak.platform.identifiers import object_id
from daybreak.platform.jobs import Job, for_what_is_older
from daybreak.platform.partitions import BY_MONTH, forget_before, is_any_before
from daybreak.platform.spreading import spread_by

# The project that an entry's address lies in; empty for what belongs to the account.
PROJECT_KEY = "project_key"

audit_entries = Table(
    "audit_entries",
    metadata,
    identifier(),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    part_of_key(PROJECT_KEY),
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
    document("told", optional=True),
    Index("ix_audit_entries_at", "at", "id"),
    Index("ix_audit_entries_resource", "kind", "resource_id", "at"),
    info=spread_by(PROJECT_KEY),
    **BY_MONTH,
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
        PROJECT_KEY: _project_key(entry.address),
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


def _project_key(address: str) -> str:
    outermost = address.partition(":")[0].partition(";")[0]
    kind, _, key = outermost.partition("/")
    return unquote(key) if kind == "proj" else ""


def _represent(person: Person) -> dict[str, Json]:
    return {
        "_id": person.id,
        "email": person.email,
        "firstName": person.first_name,
        "lastName": person.last_name,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedEntry:
    """What happened in another account, under the id that it has there. `told` is how that account tells of
    it, in its own words; the rest is what it is found by.
    """

    id: str
    at: int
    kind: str
    address: str
    name: str
    title_verb: str
    actions: tuple[str, ...]
    comment: str
    actor_kind: str
    actor_id: str
    actor_name: str
    actor_ending: str
    member_id: str | None
    told: Json


def carry_over(db: Transaction, entries: Sequence[CarriedEntry]) -> int:
    """Adds those that are not here yet, and says how many these are. Nobody is told of them: they are news to
    nobody.
    """
    known = {row.id for row in db.rows(select(audit_entries.c.id).where(_is_one_of(entries)))}
    new = {entry.id: entry for entry in entries if entry.id not in known}
    db.insert(audit_entries, [_carried_row(entry) for entry in new.values()])
    return len(new)


def _is_one_of(entries: Sequence[CarriedEntry]) -> ColumnElement[bool]:
    """The time is asked for, too: it says in which months to look."""
    ids, times = {entry.id for entry in entries}, {entry.at for entry in entries}
    return and_(audit_entries.c.id.in_(ids), audit_entries.c.at.in_(times))


def _carried_row(entry: CarriedEntry) -> dict[str, Any]:
    nothing = {"resource_id": "", "path": "", "parent_name": "", "parent_path": ""}
    project = {PROJECT_KEY: _project_key(entry.address)}
    return nothing | project | asdict(entry) | {"actions": list(entry.actions)}


def forgetting_entries(days: int) -> list[Job]:
    """The job that forgets entries that are older; none where they are kept for ever, for 0 days."""
    return for_what_is_older(
        "forget old entries of the audit log",
        days,
        lambda db, before, _now: forget_before(db, audit_entries, before),
        lambda db, before: is_any_before(db, audit_entries, before),
    )


def find_latest(db: Transaction, kind: str, resource_id: str) -> str:
    """The id of the last entry about a resource, which has one."""
    table = audit_entries.c
    mine = select(table.id).where(table.kind == kind, table.resource_id == resource_id)
    found: str = db.value(mine.order_by(table.at.desc(), table.id.desc()).limit(1))
    return found


def read_newest_entry(db: Transaction) -> int | None:
    """When it was made, in Unix milliseconds."""
    at: int | None = db.value(select(func.max(audit_entries.c.at)))
    return at
