"""Contexts are learnt from what SDKs send, and forgotten when they were not seen for long."""

from collections.abc import Collection, Mapping

from daybreak.areas.flags.context_kinds.store import note_kinds
from daybreak.areas.flags.contexts.documents import learn
from daybreak.areas.flags.contexts.model import LearntInstance, SeenContext
from daybreak.areas.flags.contexts.store import forget_unseen, is_any_unseen, keep
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import for_what_is_older

# LaunchDarkly keeps contexts for 30 days after they were seen last.
DAYS_KEPT = 30


def keep_seen(
    db: Transaction, seen: Collection[SeenContext], project_ids: Mapping[str, str], now: int
) -> None:
    """Keeps what events told, the later above the earlier; `project_ids` has the project of each environment
    that exists. What is no context is passed over, and so are kinds beyond those a project may have.
    """
    learnt = [each for each in map(learn, seen) if each is not None and each.environment_id in project_ids]
    if not learnt:
        return
    kinds: dict[str, set[str]] = {}
    for instance in learnt:
        kinds.setdefault(project_ids[instance.environment_id], set()).update(_kinds_of(instance))
    known = note_kinds(db, kinds, now)
    keep(
        db,
        (each for each in learnt if _kinds_of(each) <= known[project_ids[each.environment_id]]),
        project_ids,
        now,
    )


def _kinds_of(instance: LearntInstance) -> set[str]:
    return {part.kind for part in instance.parts}


JOBS = for_what_is_older(
    "forget contexts that were not seen for long",
    DAYS_KEPT,
    lambda db, before, _now: forget_unseen(db, before),
    is_any_unseen,
)
