"""What was learnt of contexts, written down and forgotten again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, and_, delete, exists, or_, select

from daybreak.areas.flags.contexts.model import Context, ContextInstance, LearntContext, LearntInstance
from daybreak.areas.flags.contexts.tables import (
    context_attributes,
    context_instance_parts,
    context_instances,
    contexts,
)
from daybreak.areas.projects.queries import Home
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.store import TableStore

Value = TypeVar("Value")

# A statement binds a bounded number of values.
AT_ONCE = 500
FORGOTTEN_AT_ONCE = 5_000

context_store = TableStore(Context, contexts)
instance_store = TableStore(ContextInstance, context_instances)


def keep(db: Transaction, learnt: Iterable[LearntInstance], project_ids: Mapping[str, str], now: int) -> None:
    """Writes what was seen last; `project_ids` has the project of each environment it was seen in.

    Rows are written in the order of their keys, so that two processes never wait for each other.
    """
    instances = _last_of_each(learnt)
    parts = _last_of_each(part for instance in instances for part in instance.parts)
    _keep_contexts(db, parts, project_ids, now)
    told = [(each.is_partial, _instance_row(each, project_ids, now)) for each in instances]
    full = [row for is_partial, row in told if not is_partial]
    partial = [row for is_partial, row in told if is_partial]
    db.insert_or_update(context_instances, full, ["last_seen", "document"])
    db.insert_or_update(context_instances, partial, ["last_seen"])
    rows = [
        {
            "instance_id": instance.id,
            "kind": part.kind,
            "key": part.key,
            **_home_of(instance, project_ids),
        }
        for instance in instances
        for part in instance.parts
    ]
    db.insert_or_update(context_instance_parts, rows, [])


def _last_of_each(learnt: Iterable[Any]) -> list[Any]:
    """The last by id; what has attributes stands above what has none."""
    found: dict[str, Any] = {}
    for each in learnt:
        if not each.is_partial or each.id not in found:
            found[each.id] = each
    return [found[id] for id in sorted(found)]


def _home_of(learnt: LearntContext | LearntInstance, project_ids: Mapping[str, str]) -> dict[str, str]:
    """What each row about it has."""
    return {"project_id": project_ids[learnt.environment_id], "environment_id": learnt.environment_id}


def _keep_contexts(
    db: Transaction, learnt: Sequence[LearntContext], project_ids: Mapping[str, str], now: int
) -> None:
    """Attributes are written only where the document is another one."""
    projects = {project_ids[each.environment_id] for each in learnt}
    known = _read_documents(db, projects, [each.id for each in learnt])
    new = [each for each in learnt if not each.is_partial and known.get(each.id) != each.document]
    changed = {each.id for each in new}
    db.insert_or_update(
        contexts, [_context_row(each, project_ids, now) for each in new], ["last_seen", "document"]
    )
    seen_again = [_context_row(each, project_ids, now) for each in learnt if each.id not in changed]
    db.insert_or_update(contexts, seen_again, ["last_seen"])
    for ids in _chunks(sorted(changed & known.keys())):
        mine = context_attributes.c.project_id.in_(projects), context_attributes.c.context_id.in_(ids)
        db.execute(delete(context_attributes).where(*mine))
    db.insert(context_attributes, [row for each in new for row in _attribute_rows(each, project_ids)])


def _read_documents(db: Transaction, projects: Collection[str], ids: Sequence[str]) -> Mapping[str, Json]:
    wanted = select(contexts.c.id, contexts.c.document).where(contexts.c.project_id.in_(projects))
    return {
        row.id: row.document
        for some in _chunks(ids)
        for row in db.rows(wanted.where(contexts.c.id.in_(some)))
    }


def _context_row(learnt: LearntContext, project_ids: Mapping[str, str], now: int) -> dict[str, Any]:
    return {
        "id": learnt.id,
        **_home_of(learnt, project_ids),
        "kind": learnt.kind,
        "key": learnt.key,
        "application_id": learnt.application_id,
        "last_seen": now,
        "document": learnt.document,
    }


def _attribute_rows(learnt: LearntContext, project_ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for attribute in learnt.attributes:
        yield {
            "context_id": learnt.id,
            "name": attribute.name,
            **_home_of(learnt, project_ids),
            "kind": learnt.kind,
            "value": attribute.value,
            "at": attribute.at,
            "redacted": attribute.redacted,
        }


def _instance_row(learnt: LearntInstance, project_ids: Mapping[str, str], now: int) -> dict[str, Any]:
    return {
        "id": learnt.id,
        **_home_of(learnt, project_ids),
        "instance_id": learnt.instance_id,
        "application_id": learnt.application_id,
        "last_seen": now,
        "document": learnt.document,
    }


def _chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def list_instances(db: Transaction, home: Home, instance_id: str) -> list[ContextInstance]:
    """The same combination as several applications told it, the one seen last first."""
    table = context_instances.c
    return instance_store.list_where(
        db,
        home.holds(context_instances),
        table.instance_id == instance_id,
        order_by=[table.last_seen.desc(), table.id],
    )


def list_contexts(db: Transaction, home: Home, kind: str, key: str) -> list[Context]:
    """The same context as several applications told it, the one seen last first."""
    table = contexts.c
    return context_store.list_where(
        db,
        home.holds(contexts),
        table.kind == kind,
        table.key == key,
        order_by=[table.last_seen.desc(), table.id],
    )


def parts_of(db: Transaction, project_id: str, ids: Collection[str]) -> set[tuple[str, str]]:
    """Kind and key of the contexts that these instances are combinations of."""
    table = context_instance_parts.c
    parts = select(table.kind, table.key).where(table.project_id == project_id, table.instance_id.in_(ids))
    return {(row.kind, row.key) for row in db.rows(parts)}


def forget_instances(db: Transaction, project_id: str, ids: Sequence[str]) -> None:
    _forget(db, context_instances, project_id, ids)


def forget_contexts(db: Transaction, project_id: str, ids: Sequence[str]) -> None:
    _forget(db, contexts, project_id, ids)


def _forget(db: Transaction, table: Table, project_id: str, ids: Sequence[str]) -> None:
    for some in _chunks(ids):
        db.execute(delete(table).where(table.c.project_id == project_id, table.c.id.in_(some)))


def forget_instances_with(db: Transaction, home: Home, kind: str, key: str) -> None:
    """Every combination that a context is part of: its attributes are in their documents."""
    table = context_instance_parts.c
    part = home.holds(context_instance_parts), table.key == key, table.kind == kind
    combined = context_instances.c.id.in_(select(table.instance_id).where(*part))
    db.execute(delete(context_instances).where(home.holds(context_instances), combined))


def forget_alone(db: Transaction, home: Home, parts: Iterable[tuple[str, str]]) -> None:
    """Those of these contexts that are part of no combination of their application any more."""
    mine, theirs = contexts.c, context_instance_parts.c
    used = exists().where(
        home.holds(context_instance_parts),
        theirs.key == mine.key,
        theirs.kind == mine.kind,
        context_instances.c.project_id == home.project_id,
        context_instances.c.id == theirs.instance_id,
        context_instances.c.application_id == mine.application_id,
    )
    for some in _chunks(sorted(parts)):
        named = or_(*(and_(mine.kind == kind, mine.key == key) for kind, key in some))
        db.execute(delete(contexts).where(home.holds(contexts), named, ~used))


def forget_unseen(db: Transaction, before: int) -> None:
    """Some of what was not seen since then (Unix ms)."""
    for table in (context_instances, contexts):
        old = select(table.c.id).where(table.c.last_seen < before).limit(FORGOTTEN_AT_ONCE)
        db.execute(delete(table).where(table.c.id.in_(old)))


def is_any_unseen(db: Transaction, before: int) -> bool:
    return any(
        db.value(select(table.c.id).where(table.c.last_seen < before).limit(1)) is not None
        for table in (context_instances, contexts)
    )
