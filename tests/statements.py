"""Counts what is asked of a database, and reads what was written beside the answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, select

from daybreak.platform.audit import audit_entries
from daybreak.platform.database import Database


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that run within the block, whichever worker runs them."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if connection.engine.url == database.engine.url:
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def count_statements(database: Database, run: Callable[[], Any]) -> int:
    """How many statements the second run needs, when tokens are remembered."""
    run()
    with statements(database) as seen:
        run()
    return len(seen)


def list_audit(database: Database, kind: str) -> list[Any]:
    """The changes of one kind of resource, each as a row: refused writes, which did nothing, are left out."""
    with database.reading() as db:
        order = (audit_entries.c.at, audit_entries.c.title_verb, audit_entries.c.name)
        rows = db.rows(select(audit_entries).where(audit_entries.c.kind == kind).order_by(*order))
        return [row for row in rows if row.actions]
