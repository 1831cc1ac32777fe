"""What code references say about flags: how often they are mentioned, and when their last mention went."""

from sqlalchemy import ColumnElement

from daybreak.areas.flags.code_references.representation import (
    ExtinctionsShape,
    StatisticsRootShape,
    StatisticsShape,
    represent_extinctions,
    represent_statistics,
    represent_statistics_root,
)
from daybreak.areas.flags.code_references.requests import ExtinctionsQuery, StatisticsQuery
from daybreak.areas.flags.code_references.resource import CODE_REPOSITORY
from daybreak.areas.flags.code_references.store import (
    list_counts,
    list_extinctions,
    list_project_keys,
    repositories_by_id,
    repository_key,
)
from daybreak.areas.flags.code_references.tables import code_extinctions, code_repositories
from daybreak.areas.projects.queries import project, projects_by_key
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.operations import visible

VIEW_PROJECT = "viewProject"


def read_extinctions(call: Call, query: ExtinctionsQuery) -> ExtinctionsShape:
    """Of the repositories that the caller may see."""
    if (query.start is None) != (query.end is None):
        raise InvalidRequest("from and to are given together, or not at all")
    if query.start is not None and query.end is not None and query.start > query.end:
        raise InvalidRequest("from is later than to")
    where: list[ColumnElement[bool]] = []
    if query.repository_name is not None:
        where.append(code_repositories.c.key == repository_key(query.repository_name))
    if query.project_key is not None:
        where.append(code_extinctions.c.project_key == query.project_key)
    if query.flag_key is not None:
        where.append(code_extinctions.c.flag_key == query.flag_key)
    if query.start is not None:
        where.append(code_extinctions.c.time.between(query.start, query.end))
    seen = visible(call, CODE_REPOSITORY)
    return represent_extinctions(list_extinctions(call.db, [*where, *seen], query.branch_name))


def read_statistics_root(call: Call) -> StatisticsRootShape:
    """The projects that the caller may see, and that visible repositories mention."""
    keys = list_project_keys(call.db, visible(call, CODE_REPOSITORY))
    known = projects_by_key(call.db, keys)
    seen = [key for key in sorted(known) if call.actor.may(VIEW_PROJECT, known[key].address)]
    return represent_statistics_root(seen)


def read_statistics(call: Call, query: StatisticsQuery, project_key: str) -> StatisticsShape:
    """Default branches alone count, of repositories that the caller may see."""
    call.actor.require((VIEW_PROJECT,), project(call.db, project_key).address)
    counts = list_counts(call.db, project_key, query.flag_key, visible(call, CODE_REPOSITORY))
    repositories = repositories_by_id(call.db, {count.repository_id for count in counts})
    return represent_statistics(project_key, counts, repositories)
