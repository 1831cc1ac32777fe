"""Attribute references: a plain name, or a path such as `/address/street` into nested objects."""

import re
from dataclasses import dataclass

_BAD_ESCAPE = re.compile(r"~(?![01])")


class ReferenceInvalid(ValueError):
    """No attribute can be meant by it: whatever is evaluated with it is malformed."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The names to follow from a context's attributes inwards."""

    names: tuple[str, ...]


def parse_reference(text: str, *, is_path: bool) -> Reference:
    """A text that begins with a slash is a path only where `is_path`; elsewhere the slash is part of a name.

    Raises:
        ReferenceInvalid: empty, an empty part, or a `~` that escapes nothing.

    """
    if not text:
        raise ReferenceInvalid("an attribute reference is not empty")
    if not is_path or not text.startswith("/"):
        return Reference((text,))
    parts = text[1:].split("/")
    if not all(parts):
        raise ReferenceInvalid(f"{text!r} has an empty part")
    if _BAD_ESCAPE.search(text):
        raise ReferenceInvalid(f"{text!r}: after ~ comes 0 or 1")
    return Reference(tuple(part.replace("~1", "/").replace("~0", "~") for part in parts))
