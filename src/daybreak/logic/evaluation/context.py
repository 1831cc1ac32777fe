"""Who a flag is evaluated for: one context, or several of different kinds at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from daybreak.logic.evaluation.model import DEFAULT_KIND, Json
from daybreak.logic.evaluation.reference import Reference

MULTI = "multi"

_KIND = re.compile(r"[-a-zA-Z0-9._]+\Z")

# What a user of the time before contexts had at its top level; everything of its own was under `custom`.
_USER_TEXTS = ("name", "email", "firstName", "lastName", "country", "avatar", "ip")


class ContextInvalid(ValueError):
    """Not a context, and why."""


@dataclass(frozen=True, slots=True)
class Single:
    """A context of one kind. `attributes` hold its key, its kind, and whether it is anonymous as well."""

    kind: str
    key: str
    attributes: Mapping[str, Json]
    private: tuple[str, ...] = ()

    def value(self, reference: Reference) -> Json:
        """None where there is no such attribute."""
        names = reference.names
        value = self.attributes.get(names[0])
        for name in names[1:]:
            if not isinstance(value, dict):
                return None
            value = value.get(name)
        return value


@dataclass(frozen=True, slots=True)
class Context:
    """Contexts by kind, one or more, in the order of their kinds."""

    singles: Mapping[str, Single]

    @property
    def full_key(self) -> str:
        """What tells contexts apart: unique over kinds and keys."""
        if self.singles.keys() == {DEFAULT_KIND}:
            return self.singles[DEFAULT_KIND].key
        return ":".join(f"{single.kind}:{_escape(single.key)}" for single in self.singles.values())


def parse_context(data: Json) -> Context:
    """From JSON: a context, several in one, or a user of the time before contexts.

    Raises:
        ContextInvalid: it is none of these.

    """
    if not isinstance(data, dict):
        raise ContextInvalid("a context is an object")
    if "kind" not in data:
        return Context({DEFAULT_KIND: _parse_user(data)})
    kind = data["kind"]
    if kind != MULTI:
        single = _parse_single(data, kind)
        return Context({single.kind: single})
    parts = {name: part for name, part in data.items() if name != "kind"}
    if not parts:
        raise ContextInvalid("a multi-kind context has at least one kind")
    return Context({name: _parse_single(parts[name], name) for name in sorted(parts)})


def _parse_single(data: Json, kind: Json) -> Single:
    if not isinstance(data, dict):
        raise ContextInvalid(f"the context of kind {kind!r} is an object")
    if not isinstance(kind, str) or not _KIND.match(kind) or kind in {"kind", MULTI}:
        raise ContextInvalid(f"{kind!r} is no kind of context: letters, digits, '.', '_' and '-' make one")
    key = data.get("key")
    if not isinstance(key, str) or not key:
        raise ContextInvalid(f"the context of kind {kind!r} needs a key, a text that is not empty")
    _require_types(data)
    attributes = {name: value for name, value in data.items() if name != "_meta" and value is not None}
    attributes |= {"kind": kind, "anonymous": data.get("anonymous") or False}
    meta = data.get("_meta")
    if not isinstance(meta, dict | None):
        raise ContextInvalid("_meta: an object")
    return Single(kind, key, attributes, _parse_private((meta or {}).get("privateAttributes")))


def _require_types(data: Mapping[str, Json]) -> None:
    if not isinstance(data.get("name"), str | None):
        raise ContextInvalid("name: a text")
    if not isinstance(data.get("anonymous"), bool | None):
        raise ContextInvalid("anonymous: true or false")


def _parse_private(references: Json) -> tuple[str, ...]:
    if references is None:
        return ()
    if not isinstance(references, list) or not all(isinstance(each, str) for each in references):
        raise ContextInvalid("private attributes: a list of attribute references")
    return tuple(references)


def _parse_user(data: Mapping[str, Json]) -> Single:
    key, custom = data.get("key"), data.get("custom", {})
    if not isinstance(key, str):
        raise ContextInvalid("a user needs a key, which is a text")
    if not isinstance(custom, dict | None):
        raise ContextInvalid("custom: an object")
    for name in _USER_TEXTS:
        if not isinstance(data.get(name), str | None):
            raise ContextInvalid(f"{name}: a text")
    _require_types(data)
    attributes = {name: value for name, value in (custom or {}).items() if value is not None}
    attributes |= {name: data[name] for name in _USER_TEXTS if data.get(name) is not None}
    attributes |= {"key": key, "kind": DEFAULT_KIND, "anonymous": data.get("anonymous") or False}
    return Single(DEFAULT_KIND, key, attributes, _parse_private(data.get("privateAttributeNames")))


def _escape(key: str) -> str:
    return key.replace("%", "%25").replace(":", "%3A")
