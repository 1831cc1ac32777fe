"""What others tell about flags: that an environment starts as a copy of another one, what SDKs sent."""

from collections.abc import Collection

from daybreak.areas.flags.contexts.learning import keep_seen
from daybreak.areas.flags.contexts.model import SeenContext
from daybreak.areas.flags.evaluation_counts.model import FlagUse, Totals, Uses
from daybreak.areas.flags.evaluation_counts.store import add_totals, add_uses
from daybreak.areas.flags.feature_flags.store import copy_environment
from daybreak.areas.projects.queries import environments_by_id
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call

__all__ = ["FlagUse", "SeenContext", "Totals", "copy_flags", "count_evaluations", "learn_contexts"]


def copy_flags(call: Call, *, source_id: str, target_id: str) -> None:
    """Part of creating the environment: its audit entry tells of it, and its right is needed, no other."""
    copy_environment(call.db, source_id, target_id, call.now)


def count_evaluations(db: Transaction, uses: Uses, now: int, totals: Totals | None = None) -> None:
    """Adds what SDKs told. What belongs to environments and flags that do not exist is passed over."""
    if totals is not None:
        add_totals(db, totals, now)
    places = environments_by_id(db, {environment_id for environment_id, _ in uses})
    add_uses(db, uses, {id: place.project.id for id, place in places.items()}, now)


def learn_contexts(db: Transaction, seen: Collection[SeenContext], now: int) -> None:
    """Keeps the contexts that SDKs told of. Those of environments that do not exist are passed over."""
    places = environments_by_id(db, {each.environment_id for each in seen})
    keep_seen(db, seen, {id: place.project.id for id, place in places.items()}, now)
