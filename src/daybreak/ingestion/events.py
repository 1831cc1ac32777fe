"""Events as SDKs send them. Only what is kept is read; kinds and fields that are unknown are passed over."""

from typing import Annotated

import msgspec

from daybreak.platform.columns import Json

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]

# Unix ms: no number that has no instant.
Instant = Annotated[float, msgspec.Meta(ge=0, le=1e15)]


# What an event does not tell.
NOTHING = msgspec.Raw()


class Counter(msgspec.Struct, gc=False):
    """Evaluations that had the same outcome. Without a variation the caller's default was served."""

    count: Count = 0
    variation: int | None = None
    unknown: bool = False


class FlagSummary(msgspec.Struct, rename="camel"):
    """All evaluations of one flag since the last summary."""

    counters: list[Counter] = []
    context_kinds: list[str] = []
    default: Json = msgspec.UNSET


class Event(msgspec.Struct, rename="camel"):
    """One event of any kind. `context` and its predecessor `user` are whole documents, which are read where
    they are new; `context_keys` has no more than keys by kind.
    """

    kind: str = ""
    key: str = ""
    end_date: Instant | None = None
    creation_date: Instant | None = None
    features: dict[str, FlagSummary] = {}
    context: msgspec.Raw = NOTHING
    user: msgspec.Raw = NOTHING
    context_keys: msgspec.Raw = NOTHING
    variation: int | None = None
    default: Json = msgspec.UNSET
    exclude_from_summaries: bool = False


class EventsInvalid(ValueError):
    """The body is not a list of events, in words for its sender."""


_events = msgspec.json.Decoder(list[Event])
_event = msgspec.json.Decoder(Event)
_parts = msgspec.json.Decoder(list[msgspec.Raw])
_object = msgspec.json.Decoder(dict[str, msgspec.Raw])


# What comes of bytes that are no JSON: text that is not UTF-8 and endless depth have errors of their own.
_NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def parse_events(body: bytes) -> tuple[list[Event], int]:
    """The events of a body, and how many of them cannot be read. Raises EventsInvalid."""
    try:
        return _events.decode(body), 0
    except _NO_JSON:
        return _parse_one_by_one(body)


def _parse_one_by_one(body: bytes) -> tuple[list[Event], int]:
    """One bad event does not cost the others."""
    try:
        parts = _parts.decode(body)
    except _NO_JSON as error:
        raise EventsInvalid(f"The body is not a list of events: {error}") from None
    found, unreadable = [], 0
    for part in parts:
        try:
            found.append(_event.decode(part))
        except _NO_JSON:
            unreadable += 1
    return found, unreadable


def require_object(body: bytes) -> None:
    """What tells of an SDK itself is one JSON object. Raises EventsInvalid."""
    try:
        _object.decode(body)
    except _NO_JSON as error:
        raise EventsInvalid(f"The body is not a JSON object: {error}") from None
