"""Listing the tags of everything that the caller may see."""

from sqlalchemy import ColumnElement

from daybreak.areas.projects.projects.resource import PROJECT
from daybreak.areas.projects.tags.requests import TagsQuery
from daybreak.areas.projects.tags.store import in_projects, list_tags
from daybreak.platform.expressions import starts_with
from daybreak.platform.tags import resource_tags
from daybreak.rest.call import Call, Page
from daybreak.rest.operations import visible
from daybreak.rest.parsing import parse_instant


def get_tags(call: Call, query: TagsQuery) -> Page:
    """Tags of projects that the caller may not view are not told, whatever in them carries the tags."""
    parse_instant(query.as_of, "asOf", call.now)
    where: list[ColumnElement[bool]] = []
    if query.kind:
        where.append(resource_tags.c.kind.in_(query.kind))
    if query.pre is not None:
        where.append(starts_with(resource_tags.c.tag, query.pre))
    seen = visible(call, PROJECT)
    if seen:
        where.append(in_projects(seen))
    tags, total = list_tags(call.db, where, query.limit, query.offset)
    return Page(tags, total, query.limit, query.offset)
