"""The one URL of tags."""

from daybreak.areas.projects.tags.operations import get_tags
from daybreak.areas.projects.tags.requests import TagsQuery
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="GET",
        path="/api/v2/tags",
        run=get_tags,
        operation="getTags",
        tag="Tags",
        summary="List tags",
        action="viewProject",
        specifier="proj/*",
        query=TagsQuery,
        answer=list[str],
    ),
]
