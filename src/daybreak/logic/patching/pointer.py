"""JSON Pointer (RFC 6901): the paths of a JSON patch, as text and as a tuple of unescaped names."""

import re
from typing import Final, TypeAlias

from daybreak.logic.patching.errors import PatchInvalid

Pointer: TypeAlias = tuple[str, ...]

MAX_DEPTH: Final = 32

_BAD_ESCAPE: Final = re.compile(r"~(?![01])")
# Bounded in length: converting thousands of digits is slow, and no list is that long.
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


def parse_pointer(text: str) -> Pointer:
    if not text:
        return ()
    if not text.startswith("/"):
        raise PatchInvalid(f"path {text!r} must be empty or begin with '/'")
    if _BAD_ESCAPE.search(text):
        raise PatchInvalid(f"path {text!r} holds a '~' that is neither '~0' nor '~1'")
    pointer = tuple(unescape(name) for name in text[1:].split("/"))
    if len(pointer) > MAX_DEPTH:
        raise PatchInvalid(f"a path may be at most {MAX_DEPTH} names deep")
    return pointer


def represent_pointer(pointer: Pointer) -> str:
    return "".join("/" + escape(name) for name in pointer)


def unescape(name: str) -> str:
    # `~1` first: the other way round `~01` would become `/` instead of `~1`.
    return name.replace("~1", "/").replace("~0", "~")


def escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def parse_index(name: str, size: int) -> int | None:
    """The position `name` stands for in a list that has `size` items, if it has such a position."""
    if _INDEX.fullmatch(name) and int(name) < size:
        return int(name)
    return None
