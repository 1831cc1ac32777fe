"""Insight groups in the database."""

from sqlalchemy import ColumnElement

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


def list_groups(db: Transaction, where: list[ColumnElement[bool]]) -> list[InsightGroup]:
    return group_store.list_where(db, *where)
