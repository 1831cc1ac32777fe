"""Carries out the instructions of a patch, whosever targets they are about. Those that cannot be carried out
are told with their places in the patch; the others count.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from daybreak.areas.flags.expiring_targets.instructions import Asked, Step, Vocabulary, parse_asked
from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.areas.flags.expiring_targets.resource import ACTION
from daybreak.areas.flags.expiring_targets.store import Listing, find_target
from daybreak.areas.projects.queries import Home
from daybreak.platform.columns import Json
from daybreak.platform.errors import (
    Conflict,
    DomainError,
    Forbidden,
    InvalidRequest,
    NotFound,
    OptimisticLockingError,
)
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, create, remove
from daybreak.rest.resource import Resource


@dataclass(frozen=True, slots=True)
class Subject:
    """The flag or segment in one environment that an instruction is about, with all that it targets."""

    kind: str
    id: str
    home: Home
    listings: Collection[Listing]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The dates that were set, and by place in the patch why instructions failed."""

    targets: Sequence[ExpiringTarget]
    errors: Mapping[int, str]


def carry_out(
    call: Call,
    resource: Resource[ExpiringTarget],
    items: Sequence[Mapping[str, Json]],
    vocabulary: Vocabulary,
    subject_of: Callable[[Asked], Subject],
    comment: str,
) -> Outcome:
    """Raises Forbidden where one of the instructions is not allowed: then none counts."""
    done: dict[str, ExpiringTarget] = {}
    errors: dict[int, str] = {}
    for number, item in enumerate(items):
        try:
            asked = parse_asked(item, vocabulary)
            target = _carry_out(call, resource, asked, subject_of(asked), comment)
        except Forbidden:
            raise
        except DomainError as error:
            # Nothing was written: what may fail is looked at before.
            errors[number] = error.message
        else:
            if target is not None:
                _note(done, asked, target)
    return Outcome(tuple(done.values()), errors)


def _note(done: dict[str, ExpiringTarget], asked: Asked, target: ExpiringTarget) -> None:
    if asked.step is Step.REMOVE:
        done.pop(target.id, None)
    else:
        done[target.id] = target


def _carry_out(
    call: Call, resource: Resource[ExpiringTarget], asked: Asked, subject: Subject, comment: str
) -> ExpiringTarget | None:
    """The target as it is, or was before it was removed; None where there was nothing to remove."""
    known = find_target(call.db, subject.id, subject.home, asked.context_kind, asked.context_key)
    if asked.step is Step.REMOVE:
        if known is None or known.listed_in != asked.listed_in:
            return None
        remove(call, resource, known, ACTION, comment)
        return known
    _require_later(asked, call.now)
    if asked.step is Step.ADD:
        return _add(call, resource, asked, subject, known, comment)
    return _change(call, resource, asked, known, comment)


def _require_later(asked: Asked, now: int) -> None:
    if asked.expires_at <= now:
        raise InvalidRequest(f"value: {asked.expires_at} has passed; give a later Unix time in milliseconds")


def _add(
    call: Call,
    resource: Resource[ExpiringTarget],
    asked: Asked,
    subject: Subject,
    known: ExpiringTarget | None,
    comment: str,
) -> ExpiringTarget:
    if known is not None:
        raise Conflict(f"{asked.context_kind} {asked.context_key!r} has a date already: change or remove it")
    listing = subject.home.environment_id, asked.listed_in, asked.context_kind, asked.context_key
    if listing not in subject.listings:
        who = f"{asked.context_kind} {asked.context_key!r}"
        raise InvalidRequest(f"{who} is not targeted in {asked.listed_in!r}: target it first")
    target = ExpiringTarget(
        id=object_id(),
        project_id=subject.home.project_id,
        resource_kind=subject.kind,
        resource_id=subject.id,
        environment_id=subject.home.environment_id,
        listed_in=asked.listed_in,
        context_kind=asked.context_kind,
        context_key=asked.context_key,
        expires_at=asked.expires_at,
    )
    return create(call, resource, target, ACTION, comment)


def _change(
    call: Call,
    resource: Resource[ExpiringTarget],
    asked: Asked,
    known: ExpiringTarget | None,
    comment: str,
) -> ExpiringTarget:
    if known is None or known.listed_in != asked.listed_in:
        raise NotFound(
            f"{asked.context_kind} {asked.context_key!r} has no date in {asked.listed_in!r}: add one"
        )
    if asked.version is not None and asked.version != known.version:
        raise OptimisticLockingError(
            f"version: the date has changed since version {asked.version}; it is at {known.version}"
        )
    return change(
        call, resource, known, Edit(replace(known, expires_at=asked.expires_at), (ACTION,), comment)
    )
