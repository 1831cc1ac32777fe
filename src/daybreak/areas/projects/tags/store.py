"""The names in the one table of tags, each once."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, distinct, func, select

from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.database import Transaction
from daybreak.platform.tags import resource_tags


def in_projects(where: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether a tag belongs to something in one of the projects."""
    return resource_tags.c.project_id.in_(select(projects.c.id).where(*where))


def list_tags(
    db: Transaction, where: Sequence[ColumnElement[bool]], limit: int, offset: int
) -> tuple[list[str], int]:
    """One page of tags in alphabetical order, and how many there are. Two queries."""
    tag = resource_tags.c.tag
    total = db.value(select(func.count(distinct(tag))).where(*where))
    page = select(tag).where(*where).group_by(tag).order_by(tag).limit(limit).offset(offset)
    return [row.tag for row in db.rows(page)], int(total)
