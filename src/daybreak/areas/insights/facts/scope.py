"""Deployments follow each other within a scope: one application in one environment."""

from dataclasses import asdict, dataclass

from sqlalchemy import and_, bindparam

from daybreak.areas.insights.facts.tables import deployments

STARTED = "started"
FINISHED = "finished"
FAILED = "failed"
CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Scope:
    project_id: str
    environment_id: str
    application_key: str

    @property
    def parameters(self) -> dict[str, str]:
        """The values for IN_SCOPE."""
        return asdict(self)


# Whether a row of deployments lies in a scope, whose `parameters` go with the statement. Events come by the
# hundred a second, so the statements that each of them needs are built once.
IN_SCOPE = and_(
    deployments.c.project_id == bindparam("project_id"),
    deployments.c.environment_id == bindparam("environment_id"),
    deployments.c.application_key == bindparam("application_key"),
)

# Whether it counts besides, and delivered what it set out to.
SUCCEEDED = and_(IN_SCOPE, deployments.c.is_counted.is_(True), deployments.c.status == FINISHED)
