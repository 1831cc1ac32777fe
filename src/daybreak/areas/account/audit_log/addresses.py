"""The text of an address, as the audit log keeps it, back into an address."""

from functools import lru_cache
from urllib.parse import quote, unquote

from daybreak.logic.policy.address import Address, Segment, SegmentPattern, Specifier


@lru_cache(maxsize=10_000)
def parse_address(text: str) -> Address:
    """`"proj/web;beta:env/test"` with its tags; a separator inside of a key is percent-encoded."""
    return Address(tuple(_parse_segment(part) for part in text.split(":")))


def _parse_segment(part: str) -> Segment:
    place, _, tags = part.partition(";")
    type_, _, key = place.partition("/")
    return Segment(type_, unquote(key), frozenset(unquote(tag) for tag in tags.split(",") if tag))


def fragments(specifier: Specifier) -> tuple[str, ...]:
    """Texts that every address matching the specifier contains: few rows are left to be matched exactly.

    The first one, if it is no empty text, is what the address begins with.
    """
    if not specifier.segments:
        return ("",)
    first, *inner = specifier.segments
    return _fragment(first), *(f":{fragment}" for segment in inner if (fragment := _fragment(segment)))


def _fragment(segment: SegmentPattern) -> str:
    if segment.type == "*":
        return ""
    literal = segment.key.text.split("*", 1)[0]
    # Where a key may have been encoded, its type alone is certain.
    is_plain = literal and quote(literal, safe="") == literal
    return f"{segment.type}/{literal}" if is_plain else segment.type
