"""Deployments as values: what happened, and what was derived from it. Read whole, saved by difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from daybreak.areas.insights.facts.scope import FAILED, FINISHED
from daybreak.areas.insights.facts.tables import deployments
from daybreak.logic.linking.deployments import Deployment, Outcome, Standing, standing
from daybreak.platform.database import Transaction

DERIVED = (
    "is_counted",
    "repository_id",
    "commit_sha",
    "unresolved_reason",
    "failed_at",
    "failure_reason",
    "undone_by",
    "recovered_at",
    "is_rework",
    "previous_same_version_at",
    "pull_requests",
    "contributors",
    "lines_added",
    "lines_deleted",
    "lead_time",
)


@dataclass(frozen=True, slots=True)
class DeploymentFact:
    """One row of deployments; the fields are the columns of that name."""

    id: str
    project_id: str
    environment_id: str
    application_key: str
    application_version: str
    version_name: str
    status: str
    started_at: int | None
    ended_at: int | None
    at: int
    metadata: Mapping[str, Any]
    event_metadata: Mapping[str, Any]
    is_archived: bool
    is_counted: bool
    repository_id: str | None
    commit_sha: str | None
    unresolved_reason: str | None
    failed_at: int | None
    failure_reason: str | None
    undone_by: str | None
    recovered_at: int | None
    is_rework: bool
    previous_same_version_at: int | None
    pull_requests: int
    contributors: int
    lines_added: int
    lines_deleted: int
    lead_time: int | None

    @property
    def is_success(self) -> bool:
        return self.is_counted and self.status == FINISHED

    @property
    def counts(self) -> bool:
        """Whether it is settled: ended, neither archived nor called off."""
        judged = self.as_judged()
        return judged.ended_at is not None and standing(judged, judged.ended_at) is Standing.SETTLED

    def as_judged(
        self, delivers: frozenset[str] = frozenset(), reverts: frozenset[str] = frozenset()
    ) -> Deployment:
        outcome = Outcome(self.status) if self.status in {FINISHED, FAILED} else None
        began_at = self.at if self.started_at is None else self.started_at
        return Deployment(
            id=self.id,
            version=self.application_version,
            started_at=began_at,
            ended_at=self.ended_at,
            outcome=outcome,
            sha=self.commit_sha,
            is_archived=self.is_archived,
            event_metadata=self.event_metadata,
            deployment_metadata=self.metadata,
            delivers=delivers,
            reverts=reverts,
        )


_COLUMNS = [deployments.c[field.name] for field in fields(DeploymentFact)]


# What every statement that lists deployments begins with.
EVERY_DEPLOYMENT = select(*_COLUMNS)


def list_deployments(
    db: Transaction, statement: Select[Any], parameters: Mapping[str, Any] = MappingProxyType({})
) -> list[DeploymentFact]:
    """`statement` is EVERY_DEPLOYMENT, narrowed."""
    rows: Sequence[Any] = db.execute(statement, parameters).all()
    return [DeploymentFact(*row) for row in rows]


def save_derived(db: Transaction, before: Iterable[DeploymentFact], after: Iterable[DeploymentFact]) -> None:
    """Writes what is derived where it differs. `before` and `after` are the same ones, in any order."""
    old = {deployment.id: deployment for deployment in before}
    changed = [_derived(deployment) for deployment in after if deployment != old[deployment.id]]
    if changed:
        db.execute(_SAVE, changed)


def _derived(deployment: DeploymentFact) -> dict[str, Any]:
    place = {"row_id": deployment.id, "of_project": deployment.project_id}
    return place | {f"new_{name}": getattr(deployment, name) for name in DERIVED}


_SAVE = (
    update(deployments)
    .where(deployments.c.id == bindparam("row_id"), deployments.c.project_id == bindparam("of_project"))
    .values({name: bindparam(f"new_{name}") for name in DERIVED})
)
