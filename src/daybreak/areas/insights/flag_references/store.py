"""The commits of pull requests and deployments, and where these lie in their history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Row, select

from daybreak.areas.insights.facts.changes import COMMIT
from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.tables import changes, commits, deployment_changes
from daybreak.areas.insights.flag_references.model import Commits
from daybreak.platform.database import Transaction

_COLUMNS = (
    changes.c.repository_id,
    changes.c.kind,
    changes.c.external_id,
    changes.c.merge_sha,
    changes.c.head_sha,
    changes.c.commit_shas,
)


def commits_of_pull_requests(db: Transaction, ids: Iterable[str]) -> dict[str, Commits]:
    wanted = select(changes.c.id.label("owner"), *_COLUMNS).where(changes.c.id.in_(list(ids)))
    return _gather(db.rows(wanted))


def commits_of_deployments(
    db: Transaction, project_ids: Collection[str], ids: Iterable[str]
) -> dict[str, Commits]:
    """What each deployment in these projects was the first of its application to bring."""
    wanted = (
        select(deployment_changes.c.deployment_id.label("owner"), *_COLUMNS)
        .join(changes, changes.c.id == deployment_changes.c.change_id)
        .where(
            deployment_changes.c.deployment_id.in_(list(ids)),
            deployment_changes.c.project_id.in_(project_ids),
        )
    )
    return _gather(db.rows(wanted))


def _gather(rows: Iterable[Row[Any]]) -> dict[str, Commits]:
    repository_ids: dict[str, set[str]] = defaultdict(set)
    shas: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        own = row.external_id if row.kind == COMMIT else None
        named = (own, row.merge_sha, row.head_sha, *(row.commit_shas or ()))
        shas[row.owner].update(sha for sha in named if sha)
        repository_ids[row.owner].add(row.repository_id)
    return {owner: Commits(repository_ids[owner], found) for owner, found in shas.items()}


def first_parents_of(
    db: Transaction, repository_ids: Collection[str], shas: Collection[str]
) -> Mapping[str, str | None]:
    """By commit; a root has None, and a commit that nobody told of is missing."""
    found: dict[str, str | None] = {}
    for part in chunks(shas):
        known = select(commits.c.sha, commits.c.parents).where(
            commits.c.repository_id.in_(repository_ids), commits.c.sha.in_(part)
        )
        found |= {row.sha: next(iter(row.parents.split()), None) for row in db.rows(known)}
    return found
