"""Imports and exports: asked for here, carried out by jobs, told about until they are done."""

import csv
from dataclasses import replace
from io import StringIO
from tempfile import SpooledTemporaryFile, TemporaryFile

from daybreak.areas.flags.big_segments.operations import BigSegment
from daybreak.areas.flags.list_transfers.model import Export, Import, Mode, Status
from daybreak.areas.flags.list_transfers.representation import (
    ExportShape,
    ImportShape,
    import_path,
    represent_export,
    represent_import,
)
from daybreak.areas.flags.list_transfers.store import (
    find_export,
    find_import,
    insert_export,
    insert_import,
    is_importing,
    read_export_part,
    save_import,
)
from daybreak.areas.flags.list_transfers.uploads import Upload
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.projects.queries import environment
from daybreak.platform.database import Transaction
from daybreak.platform.errors import Conflict
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Answer, Call, Parts
from daybreak.rest.forms import read_form

IMPORT_ACTIONS = ("updateIncluded", "updateExcluded")
EXPORT = "exportSegment"


def create_import(
    call: Call,
    upload: "SpooledTemporaryFile[bytes]",
    headers: dict[bytes, bytes],
    project_key: str,
    environment_key: str,
    segment_key: str,
) -> Answer:
    """Takes the whole file; its members are in once the import is complete.

    Raises:
        InvalidRequest: no form, no file, or a line that is no member.
        Conflict: another import of this segment is not finished.

    """
    segment = BigSegment(project_key, environment_key, segment_key).read(call)
    require(call, segment, IMPORT_ACTIONS)
    if is_importing(call.db, segment.id):
        raise Conflict("Another import into this segment is not finished: wait for it")
    with TemporaryFile() as file:
        form = read_form(upload, headers.get(b"content-type", b"").decode("latin-1"), file)
        listed = Upload(form)
        begun = Import(
            id=object_id(),
            segment_id=segment.id,
            created_at=call.now,
            mode=listed.mode.value,
            status=(Status.READY if listed.waits else Status.IN_PROGRESS).value,
            filename=form.filename,
            generation=segment.generation + (listed.mode is Mode.REPLACE),
            parts=0,
            keys=0,
        )
        made = insert_import(call.db, begun, listed.parts())
    place = environment(call.db, project_key, environment_key)
    return Answer(b"", status=204, headers={"Location": import_path(place, segment.key, made.id)})


def read_import(
    call: Call, project_key: str, environment_key: str, segment_key: str, import_id: str
) -> ImportShape:
    segment = BigSegment(project_key, environment_key, segment_key).read(call)
    found = find_import(call.db, segment.id, import_id)
    place = environment(call.db, project_key, environment_key)
    return represent_import(found, segment, place)


def start_import(db: Transaction, segment: Segment, import_id: str) -> None:
    """Lets an import that waits begin. Raises NotFound, or Conflict for one that does not wait."""
    found = find_import(db, segment.id, import_id)
    if found.status != Status.READY.value:
        raise Conflict(f"The import does not wait to be processed: it is {found.status}")
    save_import(db, replace(found, status=Status.IN_PROGRESS.value))


def create_export(call: Call, project_key: str, environment_key: str, segment_key: str) -> ExportShape:
    """Begins an export, and tells where to look how far it is."""
    segment = BigSegment(project_key, environment_key, segment_key).read(call)
    require(call, segment, (EXPORT,))
    made = Export(
        id=object_id(),
        segment_id=segment.id,
        created_at=call.now,
        status=Status.IN_PROGRESS.value,
        initiator=call.actor.name,
        generation=segment.generation,
    )
    insert_export(call.db, made)
    return represent_export(made, segment, environment(call.db, project_key, environment_key))


def read_export(
    call: Call, project_key: str, environment_key: str, segment_key: str, export_id: str
) -> ExportShape:
    segment = BigSegment(project_key, environment_key, segment_key).read(call)
    place = environment(call.db, project_key, environment_key)
    return represent_export(find_export(call.db, segment.id, export_id), segment, place)


def read_export_file(
    call: Call, project_key: str, environment_key: str, segment_key: str, export_id: str
) -> Answer:
    """The list as CSV, as an import takes it: `key,included`. Raises Conflict before it is complete."""
    segment = BigSegment(project_key, environment_key, segment_key).read(call)
    require(call, segment, (EXPORT,))
    found = find_export(call.db, segment.id, export_id)
    if found.status != Status.COMPLETE.value:
        raise Conflict("The export is not complete: ask for it again in a moment")
    disposition = f'attachment; filename="{segment.key}.csv"'
    return Answer(
        b"key,included\n",
        "text/csv",
        headers={"Content-Disposition": disposition},
        parts=Parts(found.parts, lambda db, number: read_export_part(db, export_id, number)),
    )


def spell_members(keys: list[str], *, is_included: bool) -> str:
    """Lines of an exported file."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows((key, str(is_included).lower()) for key in keys)
    return text.getvalue()


def require(call: Call, segment: Segment, actions: tuple[str, ...]) -> None:
    """Raises Forbidden."""
    [address] = SEGMENT.addresses(call.db, [segment])
    call.actor.require(actions, address)
