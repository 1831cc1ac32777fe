"""Environments inside a representation of their project."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.store import list_environments
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call, Shape
from daybreak.rest.links import links


def project_keys(db: Transaction, project_ids: set[str]) -> dict[str, str]:
    """Keys of projects by id. One query."""
    rows = db.rows(select(projects.c.id, projects.c.key).where(projects.c.id.in_(project_ids)))
    return {row.id: row.key for row in rows}


def load_environments(
    call: Call, paths: Mapping[str, str], represent: Callable[[Sequence[Environment]], Sequence[Shape]]
) -> dict[str, Any]:
    """The environments of each project as a collection, by project id. `paths` gives the projects' own
    paths.
    """
    found = list_environments(call.db, set(paths))
    by_project: dict[str, list[Shape]] = defaultdict(list)
    for environment, shape in zip(found, represent(found), strict=True):
        by_project[environment.project_id].append(shape)
    return {
        id: {
            "items": by_project[id],
            "totalCount": len(by_project[id]),
            "_links": links(self=f"{path}/environments"),
        }
        for id, path in paths.items()
    }
