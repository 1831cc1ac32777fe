"""All flags and segments of an environment at one moment, encoded once for everybody who asks."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Protocol

import msgspec

from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction

_encode = msgspec.json.Encoder().encode


class Payload(Protocol):
    """What SDKs of an environment are to be sent, by key."""

    @property
    def flags(self) -> Mapping[str, dict[str, Json]]: ...

    @property
    def segments(self) -> Mapping[str, dict[str, Json]]: ...


class Payloads(Protocol):
    """Whoever keeps flags and segments."""

    def __call__(self, db: Transaction, environment_ids: Collection[str]) -> Mapping[str, Payload]:
        """By environment; one that is gone is missing."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One flag or segment as it is sent."""

    version: int
    body: bytes


Items = Mapping[str, Item]


@dataclass(frozen=True)
class Snapshot:
    """Immutable: whoever holds one sees one state of the environment."""

    environment_id: str
    flags: Items
    segments: Items

    @cached_property
    def everything(self) -> bytes:
        return b'{"flags":%b,"segments":%b}' % (self.all_flags, _join(self.segments))

    @cached_property
    def all_flags(self) -> bytes:
        return _join(self.flags)

    @cached_property
    def tag(self) -> str:
        """What tells this state from every other one."""
        return f'"{sha256(self.everything).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one flag or segment. `body` is None for one that is gone."""

    collection: str
    key: str
    version: int
    body: bytes | None


def take_snapshot(environment_id: str, payload: Payload, before: Snapshot | None = None) -> Snapshot:
    """What has the version it had `before` is not encoded again."""
    return Snapshot(
        environment_id,
        _take(payload.flags, before.flags if before else {}),
        _take(payload.segments, before.segments if before else {}),
    )


def find_changes(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Segments come first, so that no flag is sent before what it refers to."""
    for collection in ("segments", "flags"):
        old: Items = getattr(before, collection)
        new: Items = getattr(after, collection)
        for key, item in new.items():
            if key not in old or old[key].version != item.version:
                yield Change(collection, key, item.version, item.body)
        for key in old.keys() - new.keys():
            # SDKs ignore what is no newer than what they have. What comes back under the key starts above it.
            yield Change(collection, key, old[key].version + 1, None)


def _take(values: Mapping[str, dict[str, Json]], before: Items) -> Items:
    return {key: _keep_or_encode(value, before.get(key)) for key, value in values.items()}


def _keep_or_encode(value: dict[str, Json], known: Item | None) -> Item:
    version = int(value["version"])
    return known if known is not None and known.version == version else Item(version, _encode(value))


def _join(items: Items) -> bytes:
    return b"{%b}" % b",".join(_encode(key) + b":" + item.body for key, item in items.items())
