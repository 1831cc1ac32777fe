"""Environments inside a representation of their project."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.representation import represent_environments
from daybreak.areas.projects.environments.store import list_environments
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.links import links


def project_keys(db: Transaction, project_ids: set[str]) -> dict[str, str]:
    """Keys of projects by id. One query."""
    rows = db.rows(select(projects.c.id, projects.c.key).where(projects.c.id.in_(project_ids)))
    return {row.id: row.key for row in rows}


def load_environments(call: Call, paths: Mapping[str, str]) -> dict[str, Any]:
    """The environments of each project as a collection, by project id. `paths` gives the projects' own
    paths.
    """
    found = list_environments(call.db, set(paths))
    by_project: dict[str, list[Environment]] = defaultdict(list)
    for environment in found:
        by_project[environment.project_id].append(environment)
    keys = project_keys(call.db, set(paths))
    return {
        id: {
            "items": represent_environments(by_project[id], keys),
            "totalCount": len(by_project[id]),
            "_links": links(self=f"{path}/environments"),
        }
        for id, path in paths.items()
    }
