"""Writes down a change of a flag in every environment where contexts may get something else by it."""

from collections.abc import Sequence

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.flag_changes.configuration import GONE, describe, digest_of
from daybreak.areas.flags.flag_changes.model import FlagChange
from daybreak.areas.flags.flag_changes.settling import first_look_at
from daybreak.areas.flags.flag_changes.store import add_changes, add_retired, list_left
from daybreak.platform.audit import find_latest
from daybreak.platform.clock import HOUR
from daybreak.platform.identifiers import unique_id
from daybreak.rest.call import Call

# Whoever goes back this soon undoes what went wrong.
UNDONE_WITHIN = 72 * HOUR


def note_change(
    call: Call,
    before: FeatureFlag,
    after: FeatureFlag | None,
    environment_ids: Sequence[str],
    actions: tuple[str, ...],
) -> None:
    """Part of the change itself, after its audit entry; `after` is None where the flag is deleted. Nothing
    where all contexts get what they got: else three statements.
    """
    moved = {}
    for id in environment_ids:
        digests = digest_of(before, id), digest_of(after, id)
        if digests[0] != digests[1]:
            moved[id] = digests
    if not moved:
        return
    left = list_left(call.db, before.project_id, before.id, call.now - UNDONE_WITHIN)
    entry_id = find_latest(call.db, "flag", before.id)
    changes = []
    for id, (old, new) in moved.items():
        kind, description = describe(before, after, id)
        changes.append(
            FlagChange(
                unique_id(),
                id,
                before.project_id,
                before.id,
                before.key,
                call.now,
                kind,
                description,
                actions,
                entry_id,
                old,
                new,
                # What is gone serves nothing: going is never a way back.
                is_rollback=new != GONE and (id, new) in left,
                settle_at=first_look_at(call.now),
            )
        )
    add_changes(call.db, changes)


def note_deletion(call: Call, flag: FeatureFlag, environment_ids: Sequence[str]) -> None:
    note_change(call, flag, None, environment_ids, ("deleteFlag",))
    add_retired(call.db, flag, call.now)
