"""Imports and exports are carried out part by part, each run of a job in a transaction of its own: what a
process that dies leaves undone, the next one does.
"""

from dataclasses import replace

from daybreak.areas.flags.big_segments.operations import members_of
from daybreak.areas.flags.big_segments.store import (
    Members,
    add_members,
    copy_excluded,
    count_members,
    is_any_obsolete,
    list_after,
    make_obsolete,
    remove_obsolete,
)
from daybreak.areas.flags.list_transfers.model import Export, Import, Mode, Status
from daybreak.areas.flags.list_transfers.operations import IMPORT_ACTIONS, spell_members
from daybreak.areas.flags.list_transfers.store import (
    forget_export_parts,
    forget_import_parts,
    insert_export_part,
    is_any_export_running,
    is_any_import_running,
    next_export,
    next_import,
    read_import_part,
    remove_older_than,
    save_export,
    save_import,
)
from daybreak.areas.flags.list_transfers.uploads import PART
from daybreak.areas.flags.segments.changing import change_segment
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.store import segments_by_id
from daybreak.areas.people.intake import PROGRAM
from daybreak.platform.clock import DAY, HOUR, SECOND
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit

# A fraction of a second of writing, so that no other writer waits for long.
PARTS_AT_ONCE = 4

# How long imports and exports are told about.
KEPT = 7 * DAY


def continue_import(db: Transaction, now: int) -> None:
    """Some parts of the oldest import; the last ones complete it."""
    found = next_import(db)
    if found is None:
        return
    [segment] = segments_by_id(db, [found.segment_id]).values()
    members = Members(segment.project_id, segment.id, found.generation)
    for _ in range(min(PARTS_AT_ONCE, found.parts - found.next_part)):
        part = read_import_part(db, found)
        add_members(db, members, part.included, is_included=True)
        add_members(db, members, part.excluded, is_included=False)
        found = replace(found, next_part=found.next_part + 1, keys_done=found.keys_done + part.size)
    if found.next_part == found.parts:
        found = replace(found, status=Status.COMPLETE.value)
        _complete(Call(db, PROGRAM, now), segment, found)
    save_import(db, found)


def _complete(call: Call, before: Segment, found: Import) -> None:
    """The segment counts its members anew; one whose list is replaced turns to the new list at once."""
    db, own = call.db, members_of(before)
    if found.mode == Mode.REPLACE.value:
        copy_excluded(db, own, found.generation)
        make_obsolete(db, own)
    included, excluded = count_members(db, replace(own, generation=found.generation))
    after = replace(
        before,
        generation=found.generation,
        included_count=included,
        excluded_count=excluded,
        modified_at=call.now,
    )
    comment = f"{found.keys} members were imported from {found.filename or 'a file'}"
    change_segment(call, before, Edit(after, IMPORT_ACTIONS, comment))
    forget_import_parts(db, found.id)


def continue_export(db: Transaction, now: int) -> None:  # noqa: ARG001 - as a job is called
    """Some parts of the oldest export. It begins again where the list has been replaced meanwhile."""
    export = next_export(db)
    if export is None:
        return
    segment = segments_by_id(db, [export.segment_id])[export.segment_id]
    if segment.generation != export.generation:
        forget_export_parts(db, export.id)
        export = replace(
            export, generation=segment.generation, parts=0, size=0, last="", is_at_excluded=False
        )
    for _ in range(PARTS_AT_ONCE):
        export = _export_part(db, segment, export)
        if export.status == Status.COMPLETE.value:
            break
    save_export(db, export)


def _export_part(db: Transaction, segment: Segment, export: Export) -> Export:
    is_included = not export.is_at_excluded
    keys = list_after(db, members_of(segment), export.last, PART, is_included=is_included)
    if keys:
        lines = spell_members(keys, is_included=is_included)
        insert_export_part(db, export, lines)
        export = replace(
            export, parts=export.parts + 1, size=export.size + len(lines.encode()), last=keys[-1]
        )
    if len(keys) == PART:
        return export
    if is_included:
        return replace(export, is_at_excluded=True, last="")
    return replace(export, status=Status.COMPLETE.value)


def forget_old(db: Transaction, now: int) -> None:
    remove_older_than(db, now - KEPT)


JOBS = [
    Job("import members of big segments", SECOND, continue_import, is_needed=is_any_import_running),
    Job("export members of big segments", SECOND, continue_export, is_needed=is_any_export_running),
    Job("remove members of replaced big segments", SECOND, remove_obsolete, is_needed=is_any_obsolete),
    Job("forget old imports and exports", HOUR, forget_old),
]
