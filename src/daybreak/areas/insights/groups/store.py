"""Insight groups in the database."""

from sqlalchemy import ColumnElement, select

from daybreak.areas.insights.facts.tables import insight_groups
from daybreak.areas.insights.groups.model import InsightGroup
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

group_store = TableStore(InsightGroup, insight_groups)


def find_group(db: Transaction, key: str) -> InsightGroup:
    """Raises NotFound."""
    found = group_store.find(db, insight_groups.c.key == key)
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no insight group {key!r}")
    return found


def is_key_taken(db: Transaction, key: str) -> bool:
    return db.value(select(insight_groups.c.id).where(insight_groups.c.key == key)) is not None


def list_groups(db: Transaction, where: list[ColumnElement[bool]]) -> list[InsightGroup]:
    return group_store.list_where(db, *where)
