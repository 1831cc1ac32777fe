"""Tags of any resource, in one table, so that they can be listed, filtered by, and spoken of in policies."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Column, ColumnElement, Index, Table, Text, delete, func, select

from daybreak.platform.columns import text
from daybreak.platform.database import Transaction, metadata

resource_tags = Table(
    "resource_tags",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("resource_id", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    text("project_id"),
    Index("ix_resource_tags_tag", "tag", "kind"),
    Index("ix_resource_tags_project", "project_id"),
)


def replace_tags(db: Transaction, kind: str, resource_id: str, project_id: str, tags: Iterable[str]) -> None:
    """Makes `tags` the tags of the resource. `project_id` is empty for what belongs to no project."""
    remove_tags(db, kind, resource_id)
    db.insert(
        resource_tags,
        [
            {"kind": kind, "resource_id": resource_id, "tag": tag, "project_id": project_id}
            for tag in sorted(set(tags))
        ],
    )


def remove_tags(db: Transaction, kind: str, resource_id: str) -> None:
    db.execute(
        delete(resource_tags).where(resource_tags.c.kind == kind, resource_tags.c.resource_id == resource_id)
    )


def remove_project_tags(db: Transaction, project_id: str) -> None:
    """Forgets the tags of everything in a project that is deleted."""
    db.execute(delete(resource_tags).where(resource_tags.c.project_id == project_id))


def has_tag(
    kind: str, id_column: ColumnElement[str], test: Callable[[ColumnElement[str]], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Whether a resource has a tag that passes."""
    passing = select(resource_tags.c.resource_id).where(
        resource_tags.c.kind == kind, test(resource_tags.c.tag)
    )
    return id_column.in_(passing)


def has_every_tag(kind: str, id_column: ColumnElement[str], tags: Sequence[str]) -> ColumnElement[bool]:
    """Whether a resource has all of `tags`."""
    wanted = set(tags)
    found = (
        select(func.count())
        .where(
            resource_tags.c.kind == kind,
            resource_tags.c.resource_id == id_column,
            resource_tags.c.tag.in_(wanted),
        )
        .scalar_subquery()
    )
    return found == len(wanted)
