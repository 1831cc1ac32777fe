"""Every URL of repositories."""

from daybreak.areas.insights.repositories import operations
from daybreak.areas.insights.repositories.representation import (
    REPOSITORIES_PATH,
    AssociationShape,
    RepositoryShape,
)
from daybreak.areas.insights.repositories.requests import Mappings, RepositoriesQuery
from daybreak.rest.routing import Route

TAG = "Insights repositories (beta)"

ROUTES = [
    Route(
        method="GET",
        path=REPOSITORIES_PATH,
        run=operations.list_all_repositories,
        operation="getInsightsRepositories",
        tag=TAG,
        summary="List repositories",
        action=operations.VIEW,
        specifier="repository/*",
        query=RepositoriesQuery,
        answer=list[RepositoryShape],
        beta=True,
    ),
    Route(
        method="PUT",
        path=f"{REPOSITORIES_PATH}/projects",
        run=operations.associate_repositories,
        operation="associateRepositoriesAndProjects",
        tag=TAG,
        summary="Associate repositories with projects",
        action=operations.ASSOCIATE,
        specifier="proj/*:repository/*",
        body=Mappings,
        answer=list[AssociationShape],
        beta=True,
    ),
    Route(
        method="DELETE",
        path=f"{REPOSITORIES_PATH}/{{repositoryKey}}/projects/{{projectKey}}",
        run=operations.remove_association,
        operation="deleteRepositoryProject",
        tag=TAG,
        summary="Take a repository out of a project",
        action=operations.DISSOCIATE,
        specifier="proj/*:repository/*",
        status=204,
        beta=True,
    ),
]
