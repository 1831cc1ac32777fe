"""What the document of a context says: its parts, their attributes, and what is kept secret."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from daybreak.areas.flags.contexts.model import Attribute, LearntContext, LearntInstance, SeenContext
from daybreak.logic.evaluation.context import MULTI, Context, ContextInvalid, Single, parse_context
from daybreak.logic.evaluation.operators import parse_instant
from daybreak.platform.columns import Json
from daybreak.platform.errors import DomainError
from daybreak.rest.parsing import require_storable

# What is longer than this is no key, name or value that somebody searches for. An index of PostgreSQL takes
# 2,704 bytes of all together. Of a key, bytes are counted.
LONGEST_KEY = 1_000
LONGEST_NAME = 256
LONGEST_VALUE = 256
MOST_ATTRIBUTES = 100
LARGEST_DOCUMENT = 64 * 1024

_LATEST = 2**53
_MEMBERS = frozenset({"kind", "key", "_meta"})


def learn(seen: SeenContext) -> LearntInstance | None:
    """None for what is no context, or none that can be kept."""
    if len(seen.document) > LARGEST_DOCUMENT:
        return None
    try:
        raw = msgspec.json.decode(seen.document)
        require_storable(raw)
        context = parse_context(_of_keys(raw) if seen.is_partial else raw)
    # Text that is not UTF-8 is a ValueError, and so is ContextInvalid.
    except (msgspec.DecodeError, ValueError, DomainError, RecursionError):
        return None
    singles = list(context.singles.values())
    if any(len(single.key.encode()) > LONGEST_KEY or len(single.kind) > LONGEST_NAME for single in singles):
        return None
    parts = tuple(_learn_part(seen, single, _redacted_of(raw, context, single)) for single in singles)
    instance_id = digest(*(f"{single.kind}:{single.key}" for single in singles))
    return LearntInstance(
        digest(seen.environment_id, instance_id, seen.application_id),
        instance_id,
        seen.environment_id,
        seen.application_id,
        _join([part.document for part in parts]),
        parts,
        seen.is_partial,
    )


def digest(*parts: str) -> str:
    """An id that is the same for the same parts. No part holds a NUL character."""
    return urlsafe_b64encode(sha256("\0".join(parts).encode()).digest()[:18]).decode()


def spell_value(value: Json) -> str:
    """JSON that is equal where values are equal."""
    return msgspec.json.encode(_whole(value), order="sorted").decode()


def _of_keys(raw: Any) -> Json:
    """`{"user": "ann"}` as a context."""
    if not isinstance(raw, dict):
        raise ContextInvalid("keys by kind are an object")
    return {"kind": MULTI} | {kind: {"key": key} for kind, key in raw.items()}


def _redacted_of(raw: Any, context: Context, single: Single) -> Sequence[str]:
    """The references of what the SDK has taken out."""
    if "kind" not in raw and "privateAttrs" in raw:
        told = raw["privateAttrs"]
    else:
        own = raw if len(context.singles) == 1 and raw.get("kind") != MULTI else raw.get(single.kind)
        meta = own.get("_meta") if isinstance(own, dict) else None
        told = meta.get("redactedAttributes") if isinstance(meta, dict) else None
    return [each for each in told if isinstance(each, str)] if isinstance(told, list) else []


def _learn_part(seen: SeenContext, single: Single, redacted: Sequence[str]) -> LearntContext:
    document = _document_of(single, hidden={*redacted, *single.private})
    found = {each.name: each for each in _attributes_of(document)}
    for name in redacted:
        found[name[:LONGEST_NAME]] = Attribute(name[:LONGEST_NAME], None, redacted=True)
    return LearntContext(
        digest(seen.environment_id, single.kind, single.key, seen.application_id),
        seen.environment_id,
        single.kind,
        single.key,
        seen.application_id,
        document,
        tuple(found.values())[:MOST_ATTRIBUTES],
        seen.is_partial,
    )


def _document_of(single: Single, hidden: set[str]) -> dict[str, Json]:
    """Client-side SDKs of others may name what is private without taking it out: it is not kept either."""
    kept = {
        name: value
        for name, value in single.attributes.items()
        if name not in hidden and f"/{name}" not in hidden and (name != "anonymous" or value)
    }
    for reference in hidden:
        if reference.startswith("/"):
            kept = _without(kept, [_unescape(part) for part in reference[1:].split("/")])
    return {"kind": single.kind, "key": single.key} | kept


def _without(value: dict[str, Json], path: Sequence[str]) -> dict[str, Json]:
    name, inner = path[0], value.get(path[0])
    if len(path) == 1:
        return {key: each for key, each in value.items() if key != name}
    return value | {name: _without(inner, path[1:])} if isinstance(inner, dict) else value


def _join(documents: Sequence[Mapping[str, Json]]) -> Mapping[str, Json]:
    if len(documents) == 1:
        return documents[0]
    parts = {
        str(document["kind"]): {name: value for name, value in document.items() if name != "kind"}
        for document in documents
    }
    return {"kind": MULTI} | parts


def _attributes_of(document: Mapping[str, Json]) -> Iterator[Attribute]:
    """Each value that can be searched for, by its name or by the path of names to it."""
    for name, value in document.items():
        if name not in _MEMBERS:
            plain = name if not name.startswith("/") else f"/{_escape(name)}"
            yield from _flatten(plain, f"/{_escape(name)}", value)


def _flatten(name: str, path: str, value: Json) -> Iterator[Attribute]:
    if isinstance(value, dict):
        for inner, each in value.items():
            below = f"{path}/{_escape(inner)}"
            yield from _flatten(below, below, each)
    elif value is not None and len(name) <= LONGEST_NAME:
        text = spell_value(value)
        at = parse_instant(value)
        is_instant = at is not None and abs(at) < _LATEST
        yield Attribute(
            name,
            text if len(text) <= LONGEST_VALUE else None,
            int(at) if is_instant and at is not None else None,
        )


def _whole(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer() and abs(value) < _LATEST:
        return int(value)
    return [_whole(each) for each in value] if isinstance(value, list) else value


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _unescape(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")
