"""What callers may send about repositories."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Key

RepositoryKey = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*$(?!\n)",
        min_length=1,
        max_length=256,
        description="as its host names it, for example owner/name",
    ),
]


class Mapping(Body):
    """A repository that belongs to a project."""

    repository_key: RepositoryKey
    project_key: Key


class Mappings(Body):
    """Associations to make. Those that exist stay."""

    mappings: Annotated[list[Mapping], msgspec.Meta(min_length=1, max_length=100)]


class RepositoriesQuery(Query):
    """What to show besides the repositories themselves."""

    expand: Annotated[str | None, msgspec.Meta(description="known: projects")] = None
