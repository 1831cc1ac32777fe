"""Which changes each deployment was the first to bring: one by one for a few, in one pass for a whole history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select

from daybreak.areas.insights.facts.changes import PULL_REQUEST
from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.commit_source import StoredCommits
from daybreak.areas.insights.facts.deployment_facts import DeploymentFact, list_deployments
from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.insights.facts.stored_changes import StoredPullRequests, load_pull_requests
from daybreak.areas.insights.facts.tables import changes, commits, deployment_changes, deployments
from daybreak.logic.linking.changes import Change
from daybreak.logic.linking.delivery import delivered_changes, delivered_changes_in_sequence
from daybreak.logic.linking.graph import Commit, new_commits
from daybreak.logic.linking.paths import touches
from daybreak.platform.database import Transaction

# More deployments than this are linked faster by reading the whole history once.
MOST_ONE_BY_ONE = 20

# The commits of so many earlier deployments are taken before it is known which matter.
LATEST = 20


@dataclass(frozen=True, slots=True)
class Delivery:
    """A change, whose it is, and the people known to have written it."""

    change: Change
    repository_id: str
    author: str
    people: frozenset[str]


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
    return {
        id: [
            _signed(change, repository_id, source.at_hand)
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
        list_deployments(db, scope.successes, deployments.c.repository_id == source.repository_id),
        source.at_hand,
    )
    tips = [each.commit_sha or "" for each in every]
    pull_requests = load_pull_requests(db, source.repository_id)
    found = delivered_changes_in_sequence(tips, source, pull_requests, source.remarks())
    return {each.id: brought for each, brought in zip(every, found, strict=True) if each.id in targets}


def in_order(
    every: Iterable[DeploymentFact], at_hand: Mapping[str, Commit]
) -> list[DeploymentFact]:
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
        earlier = _earlier_tips(db, scope, source, each)
        brought[each.id] = delivered_changes(tip, earlier, source, pull_requests, source.remarks())
    numbers = {change.pull_request for found in brought.values() for change in found}
    delivered = _delivered(db, scope, source.repository_id, numbers - {None})
    for id, found in brought.items():
        brought[id] = [change for change in found if change.pull_request not in delivered]
        delivered |= {change.pull_request for change in found if change.pull_request is not None}
    return brought


def _delivered(
    db: Transaction, scope: Scope, repository_id: str, numbers: Iterable[int | None]
) -> set[int | None]:
    """Those of the pull requests that an earlier deployment brought: each counts once."""
    found: set[int | None] = set()
    for part in chunks(str(number) for number in numbers):
        statement = select(changes.c.external_id).where(
            changes.c.repository_id == repository_id,
            changes.c.kind == PULL_REQUEST,
            changes.c.external_id.in_(part),
            deployment_changes.c.change_id == changes.c.id,
            deployment_changes.c.environment_id == scope.environment_id,
            deployment_changes.c.application_key == scope.application_key,
        )
        found |= {int(row.external_id) for row in db.rows(statement)}
    return found


def _earlier_tips(
    db: Transaction, scope: Scope, source: StoredCommits, deployment: DeploymentFact
) -> list[str]:
    """The commits of earlier deployments that decide what is new in this one; none if it is the first.

    Of thousands only those matter that do not lie below the lowest new commit. The latest ones bring that commit
    up, and whatever else lies above it is added until nothing is left to add.
    """
    tip = source.at_hand.get(deployment.commit_sha or "")
    if tip is None:
        return []
    earlier = _earlier_than(deployment, tip, scope, source.repository_id)
    latest = (
        select(commits.c.sha)
        .where(earlier, commits.c.repository_id == source.repository_id)
        .order_by(deployments.c.at.desc(), deployments.c.id)
        .limit(LATEST)
    )
    chosen = {row.sha for row in db.rows(latest)}
    while chosen:
        fresh = new_commits(tip.sha, chosen, source)
        if not fresh:
            break
        above = select(commits.c.sha).where(
            commits.c.repository_id == source.repository_id,
            commits.c.generation >= min(each.generation for each in fresh),
            exists().where(earlier),
        )
        wider = chosen.union(row.sha for row in db.rows(above))
        if wider == chosen:
            break
        chosen = wider
    return sorted(chosen)


def _earlier_than(
    deployment: DeploymentFact, tip: Commit, scope: Scope, repository_id: str
) -> ColumnElement[bool]:
    """Whether a deployment of a row of commits succeeded before this one; see `in_order` for equal times."""
    return and_(
        scope.successes,
        deployments.c.commit_sha == commits.c.sha,
        deployments.c.repository_id == repository_id,
        or_(
            deployments.c.at < deployment.at,
            and_(
                deployments.c.at == deployment.at,
                or_(
                    commits.c.generation < tip.generation,
                    and_(commits.c.generation == tip.generation, deployments.c.id < deployment.id),
                ),
            ),
        ),
    )


def _signed(change: Change, repository_id: str, at_hand: Mapping[str, Commit]) -> Delivery:
    known = [at_hand[sha] for sha in change.commits if sha in at_hand]
    # Whoever merged it need not be whoever wrote it.
    brought = [commit for commit in known if commit.sha != change.sha] or known
    first = min(brought, key=lambda commit: commit.authored_at, default=None)
    people = frozenset(commit.author for commit in brought if not commit.is_bot)
    return Delivery(change, repository_id, first.author if first else "", people)
