"""Which earlier deployments decide what is new in one: of thousands, those not below its own commits."""

from typing import Any

from sqlalchemy import Row, bindparam, func, select

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.commit_source import StoredCommits
from daybreak.areas.insights.facts.deployment_facts import DeploymentFact
from daybreak.areas.insights.facts.scope import FINISHED, IN_SCOPE, SUCCEEDED, Scope
from daybreak.areas.insights.facts.tables import commits, deployments
from daybreak.logic.linking.graph import Commit, new_commits
from daybreak.platform.database import Transaction

# The commits of so many earlier deployments are taken before it is known which matter.
LATEST = 20

# Generations between a commit and the newest, above which it is an old one.
FAR_BELOW = 3_000


def list_earlier_tips(
    db: Transaction, scope: Scope, source: StoredCommits, deployment: DeploymentFact
) -> list[str]:
    """The commits of earlier successes that decide what is new in this one; none if it is the first.

    The latest ones bring the lowest new commit up, and whatever else lies above it is added until nothing is
    left to add.
    """
    tip = source.at_hand.get(deployment.commit_sha or "")
    if tip is None:
        return []
    chosen = _latest_tips(db, scope, source.repository_id, deployment, tip)
    while chosen:
        fresh = new_commits(tip.sha, chosen, source)
        if not fresh:
            break
        lowest = min(each.generation for each in fresh)
        wider = chosen | _tips_above(db, scope, source.repository_id, deployment, tip, lowest)
        if wider == chosen:
            break
        chosen = wider
    return sorted(chosen)


def _latest_tips(
    db: Transaction, scope: Scope, repository_id: str, deployment: DeploymentFact, tip: Commit
) -> set[str]:
    parameters = {**scope.parameters, "repository_id": repository_id, "until": deployment.at}
    return {
        row.commit_sha
        for row in db.execute(_LATEST, parameters)
        if _is_earlier(row, row.generation, deployment, tip)
    }


def _tips_above(
    db: Transaction, scope: Scope, repository_id: str, deployment: DeploymentFact, tip: Commit, lowest: int
) -> set[str]:
    of_repository = {"repository_id": repository_id}
    highest = db.execute(_HIGHEST, of_repository).scalar_one()
    if highest - lowest > FAR_BELOW:
        # There are fewer deployments than commits above an old one.
        rows = db.execute(_ALL, {**scope.parameters, **of_repository})
        found = [(row, row.generation) for row in rows if row.generation >= lowest]
    else:
        above = db.execute(_ABOVE, {**of_repository, "lowest": lowest})
        generations = {row.sha: row.generation for row in above}
        found = [
            (row, generations[row.commit_sha])
            for part in chunks(generations)
            for row in db.execute(_AT_COMMITS, {**scope.parameters, "shas": part})
        ]
    # What counts is sorted out here: asked in SQL, it would lead the planner to the index of all that counts.
    return {
        row.commit_sha
        for row, generation in found
        if row.is_counted and row.status == FINISHED and _is_earlier(row, generation, deployment, tip)
    }


def _is_earlier(row: Row[Any], generation: int, deployment: DeploymentFact, tip: Commit) -> bool:
    """Whether another deployment came before this one: of one instant, that of the ancestor did."""
    return (row.at, generation, row.id) < (deployment.at, tip.generation, deployment.id)


_PLACE = (
    deployments.c.id,
    deployments.c.at,
    deployments.c.commit_sha,
    deployments.c.is_counted,
    deployments.c.status,
)
_OF_REPOSITORY = commits.c.repository_id == bindparam("repository_id")
_JOINED = select(*_PLACE, commits.c.generation).where(
    _OF_REPOSITORY, commits.c.sha == deployments.c.commit_sha
)

_LATEST = (
    _JOINED.where(SUCCEEDED, deployments.c.at <= bindparam("until"))
    .order_by(deployments.c.at.desc(), deployments.c.id)
    .limit(LATEST)
)
_ALL = _JOINED.where(IN_SCOPE)
_HIGHEST = select(func.max(commits.c.generation)).where(_OF_REPOSITORY)
_ABOVE = select(commits.c.sha, commits.c.generation).where(
    _OF_REPOSITORY, commits.c.generation >= bindparam("lowest")
)
_AT_COMMITS = select(*_PLACE).where(IN_SCOPE, deployments.c.commit_sha.in_(bindparam("shas", expanding=True)))
