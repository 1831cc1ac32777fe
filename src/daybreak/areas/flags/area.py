"""What the flags area plugs in."""

from daybreak.areas.flags.big_segments.routes import ROUTES as BIG_SEGMENT_ROUTES
from daybreak.areas.flags.code_references.routes import ROUTES as CODE_REFERENCE_ROUTES
from daybreak.areas.flags.context_kinds.routes import ROUTES as CONTEXT_KIND_ROUTES
from daybreak.areas.flags.contexts.learning import JOBS as CONTEXT_JOBS
from daybreak.areas.flags.contexts.routes import ROUTES as CONTEXT_ROUTES
from daybreak.areas.flags.dependent_flags.routes import ROUTES as DEPENDENT_FLAG_ROUTES
from daybreak.areas.flags.evaluation_counts.store import (
    fold,
    forget_counts,
    is_any_count_before,
    needs_folding,
)
from daybreak.areas.flags.evaluation_usage.routes import ROUTES as USAGE_ROUTES
from daybreak.areas.flags.evaluations.routes import ROUTES as EVALUATION_ROUTES
from daybreak.areas.flags.expiring_targets.expiry import JOBS as EXPIRY_JOBS
from daybreak.areas.flags.expiring_targets.routes import ROUTES as EXPIRING_TARGET_ROUTES
from daybreak.areas.flags.feature_flags.routes import ROUTES as FLAG_ROUTES
from daybreak.areas.flags.flag_change_days.store import adding_up
from daybreak.areas.flags.flag_changes.settling import JOBS as IMPACT_JOBS
from daybreak.areas.flags.flag_health.store import JOBS as HEALTH_JOBS
from daybreak.areas.flags.flag_links.routes import ROUTES as FLAG_LINK_ROUTES
from daybreak.areas.flags.flag_settings.routes import ROUTES as SETTING_ROUTES
from daybreak.areas.flags.flag_statuses.routes import ROUTES as STATUS_ROUTES
from daybreak.areas.flags.followers.routes import ROUTES as FOLLOWER_ROUTES
from daybreak.areas.flags.list_transfers.carrying_out import JOBS as TRANSFER_JOBS
from daybreak.areas.flags.list_transfers.routes import ROUTES as TRANSFER_ROUTES
from daybreak.areas.flags.migration_safety.routes import ROUTES as SAFETY_ROUTES
from daybreak.areas.flags.segments.routes import ROUTES as SEGMENT_ROUTES
from daybreak.areas.flags.triggers.routes import routes as trigger_routes
from daybreak.areas.flags.users.routes import ROUTES as USER_ROUTES
from daybreak.platform.clock import HOUR, MINUTE
from daybreak.platform.jobs import Job, for_what_is_older
from daybreak.rest.routing import Route


def routes(*, public_url: str) -> list[Route]:
    """`public_url` is where this server is reached from elsewhere."""
    return [
        *FLAG_ROUTES,
        *DEPENDENT_FLAG_ROUTES,
        *EXPIRING_TARGET_ROUTES,
        *SETTING_ROUTES,
        *EVALUATION_ROUTES,
        *SAFETY_ROUTES,
        *STATUS_ROUTES,
        *USAGE_ROUTES,
        *SEGMENT_ROUTES,
        *BIG_SEGMENT_ROUTES,
        *TRANSFER_ROUTES,
        *CONTEXT_ROUTES,
        *CONTEXT_KIND_ROUTES,
        *USER_ROUTES,
        *CODE_REFERENCE_ROUTES,
        *FOLLOWER_ROUTES,
        *FLAG_LINK_ROUTES,
        *trigger_routes(public_url=public_url),
    ]


def jobs(*, keep_changes: int = 0, keep_evaluations: int = 0) -> list[Job]:
    """`keep_changes` is after how many days changes of flags are added up, `keep_evaluations` for how many
    evaluations stay counted; 0: all are kept.
    """
    return [
        *EXPIRY_JOBS,
        Job("fold old evaluation counts", HOUR, fold, is_needed=needs_folding, rest=MINUTE),
        *for_what_is_older(
            "forget old evaluation counts",
            keep_evaluations,
            lambda db, before, _now: forget_counts(db, before),
            is_any_count_before,
        ),
        *TRANSFER_JOBS,
        *IMPACT_JOBS,
        *adding_up(keep_changes),
        *HEALTH_JOBS,
        *CONTEXT_JOBS,
    ]
