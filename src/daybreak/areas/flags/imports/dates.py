"""The dates at which targets of flags and segments end, as another account has set them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import msgspec

from daybreak.areas.flags.expiring_targets.carrying_out import Subject
from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.areas.flags.expiring_targets.of_flags import EXPIRING_FLAG_TARGET
from daybreak.areas.flags.expiring_targets.of_flags import subject_of as subject_of_flag
from daybreak.areas.flags.expiring_targets.of_segments import EXPIRING_SEGMENT_TARGET
from daybreak.areas.flags.expiring_targets.of_segments import subject_of as subject_of_segment
from daybreak.areas.flags.expiring_targets.resource import ACTION
from daybreak.areas.flags.expiring_targets.store import list_of_resource
from daybreak.areas.flags.feature_flags.store import flags_by_key, list_live_flags_in
from daybreak.areas.flags.imports.places import find_carried_environment
from daybreak.areas.flags.segments.store import list_segments
from daybreak.areas.flags.shapes import ContextKey, Id, Kind
from daybreak.areas.flags.targeting import USER
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest
from daybreak.platform.identifiers import object_id
from daybreak.platform.origins import list_came
from daybreak.rest.call import Body, Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings
from daybreak.rest.keys import Instant
from daybreak.rest.operations import change, create, remove
from daybreak.rest.resource import Resource

KIND: Final = EXPIRING_FLAG_TARGET.kind
FLAG, SEGMENT = "flag", "segment"


class CameDate(Body, kw_only=True):
    """A date: of a target of a flag, or with a `target_type` of a segment."""

    id: Id = msgspec.field(name="_id")
    context_key: ContextKey
    context_kind: Kind = USER
    expiration_date: Instant
    variation_id: Id = ""
    target_type: str = ""

    @property
    def listed_in(self) -> str:
        return self.variation_id or self.target_type


@dataclass(frozen=True, slots=True)
class DatesOf:
    """What came of one flag or segment: its kind, its key, and its dates."""

    kind: str
    key: str
    documents: Sequence[Json]


def list_with_targets(db: Transaction, source: str, place: tuple[str, str]) -> list[tuple[str, str]]:
    """Kinds and keys of the flags and segments of an environment that name contexts: of these there may be
    dates. `place` are the keys of a project and an environment.
    """
    here = find_carried_environment(db, source, place)
    if here is None:
        return []
    flags = [
        (FLAG, flag.key)
        for flag in list_live_flags_in(db, here.project.id, here.id)
        if flag.in_environment(here.id).targets
    ]
    return flags + [(SEGMENT, segment.key) for segment in list_segments(db, [here.id]) if segment.listings]


def carry_dates(
    call: Call, source: Source, place: tuple[str, str], came: Sequence[DatesOf], findings: Findings
) -> None:
    """Those that came and are no more are removed here, too: their targets stay."""
    here = find_carried_environment(call.db, source.name, place)
    if here is None:
        return
    subjects = _subjects(call, here)
    for each in came:
        subject = subjects.get((each.kind, each.key))
        if subject is not None:
            _carry(call, source, subject, f"{'/'.join(place)}/{each.key}/", each.documents, findings)


def _subjects(call: Call, place: EnvironmentFact) -> dict[tuple[str, str], Subject]:
    live = [flag.key for flag in list_live_flags_in(call.db, place.project.id, place.id)]
    flags = flags_by_key(call.db, place.project.id, live)
    found = {(FLAG, key): subject_of_flag(flag, place) for key, flag in flags.items()}
    segments = {(SEGMENT, each.key): subject_of_segment(each) for each in list_segments(call.db, [place.id])}
    return found | segments


def _carry(
    call: Call,
    source: Source,
    subject: Subject,
    prefix: str,
    documents: Sequence[Json],
    findings: Findings,
) -> None:
    resource = EXPIRING_FLAG_TARGET if subject.kind == FLAG else EXPIRING_SEGMENT_TARGET
    known = list_of_resource(call.db, subject.id, subject.home)
    carrier = _dates(subject, resource, known, prefix)
    carried = carry_over(call, source, carrier, read_all(carrier, documents, findings), findings)
    kept = {target.id for _, target in carried}
    for target in known:
        if target.id not in kept and list_came(call.db, source.name, KIND, [target.id]):
            remove(call, resource, target, ACTION)


def _dates(
    subject: Subject, resource: Resource[ExpiringTarget], known: Sequence[ExpiringTarget], prefix: str
) -> Carrier[CameDate, ExpiringTarget]:
    here = {(target.context_kind, target.context_key): target for target in known}
    return Carrier(
        kind=KIND,
        body=CameDate,
        id_there=lambda came: came.id,
        key=lambda came: f"{prefix}{came.context_kind} {came.context_key}",
        find=lambda read: {
            came.id: here[came.context_kind, came.context_key]
            for came in read
            if (came.context_kind, came.context_key) in here
        },
        make=partial(_make, subject),
        carried=lambda target: [target.listed_in, target.expires_at],
        id_of=lambda target: target.id,
        create=lambda call, target: create(call, resource, target, ACTION),
        change=lambda call, before, after: change(call, resource, before, Edit(after, (ACTION,), "")),
        prefix=prefix,
    )


def _make(subject: Subject, came: CameDate, known: ExpiringTarget | None) -> ExpiringTarget:
    """Raises InvalidRequest where the context is not targeted here."""
    listing = subject.home.environment_id, came.listed_in, came.context_kind, came.context_key
    if listing not in subject.listings:
        raise InvalidRequest("is not targeted here, so nothing ends")
    start = known or ExpiringTarget(
        id=object_id(),
        project_id=subject.home.project_id,
        resource_kind=subject.kind,
        resource_id=subject.id,
        environment_id=subject.home.environment_id,
        listed_in=came.listed_in,
        context_kind=came.context_kind,
        context_key=came.context_key,
        expires_at=0,
    )
    return replace(start, listed_in=came.listed_in, expires_at=came.expiration_date)
