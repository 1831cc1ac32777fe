"""A deployment: one start of one version of an application in an environment, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daybreak.logic.linking.deployments import TIMED_OUT_AFTER


@dataclass(frozen=True, slots=True)
class Deployment:
    """The columns that people see or patch. A patch of it is followed by deriving the others anew."""

    id: str
    project_id: str
    environment_id: str
    application_key: str
    kind: str
    application_version: str
    status: str
    started_at: int | None
    ended_at: int | None
    at: int
    metadata: Mapping[str, Any]
    is_archived: bool
    pull_requests: int
    contributors: int
    lines_added: int
    lines_deleted: int
    lead_time: int | None
    version: int

    @property
    def began_at(self) -> int:
        """A deployment whose start nobody told began when it ended."""
        return self.at if self.started_at is None else self.started_at

    def status_at(self, now: int) -> str:
        """A deployment that never ended is given up after a day."""
        if self.status == "started" and now - self.began_at > TIMED_OUT_AFTER:
            return "timedOut"
        return self.status
