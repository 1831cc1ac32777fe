"""The newer protocol of server-side SDKs: what is sent counts only as a whole, and ends with a selector. An
SDK shows it when it comes back, and is sent no more than what it missed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from daybreak.delivery.changes import Batch, Change
from daybreak.delivery.snapshot import Items, Snapshot

_encode = msgspec.json.Encoder().encode

# The singular of the collections' names, which the older protocol uses.
KINDS = {"segments": "segment", "flags": "flag"}

_SELECTOR = re.compile(r"\(p:([0-9a-f]{1,40}):([0-9]{1,18})\)")


class Event(NamedTuple):
    """`data` is JSON."""

    name: bytes
    data: bytes

    @property
    def as_text(self) -> bytes:
        return b"event: %b\ndata: %b\n\n" % self

    @property
    def as_json(self) -> bytes:
        return b'{"event":"%b","data":%b}' % self


GOODBYE = Event(b"goodbye", b'{"reason":"the stream ends: come back for what changes"}')


@dataclass(frozen=True, slots=True)
class Transfer:
    """What brings an SDK to a snapshot: `changes` to what it has, or everything where they are None.

    `basis` is the selector it showed, or an empty text.
    """

    snapshot: Snapshot
    basis: str
    changes: Sequence[Change] | None

    @property
    def is_empty(self) -> bool:
        return self.changes is not None and not self.changes

    @property
    def selector(self) -> str:
        """Of the snapshot."""
        return selector_of(self.snapshot.environment_id, self.snapshot.revision)

    @property
    def intent(self) -> Event:
        if self.changes is None:
            code, reason = "xfer-full", "cant-catchup" if self.basis else "payload-missing"
        else:
            code, reason = ("none", "up-to-date") if self.is_empty else ("xfer-changes", "stale")
        return _intent(self.snapshot.environment_id, self.snapshot.revision, code, reason)

    @property
    def end(self) -> Event:
        return _end(self.snapshot.environment_id, self.snapshot.revision)


def selector_of(environment_id: str, revision: int) -> str:
    return f"(p:{environment_id}:{revision})"


def parse_selector(text: str, environment_id: str) -> int | None:
    """The revision of a selector; None where it is none of this environment."""
    found = _SELECTOR.fullmatch(text)
    return int(found[2]) if found is not None and found[1] == environment_id else None


def represent_stream(transfer: Transfer) -> bytes:
    """The beginning of a stream."""
    if transfer.is_empty:
        return transfer.intent.as_text
    if transfer.changes is None:
        objects = transfer.snapshot.made(_everything_as_text)
    else:
        objects = _as_text(map(_represent, transfer.changes))
    return transfer.intent.as_text + objects + transfer.end.as_text


def represent_poll(transfer: Transfer) -> bytes:
    """The body of an answer."""
    if transfer.is_empty:
        return _as_body([transfer.intent.as_json])
    if transfer.changes is None:
        objects = transfer.snapshot.made(_everything_as_json)
    else:
        objects = _as_json(map(_represent, transfer.changes))
    # An environment without anything has no objects.
    return _as_body(filter(None, [transfer.intent.as_json, objects, transfer.end.as_json]))


def represent_batch(batch: Batch) -> bytes:
    """What a stream goes on with: it counts for the SDK when the last of it has come."""
    return _as_text(
        [
            _intent(batch.environment_id, batch.revision, "xfer-changes", "update"),
            *map(_represent, batch.changes),
            _end(batch.environment_id, batch.revision),
        ]
    )


def _intent(environment_id: str, revision: int, code: str, reason: str) -> Event:
    payload = {"id": environment_id, "target": revision, "intentCode": code, "reason": reason}
    return Event(b"server-intent", _encode({"payloads": [payload]}))


def _end(environment_id: str, revision: int) -> Event:
    state = selector_of(environment_id, revision)
    return Event(b"payload-transferred", _encode({"state": state, "version": revision}))


def _represent(change: Change) -> Event:
    named = {"version": change.version, "kind": KINDS[change.collection], "key": change.key}
    if change.body is None:
        return Event(b"delete-object", _encode(named))
    return Event(b"put-object", _encode(named | {"object": msgspec.Raw(change.body)}))


def _everything(snapshot: Snapshot) -> Iterator[Event]:
    for collection in KINDS:
        items: Items = getattr(snapshot, collection)
        for key, item in items.items():
            yield _represent(Change(collection, key, item.version, item.body))


def _everything_as_text(snapshot: Snapshot) -> bytes:
    return _as_text(_everything(snapshot))


def _everything_as_json(snapshot: Snapshot) -> bytes:
    return _as_json(_everything(snapshot))


def _as_text(events: Iterable[Event]) -> bytes:
    return b"".join(event.as_text for event in events)


def _as_json(events: Iterable[Event]) -> bytes:
    return b",".join(event.as_json for event in events)


def _as_body(events: Iterable[bytes]) -> bytes:
    return b'{"events":[%b]}' % b",".join(events)
