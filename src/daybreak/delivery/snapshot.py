"""All flags and segments of an environment at one moment, encoded once for everybody who asks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol, TypeVar

import msgspec

from daybreak.logic.evaluation.prepare import PreparedFlag, prepare_flag
from daybreak.logic.evaluation.reading import read_flag, read_segment
from daybreak.logic.evaluation.reason import BigSegmentsStatus, Result
from daybreak.logic.evaluation.segments import PreparedSegment, prepare_segment
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction

_encode = msgspec.json.Encoder().encode


class Payload(Protocol):
    """What SDKs of an environment are to be sent, by key."""

    @property
    def flags(self) -> Mapping[str, dict[str, Json]]: ...

    @property
    def segments(self) -> Mapping[str, dict[str, Json]]: ...

    @property
    def secure_mode_key(self) -> str | None:
        """What browsers must prove to know by a hash, where the environment is in secure mode."""
        ...

    @property
    def default_ttl(self) -> int:
        """How many minutes SDKs that ask for single flags may keep them."""
        ...


class Payloads(Protocol):
    """Whoever keeps flags and segments."""

    def __call__(self, db: Transaction, environment_ids: Collection[str]) -> Mapping[str, Payload]:
        """By environment; one that is gone is missing."""
        ...


class PolledPayload(msgspec.Struct):
    """What a poll of everything is answered, read back. Settings are not sent."""

    flags: dict[str, dict[str, Json]]
    segments: dict[str, dict[str, Json]]
    secure_mode_key: None = None
    default_ttl: int = 0


class PayloadChange(Protocol):
    """What some flags and segments have become, by key. A flag that is sent no more is None."""

    @property
    def flags(self) -> Mapping[str, dict[str, Json] | None]: ...

    @property
    def segments(self) -> Mapping[str, dict[str, Json]]: ...


class PayloadChanges(Protocol):
    """Whoever keeps flags and segments, asked for some of them only."""

    def __call__(
        self,
        db: Transaction,
        environment_ids: Collection[str],
        flag_ids: Collection[str],
        segment_ids: Collection[str],
    ) -> Mapping[str, PayloadChange] | None:
        """By environment that has one of them; None where only everything can tell what became of them."""
        ...


class Memberships(Protocol):
    """Whoever keeps the members of big segments."""

    def __call__(
        self, db: Transaction, environment_id: str, keys: Collection[str]
    ) -> Mapping[str, Mapping[str, bool]]:
        """By key of a context and reference of a segment, whether it lists or excludes the key."""
        ...


class Availability(msgspec.Struct, rename="camel"):
    """Which client-side SDKs may see a flag."""

    using_mobile_key: bool = True
    using_environment_id: bool = False


class ClientFacts(msgspec.Struct, rename="camel"):
    """What client-side SDKs are told of a flag beside its value."""

    version: int
    client_side_availability: Availability
    track_events: bool = False
    debug_events_until_date: int | None = None


@dataclass(frozen=True)
class Item:
    """One flag or segment as it is sent; prepared for evaluation when somebody first needs it."""

    version: int
    body: bytes
    _told: dict[tuple["Tell", int], tuple[Result, bytes]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def told(self, tell: "Tell", result: Result) -> bytes:
        """What to tell of a flag's result. Told once for each result that the flag was prepared with, however
        many contexts get it; what depends on others (prerequisites, big segments) is told anew.
        """
        if result.prerequisites or result.reason.big_segments_status is not None:
            return tell(self, result)
        # Looking up the result itself would hash all it holds. It is kept, so that its id stays its own.
        place = tell, id(result)
        known = self._told.get(place)
        if known is None:
            known = self._told[place] = result, tell(self, result)
        return known[1]

    @cached_property
    def flag(self) -> PreparedFlag:
        return prepare_flag(read_flag(msgspec.json.decode(self.body)))

    @cached_property
    def segment(self) -> PreparedSegment:
        return prepare_segment(read_segment(msgspec.json.decode(self.body)))

    @cached_property
    def facts(self) -> ClientFacts:
        return msgspec.json.decode(self.body, type=ClientFacts)


Items = Mapping[str, Item]
Tell = Callable[[Item, Result], bytes]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Snapshot:
    """Immutable: whoever holds one sees one state of the environment."""

    environment_id: str
    flags: Items
    segments: Items
    secure_mode_key: str | None = None
    default_ttl: int = 0
    # That of the database from which on this state is known to hold.
    revision: int = 0
    _made: dict[Callable[["Snapshot"], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def made(self, make: Callable[["Snapshot"], Made]) -> Made:
        """Made once, however many ask."""
        if make not in self._made:
            self._made[make] = make(self)
        known: Made = self._made[make]
        return known

    @property
    def settings(self) -> tuple[str | None, int]:
        """What SDKs are not sent, but served by."""
        return self.secure_mode_key, self.default_ttl

    def flag(self, key: str) -> PreparedFlag | None:
        item = self.flags.get(key)
        return None if item is None else item.flag

    def segment(self, key: str) -> PreparedSegment | None:
        item = self.segments.get(key)
        return None if item is None else item.segment

    @cached_property
    def has_big_segments(self) -> bool:
        """Whether there are lists of members that a snapshot does not hold."""
        return any(item.segment.unbounded for item in self.segments.values())

    @cached_property
    def everything(self) -> bytes:
        return b'{"flags":%b,"segments":%b}' % (self.all_flags, _join(self.segments))

    @cached_property
    def all_flags(self) -> bytes:
        return _join(self.flags)

    @cached_property
    def tag(self) -> str:
        """What tells this state from every other one."""
        return tag_of(self.everything)


@dataclass(frozen=True, slots=True)
class Scene:
    """A snapshot together with what big segments say of the keys of one context."""

    snapshot: Snapshot
    listed: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)

    def flag(self, key: str) -> PreparedFlag | None:
        return self.snapshot.flag(key)

    def segment(self, key: str) -> PreparedSegment | None:
        return self.snapshot.segment(key)

    def memberships(self, context_key: str) -> tuple[Mapping[str, bool], BigSegmentsStatus]:
        return self.listed.get(context_key, {}), "HEALTHY"


def tag_of(body: bytes) -> str:
    return f'"{sha256(body).hexdigest()[:32]}"'


def take_snapshot(
    environment_id: str, payload: Payload, before: Snapshot | None = None, revision: int = 0
) -> Snapshot:
    """What has the version it had `before` is not encoded again."""
    return Snapshot(
        environment_id,
        _take(payload.flags, before.flags if before else {}),
        _take(payload.segments, before.segments if before else {}),
        payload.secure_mode_key,
        payload.default_ttl,
        revision,
    )


def change_snapshot(before: Snapshot, change: PayloadChange, revision: int) -> Snapshot:
    """What has not changed is not even looked at."""
    flags = {key: value for key, value in change.flags.items() if value is not None}
    gone = change.flags.keys() - flags.keys()
    kept = {key: item for key, item in before.flags.items() if key not in gone}
    return replace(
        before,
        flags=_in_order({**kept, **_take(flags, before.flags)}),
        segments=_in_order({**before.segments, **_take(change.segments, before.segments)}),
        revision=revision,
    )


def _take(values: Mapping[str, dict[str, Json]], before: Items) -> Items:
    return _in_order({key: _keep_or_encode(value, before.get(key)) for key, value in values.items()})


def _in_order(items: Items) -> Items:
    """The same state has the same bytes, whatever led to it and in whichever process."""
    return dict(sorted(items.items()))


def _keep_or_encode(value: dict[str, Json], known: Item | None) -> Item:
    version = int(value["version"])
    return known if known is not None and known.version == version else Item(version, _encode(value))


def _join(items: Items) -> bytes:
    return b"{%b}" % b",".join(_encode(key) + b":" + item.body for key, item in items.items())
