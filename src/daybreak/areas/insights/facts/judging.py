"""Which deployments failed, and what followed: judged within the stretch of time that an event can change.

Only the newest deployments of a scope are read, back to a success that nothing later can turn into a failure,
and of what lies before only when each version first succeeded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, bindparam, func, select

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.deployment_facts import (
    EVERY_DEPLOYMENT,
    DeploymentFact,
    list_deployments,
)
from daybreak.areas.insights.facts.scope import FINISHED, IN_SCOPE, Scope
from daybreak.areas.insights.facts.stored_changes import changes_by_id
from daybreak.areas.insights.facts.successes import OF_COMMITS, OF_VERSIONS, read_successes
from daybreak.areas.insights.facts.tables import changes, deployment_changes, deployments
from daybreak.logic.linking.deployments import Deployment, Outcome
from daybreak.logic.linking.failures import REVERT_WINDOW, Verdicts, judge
from daybreak.platform.database import Transaction

# Deployments read at first when looking back; each further look reads four times as many.
FIRST_LOOK = 16

_COUNTED = and_(IN_SCOPE, deployments.c.is_counted.is_(True), deployments.c.at < bindparam("since"))
_BEFORE = (
    EVERY_DEPLOYMENT.where(_COUNTED)
    .order_by(deployments.c.at.desc(), deployments.c.id.desc())
    .limit(bindparam("most"))
)

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """`earlier` as they were stored, and what became of them and of the later ones."""

    earlier: Sequence[DeploymentFact]
    after: Sequence[DeploymentFact]


def judge_deployments(
    db: Transaction, scope: Scope, since: int, kept_since: int, later: Sequence[DeploymentFact]
) -> Judged:
    """`later` are all deployments from `since` on, with their links stored; `earlier` will be those before on
    which they shed a new light. What is known of those before `kept_since` is final.
    """
    reverts = _list_reverts(db, scope, later)
    deciding = min([since, *_reaches(db, scope, since, later, reverts)])
    earlier = _look_back(db, scope, since, deciding)
    settled = [each for each in (*earlier, *later) if each.is_counted]
    reverts |= _list_reverts(db, scope, earlier)
    names = _list_deliveries(db, scope, settled) if reverts else {}
    verdicts = judge([
        *_first_successes(db, scope, settled),
        *(each.as_judged(names.get(each.id, NONE), reverts.get(each.id, NONE)) for each in settled),
    ])  # fmt: skip
    return Judged(
        earlier,
        [
            # What made these necessary lies before them, and has not changed.
            *(
                each if each.at < kept_since else _judged(each, verdicts, is_rework=each.is_rework)
                for each in earlier
            ),
            *(_judged(each, verdicts, is_rework=each.id in verdicts.rework) for each in later),
        ],
    )


def _reaches(
    db: Transaction,
    scope: Scope,
    since: int,
    later: Sequence[DeploymentFact],
    reverts: Mapping[str, frozenset[str]],
) -> list[int]:
    """How far back these deployments blame others, or have blamed them until now."""
    instants = [each.at - REVERT_WINDOW for each in later if each.id in reverts]
    parameters = {**scope.parameters, "since": since}
    fixed = {each.metadata["fixes"] for each in later if isinstance(each.metadata.get("fixes"), str)}
    for part in chunks(fixed):
        latest = (
            select(func.max(deployments.c.at).label("at"))
            .where(_COUNTED, deployments.c.application_version.in_(part))
            .group_by(deployments.c.application_version)
        )
        instants += [row.at for row in db.execute(latest, parameters)]
    for part in chunks(each.id for each in later if each.is_rework):
        undone = select(deployments.c.at).where(_COUNTED, deployments.c.undone_by.in_(part))
        instants += [row.at for row in db.execute(undone, parameters)]
    return instants


def _look_back(db: Transaction, scope: Scope, since: int, deciding: int) -> list[DeploymentFact]:
    """The settled deployments before `since`, back to one that succeeded for good before all that may change.

    What may change begins with the last success before `deciding`: the next deployment may roll it back. The
    success before that one recovers what failed in between.
    """
    limit = FIRST_LOOK
    while True:
        found = list_deployments(db, _BEFORE, {**scope.parameters, "since": since, "most": limit})
        kept = _until_settled(found, deciding)
        if kept is not None or len(found) < limit:
            return found if kept is None else kept
        limit *= 4


def _until_settled(newest_first: Sequence[DeploymentFact], deciding: int) -> list[DeploymentFact] | None:
    has_candidate = False
    for position, each in enumerate(newest_first):
        if each.at >= deciding or each.status != FINISHED:
            continue
        if has_candidate and each.failed_at is None:
            return list(newest_first[: position + 1])
        has_candidate = True
    return None


def _first_successes(db: Transaction, scope: Scope, settled: Sequence[DeploymentFact]) -> list[Deployment]:
    """When each version and commit first succeeded, where that was before those at hand."""
    if not settled:
        return []
    beginning = min(each.at for each in settled)
    names = {each.application_version for each in settled}
    versions = read_successes(db, scope, OF_VERSIONS, names, beginning)
    commits = {each.commit_sha for each in settled if each.commit_sha}
    shas = read_successes(db, scope, OF_COMMITS, commits, beginning)
    # Of a version whose earlier rows are gone it is known when it had last succeeded.
    gone = {
        each.application_version: each
        for each in settled
        if each.previous_same_version_at is not None and each.previous_same_version_at < beginning
    }
    return [
        *(
            _first(f"version {name}", name, each.previous_same_version_at, each.commit_sha)
            for name, each in gone.items()
            if name not in versions and each.previous_same_version_at is not None
        ),
        *(_first(f"version {name}", name, first, None) for name, (first, _) in versions.items()),
        *(_first(f"commit {name}", name, first, name) for name, (first, _) in shas.items()),
    ]


def _first(id: str, version: str, at: int, sha: str | None) -> Deployment:
    return Deployment(id, version, at, at, Outcome.FINISHED, sha=sha)


def _list_reverts(
    db: Transaction, scope: Scope, settled: Iterable[DeploymentFact]
) -> dict[str, frozenset[str]]:
    """What the changes of these deployments take back, by deployment id; mostly none does."""
    linked = {each.id for each in settled if each.is_success and each.repository_id}
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for part in chunks(linked):
        statement = select(deployment_changes.c.deployment_id, changes.c.id).where(
            deployment_changes.c.project_id == scope.project_id,
            deployment_changes.c.deployment_id.in_(part),
            changes.c.id == deployment_changes.c.change_id,
            changes.c.reverted.is_not(None),
        )
        rows = db.rows(statement)
        facts = changes_by_id(db, (row.id for row in rows)) if rows else {}
        for row in rows:
            found[row.deployment_id] |= facts[row.id].taken_back
    return dict(found)


def _list_deliveries(
    db: Transaction, scope: Scope, settled: Iterable[DeploymentFact]
) -> dict[str, frozenset[str]]:
    """The names of what these deployments brought, by deployment id."""
    linked = {each.id for each in settled if each.is_success and each.repository_id}
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for part in chunks(linked):
        table = deployment_changes.c
        mine = table.project_id == scope.project_id, table.deployment_id.in_(part)
        rows = db.rows(select(table.deployment_id, table.change_id).where(*mine))
        facts = changes_by_id(db, (row.change_id for row in rows))
        for row in rows:
            found[row.deployment_id] |= facts[row.change_id].names
    return dict(found)


def _judged(deployment: DeploymentFact, verdicts: Verdicts, *, is_rework: bool) -> DeploymentFact:
    failure = verdicts.failures.get(deployment.id)
    recovery = verdicts.recoveries.get(deployment.id) if failure else None
    return replace(
        deployment,
        failed_at=failure.failed_at if failure else None,
        failure_reason=failure.reason.value if failure else None,
        undone_by=failure.undone_by if failure else None,
        recovered_at=deployment.at + recovery.duration if recovery else None,
        is_rework=is_rework,
    )
