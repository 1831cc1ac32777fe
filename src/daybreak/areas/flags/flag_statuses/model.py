"""The status of a flag in an environment, from what is known of its use."""

from enum import Enum

from daybreak.areas.flags.evaluation_counts.model import Request
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.targeting import variations_served
from daybreak.platform.clock import DAY

# Who was created or changed within this time is young; who was not requested within it is not in use.
RECENT = 7 * DAY


class Status(Enum):
    """As LaunchDarkly defines them; each excludes the others."""

    NEW = "new"
    ACTIVE = "active"
    LAUNCHED = "launched"
    INACTIVE = "inactive"


def status_of(flag: FeatureFlag, environment_id: str, request: Request | None, now: int) -> Status:
    """What a flag is as of `now` (Unix ms); `request` is None while nobody ever evaluated it there.

    New: created within a week and never requested. Inactive: not requested within a week. Launched: on, with
    one variation for all, and unchanged for a week. Active: every other one that is requested.
    """
    since = now - RECENT
    if request is None:
        return Status.NEW if flag.created_at > since else Status.INACTIVE
    if request.last_at <= since:
        return Status.INACTIVE
    return Status.LAUNCHED if _is_settled(flag.in_environment(environment_id), since) else Status.ACTIVE


def _is_settled(environment: FlagEnvironment, since: int) -> bool:
    is_old = environment.modified_at <= since
    return is_old and environment.on and len(_variations_of(environment)) == 1


def _variations_of(environment: FlagEnvironment) -> frozenset[str]:
    """All that contexts may get while the flag is on."""
    rules = [variations_served(rule.served) for rule in environment.rules if not rule.is_disabled]
    targets = {target.variation_id for target in environment.targets if target.values}
    # Where a prerequisite is not met, the off variation is served.
    off = {environment.off_variation_id or ""} if environment.prerequisites else set()
    return frozenset(variations_served(environment.fallthrough).union(*rules, targets, off))
