"""Temporary flags, and which of them are stale."""

from dataclasses import dataclass

from daybreak.areas.flags.evaluation_counts.model import Request
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.flag_statuses.model import Status, status_of
from daybreak.platform.clock import DAY

# A temporary flag has this long to do its work.
GROWN_UP = 30 * DAY


@dataclass(frozen=True, slots=True)
class TemporaryFlag:
    """In an environment, as of now."""

    id: str
    key: str
    is_stale: bool
    maintainer_id: str | None
    maintainer_team_key: str | None


@dataclass(frozen=True, slots=True)
class HealthCounts:
    """`watched_since` is when SDKs told of the first evaluation in the environment; None: never."""

    watched_since: int | None
    temporary: int
    stale: int


def is_stale(flag: FeatureFlag, environment_id: str, request: Request | None, now: int) -> bool:
    """Whether a temporary flag is older than 30 days, and has been launched or not requested for a week."""
    if not flag.temporary or flag.is_archived or flag.created_at > now - GROWN_UP:
        return False
    return status_of(flag, environment_id, request, now) in {Status.LAUNCHED, Status.INACTIVE}
