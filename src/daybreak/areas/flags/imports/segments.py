"""Segments that came from another account, in one environment."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Final

from daybreak.areas.flags.imports.naming import name_parts
from daybreak.areas.flags.imports.places import find_carried_environment
from daybreak.areas.flags.imports.requests import CameSegment
from daybreak.areas.flags.segments.changing import change_segment
from daybreak.areas.flags.segments.fields import parse_rule
from daybreak.areas.flags.segments.model import Segment, tidy
from daybreak.areas.flags.segments.operations import CREATE
from daybreak.areas.flags.segments.peace import require_no_cycle
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.flags.segments.soundness import require_sound
from daybreak.areas.flags.segments.store import first_counts, list_segments
from daybreak.areas.flags.targeting import USER
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.columns import Json
from daybreak.platform.identifiers import object_id, stable_id
from daybreak.rest.call import Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings
from daybreak.rest.operations import create

KIND = SEGMENT.kind

# Of a segment, what does not come from there: how many changes were counted here, and whom only lists name.
_OWN: Final = frozenset(
    {"id", "project_id", "environment_id", "version", "generation", "included_count", "excluded_count"}
)


def _create(call: Call, segment: Segment) -> Segment:
    require_no_cycle(call.db, segment)
    return create(call, SEGMENT, segment, CREATE)


def _change(call: Call, before: Segment, after: Segment) -> Segment:
    actions = ("updateName", "updateTags", "updateIncluded", "updateExcluded", "updateRules")
    return change_segment(call, before, Edit(after, actions, ""), modified_at=after.modified_at)


def carry_segments(
    call: Call,
    source: Source,
    place: tuple[str, str],
    documents: Sequence[Json],
    salts: Mapping[str, str],
    findings: Findings,
) -> None:
    """`place` are the keys of a project and an environment. `salts` are those that SDKs deal contexts by, by
    the segments' keys: the API does not show them.
    """
    here = find_carried_environment(call.db, source.name, place)
    if here is not None:
        _carry_into(call, source, here, documents, salts, findings)


def _carry_into(
    call: Call,
    source: Source,
    place: EnvironmentFact,
    documents: Sequence[Json],
    salts: Mapping[str, str],
    findings: Findings,
) -> None:
    carrier = _segments(call, place, salts)
    named = [name_parts(document, source.name, place.id, str(document.get("key"))) for document in documents]
    read = read_all(carrier, named, findings)
    for came, _ in carry_over(call, source, carrier, read, findings):
        _note_what_is_missing(came, carrier.key(came), findings, has_salt=came.key in salts)


def _segments(call: Call, place: EnvironmentFact, salts: Mapping[str, str]) -> Carrier[CameSegment, Segment]:
    prefix = f"{place.project.key}/{place.key}/"
    return Carrier(
        kind=KIND,
        body=CameSegment,
        id_there=lambda came: prefix + came.key,
        key=lambda came: prefix + came.key,
        find=lambda _: {prefix + segment.key: segment for segment in list_segments(call.db, [place.id])},
        make=lambda came, known: _make(call, place, came, salts.get(came.key), known),
        carried=lambda segment: {name: value for name, value in asdict(segment).items() if name not in _OWN},
        id_of=lambda segment: segment.id,
        create=_create,
        change=_change,
        prefix=prefix,
    )


def _make(
    call: Call, place: EnvironmentFact, came: CameSegment, salt: str | None, known: Segment | None
) -> Segment:
    """Raises ValidationFailed where no SDK could make sense of it."""
    start = known or _start(call, place, came)
    made = replace(
        start,
        name=came.name,
        salt=salt or start.salt,
        created_at=came.creation_date,
        modified_at=came.last_modified_date,
        description=came.description,
        tags=tuple(came.tags),
        included=_targets(came, "included"),
        excluded=_targets(came, "excluded"),
        rules=tuple(parse_rule(rule) for rule in came.rules),
        is_unbounded=came.unbounded,
        unbounded_context_kind=(came.unbounded_context_kind or USER) if came.unbounded else USER,
    )
    require_sound(made)
    return made


def _start(call: Call, place: EnvironmentFact, came: CameSegment) -> Segment:
    """What SDKs compare goes on from where it is there, and is above that of a deleted one here."""
    id = object_id()
    version, generation = first_counts(call.db, place.id, came.key)
    return Segment(
        id=id,
        project_id=place.project.id,
        environment_id=place.id,
        key=came.key,
        name="",
        salt=stable_id(id, "salt"),
        created_at=0,
        modified_at=0,
        version=max(version, came.version),
        generation=max(generation, came.generation),
    )


def _targets(came: CameSegment, listed_in: str) -> Mapping[str, tuple[str, ...]]:
    """What unbounded segments list is kept apart, and not shown."""
    if came.unbounded:
        return {}
    users = came.included if listed_in == "included" else came.excluded
    others = came.included_contexts if listed_in == "included" else came.excluded_contexts
    found: dict[str, list[str]] = {USER: list(users)}
    for target in others:
        found.setdefault(target.context_kind or USER, []).extend(target.values)
    return tidy(found)


def _note_what_is_missing(came: CameSegment, id: str, findings: Findings, *, has_salt: bool) -> None:
    if came.external_:
        reason = f"is filled from {came.external_} there: here its members have to be listed"
        findings.note(KIND, id, reason)
    elif came.unbounded:
        findings.note(
            KIND, id, "its members are not shown by the API: export them there, import the file here"
        )
    if not has_salt and any(rule.weight is not None for rule in came.rules):
        findings.note(KIND, id, "its salt could not be read: the shares of its rules are dealt anew")
