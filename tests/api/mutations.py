"""Bad values for the fields of a struct: each is known to be bad because its type does not take it."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from daybreak.platform.columns import Json

# Longer than any text may be.
TOO_LONG = "v" * 20_000

CANDIDATES: tuple[Json, ...] = (
    None,
    True,
    7.5,
    -1,
    10**18,
    10**30,
    "",
    "two words",
    "-begins-with-a-dash",
    "ümlaut",
    "a/b",
    "ends\n",
    TOO_LONG,
    [],
    ["two words"],
    [[]],
    [{"unknown": 1}],
    {},
    {"unknown": {"deep": []}},
)


def is_taken(value: Json, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def bad_values(kind: Any) -> list[Json]:
    return [value for value in CANDIDATES if not is_taken(value, kind)]


def bad_bodies(body: Json, kind: Any) -> Iterator[tuple[str, Json]]:
    """(what is bad, the body) for each field at any depth: missing where required, of every wrong kind."""
    for value in bad_values(kind):
        yield f"the whole {shown(value)}", value
    yield from _bad_parts(body, kind)


def _bad_parts(value: Json, kind: Any) -> Iterator[tuple[str, Json]]:
    struct, item = _struct_of(kind), _item_of(kind)
    if struct is not None and isinstance(value, Mapping):
        for part in msgspec.structs.fields(struct):
            name = part.encode_name
            if part.required:
                yield f"without {name}", {k: v for k, v in value.items() if k != name}
            for bad in bad_values(part.type):
                yield f"{name} {shown(bad)}", {**value, name: bad}
            if name in value:
                for what, changed in _bad_parts(value[name], part.type):
                    yield f"{name}.{what}", {**value, name: changed}
    elif item is not None and isinstance(value, list) and value:
        for bad in bad_values(item):
            yield f"0 {shown(bad)}", [bad, *value[1:]]
        for what, changed in _bad_parts(value[0], item):
            yield f"0.{what}", [changed, *value[1:]]


def _alternatives(kind: Any) -> Iterator[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _alternatives(get_args(kind)[0])
    elif origin in {Union, UnionType}:
        for part in get_args(kind):
            yield from _alternatives(part)
    else:
        yield kind


def _struct_of(kind: Any) -> type[msgspec.Struct] | None:
    for part in _alternatives(kind):
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            return part
    return None


def _item_of(kind: Any) -> Any:
    for part in _alternatives(kind):
        if get_origin(part) in {list, tuple}:
            return get_args(part)[0]
    return None


def takes_endless_text(kind: Any) -> bool:
    return is_taken(TOO_LONG, kind) and any(part is str for part in _alternatives(kind))


def shown(value: Json) -> str:
    text = repr(value)
    return text if len(text) < 60 else f"{text[:40]}… ({len(text)})"
