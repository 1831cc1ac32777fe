"""Which changes each deployment was the first to bring: one by one for a few, in one pass for a whole
history.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from daybreak.areas.insights.facts.changes import COMMIT, PULL_REQUEST, change_id
from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.commit_source import StoredCommits
from daybreak.areas.insights.facts.deployment_facts import (
    EVERY_DEPLOYMENT,
    DeploymentFact,
    list_deployments,
)
from daybreak.areas.insights.facts.earlier_tips import list_earlier_tips
from daybreak.areas.insights.facts.scope import SUCCEEDED, Scope
from daybreak.areas.insights.facts.stored_changes import StoredPullRequests, load_pull_requests
from daybreak.areas.insights.facts.tables import deployment_changes, deployments
from daybreak.logic.linking.changes import Change
from daybreak.logic.linking.delivery import delivered_changes, delivered_changes_in_sequence
from daybreak.logic.linking.graph import Commit
from daybreak.logic.linking.paths import touches
from daybreak.platform.database import Transaction

# More deployments than this are linked faster by reading the whole history once.
MOST_ONE_BY_ONE = 20

_SUCCESSES = EVERY_DEPLOYMENT.where(SUCCEEDED, deployments.c.repository_id == bindparam("repository_id"))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A change, whose it is, and the people known to have written it."""

    change: Change
    repository_id: str
    author: str
    people: frozenset[str]


def sign(change: Change, repository_id: str, at_hand: Mapping[str, Commit]) -> Delivery:
    known = [at_hand[sha] for sha in change.commits if sha in at_hand]
    # Whoever merged it need not be whoever wrote it.
    brought = [commit for commit in known if commit.sha != change.sha] or known
    first = min(brought, key=lambda commit: commit.authored_at, default=None)
    people = frozenset(commit.author for commit in brought if not commit.is_bot)
    return Delivery(change, repository_id, first.author if first else "", people)


def list_deliveries(
    db: Transaction,
    scope: Scope,
    repository_id: str,
    targets: Sequence[DeploymentFact],
    path_globs: Sequence[str],
) -> dict[str, list[Delivery]]:
    """What each of `targets`, successful deployments out of this repository, brought; by deployment id.

    Everything earlier is in the database, without links of `targets` or of anything later.
    """
    source = StoredCommits(db, repository_id, needs_paths=bool(path_globs))
    if len(targets) > MOST_ONE_BY_ONE:
        brought = _in_one_pass(db, scope, source, {each.id for each in targets})
    else:
        brought = _one_by_one(db, scope, source, targets)
    brought = _without_delivered(db, scope, repository_id, brought)
    return {
        id: [
            sign(change, repository_id, source.at_hand)
            for change in found
            if touches(change.paths, path_globs)
        ]
        for id, found in brought.items()
    }


def _in_one_pass(
    db: Transaction, scope: Scope, source: StoredCommits, targets: set[str]
) -> dict[str, list[Change]]:
    source.load_every()
    every = in_order(
        list_deployments(db, _SUCCESSES, {**scope.parameters, "repository_id": source.repository_id}),
        source.at_hand,
    )
    tips = [each.commit_sha or "" for each in every]
    pull_requests = load_pull_requests(db, source.repository_id)
    found = delivered_changes_in_sequence(tips, source, pull_requests, source.remarks())
    return {each.id: brought for each, brought in zip(every, found, strict=True) if each.id in targets}


def in_order(every: Iterable[DeploymentFact], at_hand: Mapping[str, Commit]) -> list[DeploymentFact]:
    """Successful deployments as they followed each other: those of one instant with the ancestor first."""

    def place(each: DeploymentFact) -> tuple[int, int, str]:
        commit = at_hand.get(each.commit_sha or "")
        return each.at, commit.generation if commit else 0, each.id

    return sorted(every, key=place)


def _one_by_one(
    db: Transaction, scope: Scope, source: StoredCommits, targets: Sequence[DeploymentFact]
) -> dict[str, list[Change]]:
    source.load({each.commit_sha for each in targets if each.commit_sha})
    pull_requests = StoredPullRequests(db, source.repository_id)
    brought: dict[str, list[Change]] = {}
    for each in in_order(targets, source.at_hand):
        tip = each.commit_sha or ""
        earlier = list_earlier_tips(db, scope, source, each)
        brought[each.id] = delivered_changes(tip, earlier, source, pull_requests, source.remarks())
    return brought


def _without_delivered(
    db: Transaction, scope: Scope, repository_id: str, brought: Mapping[str, Sequence[Change]]
) -> dict[str, list[Change]]:
    """Each change counts once. What an earlier deployment brought is known even where its row is gone, and it
    can no longer be told by its commit.
    """
    ids = {change: _id_of(change, repository_id) for found in brought.values() for change in found}
    delivered = _delivered(db, scope, set(ids.values()))
    new: dict[str, list[Change]] = {}
    for id, found in brought.items():
        new[id] = [change for change in found if ids[change] not in delivered]
        delivered |= {ids[change] for change in found}
    return new


def _id_of(change: Change, repository_id: str) -> str:
    if change.pull_request is None:
        return change_id(repository_id, COMMIT, change.sha)
    return change_id(repository_id, PULL_REQUEST, str(change.pull_request))


def _delivered(db: Transaction, scope: Scope, ids: set[str]) -> set[str]:
    """Those of the changes that an earlier deployment brought."""
    columns = (deployment_changes.c.change_id, deployment_changes.c.application_key)
    of_environment = and_(
        deployment_changes.c.project_id == scope.project_id,
        deployment_changes.c.environment_id == scope.environment_id,
    )
    return {
        row.change_id
        for part in chunks(ids)
        for row in db.rows(select(*columns).where(of_environment, deployment_changes.c.change_id.in_(part)))
        if row.application_key == scope.application_key
    }
