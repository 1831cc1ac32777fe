"""Repositories as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.insights.repositories.model import Repository
from daybreak.areas.projects.queries import ProjectFact
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path

REPOSITORIES_PATH = "/api/v2/engineering-insights/repositories"


class ProjectSummaryShape(Shape):
    """A project that a repository belongs to."""

    id: str = msgspec.field(name="_id")
    links_: Links = msgspec.field(name="_links")
    key: str
    name: str


class ProjectSummariesShape(Shape):
    """The projects that a repository belongs to."""

    items: list[ProjectSummaryShape]
    total_count: int


class RepositoryShape(Shape):
    """A repository."""

    id: str = msgspec.field(name="_id")
    version: int
    key: str
    type: str
    url: str
    main_branch: str
    projects: ProjectSummariesShape | msgspec.UnsetType = msgspec.UNSET


class AssociationShape(Shape):
    """A repository that belongs to a project."""

    repository_key: str
    project_key: str


def represent_projects(found: Sequence[ProjectFact]) -> ProjectSummariesShape:
    items = [
        ProjectSummaryShape(
            id=project.id,
            links_=links(self=path("/api/v2/projects/{key}", key=project.key)),
            key=project.key,
            name=project.name,
        )
        for project in found
    ]
    return ProjectSummariesShape(items=items, total_count=len(items))


def represent_repositories(
    found: Sequence[Repository], expanded: Mapping[str, Mapping[str, Any]]
) -> list[RepositoryShape]:
    projects = expanded.get("projects", {})
    return [
        RepositoryShape(
            id=repository.id,
            version=repository.version,
            key=repository.key,
            type=repository.type,
            url=repository.url,
            main_branch=repository.main_branch,
            projects=projects.get(repository.id, msgspec.UNSET),
        )
        for repository in found
    ]
