"""Repositories made, and what is shown of them and their branches. What scanners tell is in scans.py."""

from collections.abc import Sequence

from daybreak.areas.flags.code_references.model import CodeBranch, CodeReference, CodeRepository
from daybreak.areas.flags.code_references.representation import (
    BranchShape,
    CodeRepositoryShape,
    represent_branch,
    represent_repository,
)
from daybreak.areas.flags.code_references.requests import (
    DEFAULT_BRANCH,
    NewCodeRepository,
    ReferencesQuery,
    RepositoriesQuery,
)
from daybreak.areas.flags.code_references.resource import CODE_BRANCH, CODE_REPOSITORY
from daybreak.areas.flags.code_references.store import (
    list_branches,
    list_references,
    repository_key,
    repository_store,
)
from daybreak.areas.flags.code_references.tables import code_repositories
from daybreak.platform.identifiers import object_id
from daybreak.rest.access import tell_access
from daybreak.rest.call import Call, Page
from daybreak.rest.operations import read_one, visible


def make_repository(call: Call, body: NewCodeRepository) -> CodeRepository:
    return CodeRepository(
        id=object_id(),
        key=repository_key(body.name),
        name=body.name,
        type=body.type,
        source_link=body.source_link,
        commit_url_template=body.commit_url_template,
        hunk_url_template=body.hunk_url_template,
        default_branch=body.default_branch or DEFAULT_BRANCH,
        enabled=True,
        created_at=call.now,
        version=1,
    )


def list_repositories(call: Call, query: RepositoriesQuery) -> Page:
    """All that the caller may see, by name. Two more queries where branches and references are asked for."""
    narrowed = visible(call, CODE_REPOSITORY)
    found = repository_store.list_where(call.db, *narrowed, order_by=(code_repositories.c.key,))
    with_references = bool(query.with_references_for_default_branch or query.flag_key)
    if not (query.with_branches or with_references):
        return _page(call, found, [represent_repository(repository) for repository in found])
    branches = list_branches(call.db, {repository.id for repository in found})
    references = _references_of_default_branches(call, found, branches, query) if with_references else {}
    shapes = [represent_repository(each, branches.get(each.id, ()), references) for each in found]
    return _page(call, found, shapes)


def _page(call: Call, found: Sequence[CodeRepository], shapes: Sequence[CodeRepositoryShape]) -> Page:
    tell_access(call, CODE_REPOSITORY, found, shapes)
    return Page(shapes, len(shapes))


def _references_of_default_branches(
    call: Call,
    repositories: Sequence[CodeRepository],
    branches: dict[str, list[CodeBranch]],
    query: ReferencesQuery,
) -> dict[str, list[CodeReference]]:
    default = {
        branch.id
        for repository in repositories
        for branch in branches.get(repository.id, ())
        if branch.name == repository.default_branch
    }
    return list_references(call.db, default, query.project_key, query.flag_key)


def list_repository_branches(call: Call, repo: str) -> Page:
    repository = read_one(call, CODE_REPOSITORY, repo=repo)
    found = list_branches(call.db, {repository.id}).get(repository.id, [])
    return Page([represent_branch(repository, branch) for branch in found], len(found))


def read_branch(call: Call, query: ReferencesQuery, repo: str, branch: str) -> BranchShape:
    found = read_one(call, CODE_BRANCH, repo=repo, branch=branch)
    repository = read_one(call, CODE_REPOSITORY, repo=repo)
    references = list_references(call.db, {found.id}, query.project_key, query.flag_key)
    return represent_branch(repository, found, references[found.id])
