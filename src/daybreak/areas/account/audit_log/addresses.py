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
    beginnings = [f":{beginning}" for segment in inner if (beginning := _beginning(segment))]
    pieces = [piece for segment in specifier.segments for piece in _pieces(segment)]
    return (_beginning(first), *beginnings, *pieces)


def _beginning(segment: SegmentPattern) -> str:
    if segment.type == "*":
        return ""
    literal = segment.key.text.split("*", 1)[0]
    return f"{segment.type}/{literal}" if _is_plain(literal) else segment.type


def _pieces(segment: SegmentPattern) -> list[str]:
    """What stands between the wildcards of tags, and of the key after its first."""
    between = segment.key.text.split("*")[1:] + [
        piece for tag in segment.tags for piece in tag.text.split("*")
    ]
    return [piece for piece in between if _is_plain(piece)]


def _is_plain(literal: str) -> bool:
    """Whether it stands in an address as it is; anything else may have been encoded."""
    return literal != "" and quote(literal, safe="") == literal
