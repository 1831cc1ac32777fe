"""Reads JSON that strangers sent: a field that is missing, or of another type, is None and never an error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

Json = Any

LARGEST = 2**63 - 1  # what a database column holds
FULL_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
NO_COMMIT = re.compile(r"0+")
GITLAB_UTC = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2}) (?P<time>\d{2}:\d{2}:\d{2}(?:\.\d+)?) UTC")
GITLAB_OFFSET = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}) (?P<time>\d{2}:\d{2}:\d{2}(?:\.\d+)?) (?P<zone>[+-]\d{4})"
)


def read_at(value: Json, *path: str) -> Json:
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def read_text(value: Json, *path: str) -> str | None:
    """Text that can be stored: no NUL, no half of a surrogate pair; empty counts as missing."""
    found = read_at(value, *path)
    if not isinstance(found, str):
        return None
    return found.replace("\0", "").encode("utf-8", "replace").decode("utf-8") or None


def read_address(value: Json, *path: str) -> str | None:
    """An address a page may link to; `javascript:` and its like are no addresses."""
    text = read_text(value, *path)
    return text if text and text.startswith(("https://", "http://")) else None


def read_number(value: Json, *path: str) -> int | None:
    """A count or an id: whole and not negative."""
    found = read_at(value, *path)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= LARGEST:
        return None
    return found


def read_truth(value: Json, *path: str) -> bool | None:
    found = read_at(value, *path)
    return found if isinstance(found, bool) else None


def read_items(value: Json, *path: str) -> Iterator[dict[str, Json]]:
    found = read_at(value, *path)
    if isinstance(found, list):
        yield from (item for item in found if isinstance(item, dict))


def read_texts(value: Json, *path: str) -> Iterator[str]:
    found = read_at(value, *path)
    if isinstance(found, list):
        yield from (text for text in map(read_text, found) if text)


def read_hash(value: Json, *path: str) -> str | None:
    """A full commit hash; the zeros that stand for "none" are None."""
    text = (read_text(value, *path) or "").lower()
    return text if FULL_HASH.fullmatch(text) and not NO_COMMIT.fullmatch(text) else None


def read_instant(value: Json, *path: str) -> int | None:
    """Milliseconds since 1970 from ISO 8601, GitLab's `2016-08-12 15:23:28 UTC`, or whole seconds."""
    found = read_at(value, *path)
    if isinstance(found, str):
        return _parse_instant(found.strip())
    seconds = read_number(found)
    return seconds * 1000 if seconds is not None and seconds <= LARGEST // 1000 else None


def _parse_instant(text: str) -> int | None:
    if match := GITLAB_UTC.fullmatch(text):
        text = f"{match['date']}T{match['time']}+00:00"
    elif match := GITLAB_OFFSET.fullmatch(text):
        text = f"{match['date']}T{match['time']}{match['zone']}"
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        since_1970 = moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None
    milliseconds = since_1970 // dt.timedelta(milliseconds=1)
    return milliseconds if milliseconds >= 0 else None
