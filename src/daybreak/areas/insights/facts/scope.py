"""Deployments follow each other within a scope: one application in one environment."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_

from daybreak.areas.insights.facts.tables import deployments


@dataclass(frozen=True, slots=True)
class Scope:
    environment_id: str
    application_key: str

    @property
    def deployments(self) -> ColumnElement[bool]:
        """Whether a row of deployments lies in this scope."""
        return and_(
            deployments.c.environment_id == self.environment_id,
            deployments.c.application_key == self.application_key,
        )

    @property
    def successes(self) -> ColumnElement[bool]:
        """Whether a row of deployments lies in this scope, counts, and delivered what it set out to."""
        return and_(self.deployments, deployments.c.is_counted.is_(True), deployments.c.status == FINISHED)


STARTED = "started"
FINISHED = "finished"
FAILED = "failed"
CUSTOM = "custom"
