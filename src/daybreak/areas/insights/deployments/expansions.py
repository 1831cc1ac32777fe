"""Parts of a deployment that a caller may ask for: its pull requests, and the flags they touch."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from daybreak.areas.insights.deployments.model import Deployment
from daybreak.areas.insights.facts.changes import PULL_REQUEST
from daybreak.areas.insights.facts.tables import changes, deployment_changes
from daybreak.areas.insights.flag_references.matching import load_references
from daybreak.areas.insights.flag_references.store import commits_of_deployments
from daybreak.areas.insights.pull_requests.representation import (
    PullRequestShape,
    PullRequestsShape,
    represent_pull_request,
)
from daybreak.areas.insights.pull_requests.store import pull_request_store
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expansion


def load_pull_requests(call: Call, found: Sequence[Deployment]) -> dict[str, Any]:
    """The pull requests that each deployment was the first of its application to deliver."""
    statement = (
        select(deployment_changes.c.deployment_id, changes)
        .join(changes, changes.c.id == deployment_changes.c.change_id)
        .where(
            deployment_changes.c.project_id.in_({deployment.project_id for deployment in found}),
            deployment_changes.c.deployment_id.in_([deployment.id for deployment in found]),
            changes.c.kind == PULL_REQUEST,
        )
        .order_by(changes.c.listed_at.desc(), changes.c.id.desc())
    )
    shapes: dict[str, list[PullRequestShape]] = defaultdict(list)
    for row in call.db.rows(statement):
        pull_request = pull_request_store.from_row(row)
        shapes[row.deployment_id].append(represent_pull_request(pull_request, status="deployed"))
    return {
        deployment.id: PullRequestsShape(items=shapes[deployment.id], total_count=len(shapes[deployment.id]))
        for deployment in found
    }


def load_flag_references(call: Call, found: Sequence[Deployment]) -> dict[str, Any]:
    """The flags that came into the code, or left it, with what each deployment was the first to deliver."""
    ids, projects = [each.id for each in found], {each.project_id for each in found}
    return {**load_references(call, ids, commits_of_deployments(call.db, projects, ids))}


EXPANSIONS = (
    Expansion("pullRequests", "the pull requests it delivered", load_pull_requests),
    Expansion("flagReferences", "the flags its changes refer to", load_flag_references),
)
