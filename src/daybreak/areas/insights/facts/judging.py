"""Which deployments failed, and what followed: judged within the stretch of time that an event can change.

Only the newest deployments of a scope are read, back to a success that nothing later can turn into a failure,
and of what lies before only when each version first succeeded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.deployment_facts import DeploymentFact, list_deployments
from daybreak.areas.insights.facts.scope import FINISHED, Scope
from daybreak.areas.insights.facts.stored_changes import changes_by_id
from daybreak.areas.insights.facts.tables import changes, deployment_changes, deployments
from daybreak.logic.linking.deployments import Deployment, Outcome
from daybreak.logic.linking.failures import REVERT_WINDOW, Verdicts, judge
from daybreak.platform.database import Transaction

# Deployments read at first when looking back; each further look reads four times as many.
FIRST_LOOK = 16


def judge_deployments(
    db: Transaction, scope: Scope, since: int, later: Sequence[DeploymentFact]
) -> list[DeploymentFact]:
    """`later` are all deployments from `since` on, with their links stored. These and whichever earlier ones
    they shed a new light on, with what became of them.
    """
    deciding = min([since, *_reaches(db, scope, since, later)])
    before = _look_back(db, scope, since, deciding)
    settled = [each for each in (*before, *later) if each.is_counted]
    firsts = _first_successes(db, scope, settled)
    taken_back = _list_reverts(db, settled)
    names = _list_deliveries(db, settled) if taken_back else {}
    verdicts = judge([
        *firsts,
        *(each.as_judged(names.get(each.id, frozenset()), taken_back.get(each.id, frozenset())) for each in settled),
    ])  # fmt: skip
    return [
        *(_judged(each, verdicts, is_rework=each.is_rework) for each in before),
        *(_judged(each, verdicts, is_rework=each.id in verdicts.rework) for each in later),
    ]


def _reaches(db: Transaction, scope: Scope, since: int, later: Sequence[DeploymentFact]) -> list[int]:
    """How far back these deployments may blame others: their reverts for days, their fixes whatever they name."""
    instants = [each.at - REVERT_WINDOW for each in later if each.id in _list_reverts(db, later)]
    fixed = {each.metadata["fixes"] for each in later if isinstance(each.metadata.get("fixes"), str)}
    for part in chunks(fixed):
        statement = (
            select(func.max(deployments.c.at).label("at"))
            .where(
                scope.deployments,
                deployments.c.is_counted.is_(True),
                deployments.c.application_version.in_(part),
                deployments.c.at < since,
            )
            .group_by(deployments.c.application_version)
        )
        instants += [row.at for row in db.rows(statement)]
    return instants


def _look_back(db: Transaction, scope: Scope, since: int, deciding: int) -> list[DeploymentFact]:
    """The settled deployments before `since`, back to one that succeeded for good before all that may change.

    What may change begins with the last success before `deciding`: the next deployment may roll it back. The
    success before that one recovers what failed in between.
    """
    limit = FIRST_LOOK
    while True:
        found = list_deployments(
            db,
            scope.deployments,
            deployments.c.is_counted.is_(True),
            deployments.c.at < since,
            order_by=(deployments.c.at.desc(), deployments.c.id.desc()),
            limit=limit,
        )
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


def _first_successes(
    db: Transaction, scope: Scope, settled: Sequence[DeploymentFact]
) -> list[Deployment]:
    """When each version and commit first succeeded, where that was before those at hand."""
    if not settled:
        return []
    beginning = min(each.at for each in settled)
    found: list[Deployment] = []
    for column, wanted in (
        (deployments.c.application_version, {each.application_version for each in settled}),
        (deployments.c.commit_sha, {each.commit_sha for each in settled if each.commit_sha}),
    ):
        for part in chunks(wanted):
            statement = (
                select(column.label("name"), func.min(deployments.c.at).label("at"))
                .where(scope.successes, column.in_(part), deployments.c.at < beginning)
                .group_by(column)
            )
            found += [
                Deployment(
                    f"first {row.name}", row.name, row.at, row.at, Outcome.FINISHED,
                    sha=row.name if column is deployments.c.commit_sha else None,
                )
                for row in db.rows(statement)
            ]  # fmt: skip
    return found


def _list_reverts(db: Transaction, settled: Iterable[DeploymentFact]) -> dict[str, frozenset[str]]:
    """What the changes of these deployments take back, by deployment id; mostly none does."""
    linked = {each.id for each in settled if each.is_success and each.repository_id}
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for part in chunks(linked):
        statement = select(deployment_changes.c.deployment_id, changes.c.id).where(
            deployment_changes.c.deployment_id.in_(part),
            changes.c.id == deployment_changes.c.change_id,
            changes.c.reverted.is_not(None),
        )
        rows = db.rows(statement)
        facts = changes_by_id(db, (row.id for row in rows)) if rows else {}
        for row in rows:
            found[row.deployment_id] |= facts[row.id].taken_back
    return dict(found)


def _list_deliveries(db: Transaction, settled: Iterable[DeploymentFact]) -> dict[str, frozenset[str]]:
    """The names of what these deployments brought, by deployment id."""
    linked = {each.id for each in settled if each.is_success and each.repository_id}
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for part in chunks(linked):
        columns = (deployment_changes.c.deployment_id, deployment_changes.c.change_id)
        rows = db.rows(select(*columns).where(deployment_changes.c.deployment_id.in_(part)))
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
