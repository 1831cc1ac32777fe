"""Kinds of contexts that came from another account."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

from daybreak.areas.flags.context_kinds.model import AUTO_ADDED, DEFAULT, MANUAL, ContextKind
from daybreak.areas.flags.context_kinds.resource import CONTEXT_KIND, CREATE, UPDATE
from daybreak.areas.flags.context_kinds.store import list_context_kinds
from daybreak.areas.flags.imports.places import find_carried_project
from daybreak.areas.flags.imports.requests import CameKind
from daybreak.areas.projects.queries import ProjectFact
from daybreak.platform.columns import Json
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings
from daybreak.rest.operations import change, create

# Of a kind, what does not come from there: when it was seen last is no change of it, here others see it.
_OWN: Final = frozenset(
    {"id", "project_id", "version", "last_seen", "created_at", "created_from", "modified_at"}
)


def carry_context_kinds(
    call: Call, source: Source, project_key: str, documents: Sequence[Json], findings: Findings
) -> None:
    parent = find_carried_project(call.db, source.name, project_key)
    if parent is not None:
        carrier = _kinds(call, parent)
        carry_over(call, source, carrier, read_all(carrier, documents, findings), findings)


def _kinds(call: Call, parent: ProjectFact) -> Carrier[CameKind, ContextKind]:
    prefix = f"{parent.key}/"
    return Carrier(
        kind=CONTEXT_KIND.kind,
        body=CameKind,
        id_there=lambda came: prefix + came.key,
        key=lambda came: prefix + came.key,
        find=lambda _: {prefix + kind.key: kind for kind in list_context_kinds(call.db, parent.id)},
        make=lambda came, known: _make(parent.id, came, known),
        carried=lambda kind: {name: value for name, value in asdict(kind).items() if name not in _OWN},
        id_of=lambda kind: kind.id,
        create=lambda call, kind: create(call, CONTEXT_KIND, kind, CREATE),
        change=lambda call, before, after: change(call, CONTEXT_KIND, before, Edit(after, (UPDATE,), "")),
        prefix=prefix,
    )


def _make(project_id: str, came: CameKind, known: ContextKind | None) -> ContextKind:
    origin = came.created_from if came.created_from in {DEFAULT, MANUAL, AUTO_ADDED} else MANUAL
    start = known or ContextKind(
        object_id(), project_id, came.key, "", origin, came.creation_date, 0, last_seen=came.last_seen
    )
    return replace(
        start,
        name=came.name,
        description=came.description,
        archived=came.archived,
        modified_at=came.last_modified,
    )
