"""Repositories, the projects they belong to, and what applications are built from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import and_, bindparam, delete, select, update

from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.insights.facts.tables import repositories, repository_projects, sources
from daybreak.platform.database import Transaction
from daybreak.platform.identifiers import stable_uuid

GITHUB = "github"
GITLAB = "gitlab"
GIT = "git"


@dataclass(frozen=True, slots=True)
class RepositoryFact:
    """`type` is github, gitlab, or git where nobody knows who hosts it."""

    id: str
    key: str
    type: str
    url: str
    main_branch: str

    def pull_request_url(self, number: int) -> str:
        """Where people read the pull request; empty if the host is not known."""
        path = {GITHUB: "/pull/", GITLAB: "/-/merge_requests/"}.get(self.type)
        return f"{self.url}{path}{number}" if path and self.url else ""


_COLUMNS = (
    repositories.c.id,
    repositories.c.key,
    repositories.c.type,
    repositories.c.url,
    repositories.c.main_branch,
)


def ensure_repository(db: Transaction, key: str, kind: str, url: str, main_branch: str, now: int) -> str:
    """The repository's id. What is known of it stays unless the caller knows better: empty is unknown."""
    id = stable_uuid("repository", key)
    known = db.first(select(*_COLUMNS).where(repositories.c.key == key))
    if known is None:
        row: dict[str, Any] = {"id": id, "key": key, "type": kind, "url": url, "main_branch": main_branch}
        row |= {"created_at": now, "version": 1}
        db.insert_or_update(repositories, [row], [])
        return id
    better = {
        # A clone does not tell who hosts it, a webhook does.
        "type": known.type if kind == GIT else kind,
        "url": url or known.url,
        "main_branch": main_branch or known.main_branch,
    }
    if better != {name: getattr(known, name) for name in better}:
        change = update(repositories).where(repositories.c.id == known.id)
        db.execute(change.values(**better, version=repositories.c.version + 1))
    return str(known.id)


def associate(db: Transaction, repository_id: str, project_id: str) -> None:
    row = {"repository_id": repository_id, "project_id": project_id}
    key = (repository_projects.c.repository_id, repository_projects.c.project_id)
    db.insert_or_update(repository_projects, [row], [], key=key)


def dissociate(db: Transaction, repository_id: str, project_id: str) -> None:
    both = (
        repository_projects.c.repository_id == repository_id,
        repository_projects.c.project_id == project_id,
    )
    db.execute(delete(repository_projects).where(*both))


def read_repository(db: Transaction, repository_id: str) -> RepositoryFact:
    rows: Sequence[Any] = db.rows(select(*_COLUMNS).where(repositories.c.id == repository_id))
    return RepositoryFact(*rows[0])


def name_source(db: Transaction, scope: Scope, repository_id: str, path_globs: Sequence[str]) -> None:
    """Says what the application is built from; without globs from the whole repository."""
    key = {
        "environment_id": scope.environment_id,
        "application_key": scope.application_key,
        "repository_id": repository_id,
    }
    row = {"id": stable_uuid("source", *key.values()), **key, "path_globs": list(path_globs)}
    db.insert_or_update(sources, [row], ["path_globs"], key=[sources.c[name] for name in key])


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the versions of a scope may come from: repositories, the likeliest first, and globs by
    repository.
    """

    repository_ids: tuple[str, ...]
    path_globs: dict[str, tuple[str, ...]]


def list_origins(db: Transaction, scope: Scope) -> Origins:
    rows = db.execute(_ORIGINS, scope.parameters).all()
    globs = {row.repository_id: tuple(row.path_globs) for row in rows if row.path_globs is not None}
    return Origins(tuple(dict.fromkeys([*globs, *(row.repository_id for row in rows)])), globs)


# A source in a repository that no longer belongs to the project says nothing any more.
_ORIGINS = (
    select(repository_projects.c.repository_id, sources.c.path_globs)
    .select_from(
        repository_projects.outerjoin(
            sources,
            and_(
                sources.c.repository_id == repository_projects.c.repository_id,
                sources.c.environment_id == bindparam("environment_id"),
                sources.c.application_key == bindparam("application_key"),
            ),
        )
    )
    .where(repository_projects.c.project_id == bindparam("project_id"))
    .order_by(repository_projects.c.repository_id)
)


def list_projects(db: Transaction, repository_id: str) -> list[str]:
    """The ids of the projects that the repository belongs to."""
    column = repository_projects.c.project_id
    statement = select(column).where(repository_projects.c.repository_id == repository_id).order_by(column)
    return [row.project_id for row in db.rows(statement)]


def type_of_host(url: str) -> str:
    """Who hosts a repository, as far as its address tells."""
    host = (urlsplit(url).hostname or "").lower()
    if host == "github.com":
        return GITHUB
    return GITLAB if host == "gitlab.com" or host.startswith("gitlab.") else GIT
