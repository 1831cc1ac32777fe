"""Resources of another account, made or changed here so that they are as they are there.

What only came is kept as it is there. What was made here, or changed here since it came, is never lost by
that: it stays, unless whoever carries it over says that it may be overwritten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Generic, TypeVar

import msgspec

from daybreak.platform.columns import Json
from daybreak.platform.errors import DomainError
from daybreak.platform.origins import Origin, list_origins, save_origins
from daybreak.rest.call import Call
from daybreak.rest.findings import Findings, Outcome
from daybreak.rest.keys import is_tag
from daybreak.rest.parsing import convert, require_storable

Came = TypeVar("Came")
Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Source:
    """The account that resources come from: its address, and whether what is here may be overwritten."""

    name: str
    overwrites: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier(Generic[Came, Model]):
    """How resources of a kind are carried over.

    `body` is what comes, `id_there` what it is known by in the source, `key` what the findings call it; keys
    begin with `prefix`. `find` finds those that are here, by their ids there. `make` makes what one should be
    here, from what it is where it is here already; it may raise a DomainError, saying why it cannot be.
    `carried` is what of a resource comes from there, as JSON: two of which that is equal are the same.
    `create` and `change` store it by the ordinary doorway, and give back what they stored.
    """

    kind: str
    body: type[Came]
    id_there: Callable[[Came], str]
    key: Callable[[Came], str]
    find: Callable[[Sequence[Came]], Mapping[str, Model]]
    make: Callable[[Came, Model | None], Model]
    carried: Callable[[Model], Json]
    id_of: Callable[[Model], str]
    create: Callable[[Call, Model], Model]
    change: Callable[[Call, Model, Model], Model]
    prefix: str = ""


class Verdict(StrEnum):
    """What is to be done with what came, and why not where it is nothing."""

    CREATE = "create"
    CHANGE = "change"
    LEAVE = "leave"
    KEEP = "keep"
    FOREIGN = "was made here, and did not come from there: it stays as it is"
    CONFLICT = "was changed here and there since it came: it stays as it is here"
    DELETED = "was deleted here since it came, and changed there: it stays deleted"


def decide(here: str | None, there: str, came: str | None) -> Verdict:
    """From digests: of what is here now, of what came now, and of what came last.

    `here` is None where nothing is, `came` where nothing came before.
    """
    if here is None:
        if came is None:
            return Verdict.CREATE
        return Verdict.KEEP if came == there else Verdict.DELETED
    if here == there:
        return Verdict.LEAVE
    if not came:
        return Verdict.FOREIGN
    if here == came:
        return Verdict.CHANGE
    return Verdict.KEEP if there == came else Verdict.CONFLICT


def read_all(
    carrier: Carrier[Came, Model], documents: Sequence[Mapping[str, Json]], findings: Findings
) -> list[Came]:
    """Those that can be read. The others are refused. Tags that are none here are left out, and named."""
    read = []
    for document in documents:
        name = next((document[name] for name in ("key", "email", "_id") if name in document), "")
        key = f"{carrier.prefix}{name}"
        try:
            came, odd = read_document(document, carrier.body)
        except DomainError as error:
            findings.count(carrier.kind, Outcome.REFUSED)
            findings.note(carrier.kind, key, error.message)
        else:
            read.append(came)
            for tag in odd:
                findings.note(carrier.kind, key, f"does not have the tag {tag!r}, which is none here")
    return read


def read_document(document: Mapping[str, Json], body: type[Came]) -> tuple[Came, list[str]]:
    """With its tags that are none here, which were left out. Raises DomainError where it cannot be read."""
    tags, odd = _sort_tags(document.get("tags"))
    require_storable(document)
    return convert({**document, "tags": tags} if odd else document, body), odd


def _sort_tags(tags: Json) -> tuple[list[str], list[str]]:
    """Those that a resource may have, and those that none may."""
    texts = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    fitting = [tag for tag in texts if is_tag(tag)]
    return fitting, [tag for tag in texts if tag not in fitting]


def carry_over(
    call: Call,
    source: Source,
    carrier: Carrier[Came, Model],
    read: Sequence[Came],
    findings: Findings,
) -> list[tuple[Came, Model]]:
    """Those that are here then, and came from there, now or before. What became of each, and why it is no
    better, is added to the findings.
    """
    here = carrier.find(read)
    known = list_origins(call.db, source.name, carrier.kind, [carrier.id_there(came) for came in read])
    origins: dict[str, Origin] = {}
    carried: list[tuple[Came, Model]] = []
    for came in read:
        id = carrier.id_there(came)
        try:
            arrived = _carry(call, source, carrier, came, here.get(id), known.get(id), findings)
        except DomainError as error:
            findings.count(carrier.kind, Outcome.REFUSED)
            findings.note(carrier.kind, carrier.key(came), error.message)
            continue
        if arrived.origin is not None:
            origins[id] = arrived.origin
            if arrived.stored is not None:
                carried.append((came, arrived.stored))
    save_origins(call.db, source.name, carrier.kind, origins)
    return carried


@dataclass(frozen=True, slots=True)
class _Arrived(Generic[Model]):
    """A resource as it is here then, and where it came from, if it did."""

    stored: Model | None
    origin: Origin | None


def _carry(
    call: Call,
    source: Source,
    carrier: Carrier[Came, Model],
    came: Came,
    here: Model | None,
    origin: Origin | None,
    findings: Findings,
) -> _Arrived[Model]:
    """Raises DomainError."""
    is_other = origin is not None and here is not None and origin.resource_id != carrier.id_of(here)
    wanted = carrier.make(came, here)
    there = digest(carrier.carried(wanted))
    verdict = decide(
        here=None if here is None else digest(carrier.carried(here)),
        there=there,
        came=None if origin is None or is_other else origin.digest,
    )
    if verdict is Verdict.LEAVE:
        stored, outcome = here, Outcome.UNCHANGED
    elif verdict is Verdict.CREATE or (here is None and source.overwrites):
        stored, outcome = carrier.create(call, wanted), Outcome.NEW
    elif here is not None and (verdict is Verdict.CHANGE or source.overwrites):
        stored, outcome = carrier.change(call, here, wanted), Outcome.CHANGED
    else:
        return _Arrived(here, _stay(carrier, came, here, origin, verdict, findings))
    assert stored is not None
    findings.count(carrier.kind, outcome)
    return _Arrived(stored, Origin(carrier.id_of(stored), there))


def _stay(
    carrier: Carrier[Came, Model],
    came: Came,
    here: Model | None,
    origin: Origin | None,
    verdict: Verdict,
    findings: Findings,
) -> Origin | None:
    """What is here stays as it is, and is named. What was made here did not come from there."""
    reason: str = verdict.value
    if verdict is Verdict.KEEP:
        what = "deleted" if here is None else "changed"
        reason = f"was {what} here since it came, and not there: that stays"
    findings.count(carrier.kind, Outcome.KEPT if verdict is Verdict.KEEP else Outcome.REFUSED)
    findings.note(carrier.kind, carrier.key(came), reason)
    return None if verdict in {Verdict.FOREIGN, Verdict.DELETED} else origin


def digest(value: Json) -> str:
    """The same for equal values, whatever the order of their members."""
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()[:32]
