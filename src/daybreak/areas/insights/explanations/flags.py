"""The flags and the changes of flags behind a score."""

from daybreak.areas.flags.queries import list_moving, list_temporary_in, list_turned
from daybreak.areas.insights.explanations.model import Contributors
from daybreak.areas.insights.scores.flags import extent_of
from daybreak.areas.insights.scores.model import Scope
from daybreak.logic.scoring.model import HOUR, Period
from daybreak.platform.database import Transaction

# As many ids as are worth sending; lists page through all of them.
MOST_LISTED = 500


def list_flag_contributors(
    db: Transaction, scope: Scope, period: Period, now: int
) -> tuple[Contributors, Contributors, Contributors]:
    """What went into impact size, flag health and creation ratio. Stale flags are known as of now."""
    extent = extent_of(scope, period)
    moving = list_moving(db, extent, MOST_LISTED + 1)
    stale: list[str] = []
    if period.end > now - HOUR:
        stale = [flag.key for flag in list_temporary_in(db, extent, now) if flag.is_stale]
    turned: list[str] = []
    if not scope.application_keys:
        turned = list_turned(db, scope.home.project_id, period.start, period.end, MOST_LISTED + 1)
    return (
        Contributors(flag_events=moving[:MOST_LISTED], is_truncated=len(moving) > MOST_LISTED),
        Contributors(flags=stale[:MOST_LISTED], is_truncated=len(stale) > MOST_LISTED),
        Contributors(flags=turned[:MOST_LISTED], is_truncated=len(turned) > MOST_LISTED),
    )
