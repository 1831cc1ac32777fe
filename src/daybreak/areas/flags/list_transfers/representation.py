"""Imports and exports of big segments as the API shows them."""

import msgspec

from daybreak.areas.flags.list_transfers.model import Export, Import
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.representation import segment_path
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class FileShape(Shape):
    """The file of an import."""

    filename: str
    status: str


class ImportShape(Shape):
    """How far an import is: so many of its keys are in."""

    id: str
    segment_key: str
    creation_time: int
    mode: str
    status: str
    files: list[FileShape]
    keys: int
    keys_done: int
    links_: Links = msgspec.field(name="_links")


class InitiatorShape(Shape):
    """Who asked for an export."""

    name: str
    email: str


class ExportShape(Shape):
    """How far an export is, and where its file can be had once it is complete."""

    id: str
    segment_key: str
    creation_time: int
    status: str
    size_bytes: int
    size: str
    initiator: InitiatorShape
    links_: Links = msgspec.field(name="_links")


def import_path(place: EnvironmentFact, key: str, id: str) -> str:
    return path("/api/v2/segments/{p}/{e}/{s}/imports/{i}", p=place.project.key, e=place.key, s=key, i=id)


def export_path(place: EnvironmentFact, key: str, id: str) -> str:
    return path("/api/v2/segments/{p}/{e}/{s}/exports/{i}", p=place.project.key, e=place.key, s=key, i=id)


def represent_import(found: Import, segment: Segment, place: EnvironmentFact) -> ImportShape:
    return ImportShape(
        id=found.id,
        segment_key=segment.key,
        creation_time=found.created_at,
        mode=found.mode,
        status=found.status,
        files=[FileShape(filename=found.filename, status=found.status)],
        keys=found.keys,
        keys_done=found.keys_done,
        links_=links(self=import_path(place, segment.key, found.id), parent=segment_path(place, segment.key)),
    )


def represent_export(found: Export, segment: Segment, place: EnvironmentFact) -> ExportShape:
    own = export_path(place, segment.key, found.id)
    return ExportShape(
        id=found.id,
        segment_key=segment.key,
        creation_time=found.created_at,
        status=found.status,
        size_bytes=found.size,
        size=_spell(found.size),
        initiator=InitiatorShape(name=found.initiator, email=""),
        links_=links(self=own, parent=segment_path(place, segment.key), file=f"{own}/file"),
    )


def _spell(size: int) -> str:
    """`1536` is `1.5 kB`."""
    amount, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
