"""Keys, names and tags as bodies may carry them."""

import re
from typing import Annotated

import msgspec

# In Python a dollar sign alone also matches before a line feed at the end.
KEY_PATTERN = r"^[a-zA-Z0-9][a-zA-Z0-9_.-]*$(?!\n)"
TAG_PATTERN = r"^[a-zA-Z0-9_.-]*$(?!\n)"

LONGEST_TAG = 64

Key = Annotated[str, msgspec.Meta(pattern=KEY_PATTERN, min_length=1, max_length=100)]
LongKey = Annotated[str, msgspec.Meta(pattern=KEY_PATTERN, min_length=1, max_length=256)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Text = Annotated[str, msgspec.Meta(max_length=10_000)]
Tag = Annotated[str, msgspec.Meta(pattern=TAG_PATTERN, min_length=1, max_length=LONGEST_TAG)]
Tags = Annotated[list[Tag], msgspec.Meta(max_length=200)]
INSTANT = msgspec.Meta(ge=0, lt=253_402_300_800_000, description="Unix time in milliseconds")
Instant = Annotated[int, INSTANT]


def is_tag(text: str) -> bool:
    return 1 <= len(text) <= LONGEST_TAG and re.search(TAG_PATTERN, text) is not None
